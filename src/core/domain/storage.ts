// What the library's folder holds and how much of it may go without loss that cannot be made good.

export const STORAGE_PARTS = ['library', 'maps', 'tagJournal', 'listening', 'models', 'training', 'laboratory', 'logs'] as const;
export type StoragePart = (typeof STORAGE_PARTS)[number];

/** Those of which something may be freed. */
export const FREEABLE_PARTS = ['listening', 'models', 'training', 'laboratory', 'logs'] as const;
export type FreeablePart = (typeof FREEABLE_PARTS)[number];

export interface StorageUse {
  part: StoragePart;
  bytes: number;
  /** Made again when needed, left over, or a training that waits to be gone on with. */
  freeableBytes: number;
  /** Where it lies; null where there is no such place. */
  path: string | null;
}

export interface StorageSummary {
  /** In the order of STORAGE_PARTS, no byte twice. */
  parts: StorageUse[];
  bytes: number;
  /** Left on the disk of the library; null where the system does not tell. */
  diskFreeBytes: number | null;
  /** An interrupted training waits: freeing its run forgets it. */
  hasInterruptedTraining: boolean;
}
