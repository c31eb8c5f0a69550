// What the engine announces inside the process; hosts pass it on in the contract's envelopes.
import { EventEmitter } from 'node:events';
import type { Failure } from './domain/errors.ts';
import type { LabelHistory } from './domain/label.ts';
import type { MapFrame, MapProgress } from './domain/map.ts';
import type { ActivationProgress } from './domain/model.ts';
import type { PlaylistHistory } from './domain/playlist.ts';
import type { FolderProgress } from './domain/playlist-files.ts';
import type { ScanProgress, ScanSummary } from './domain/scan.ts';
import type { TagProgress, TagWriteResult } from './domain/tag-write.ts';
import type { TrainProgress } from './domain/training.ts';

export interface AppEventMap {
  'scan.progress': [ScanProgress];
  'scan.ended': [{ summary: ScanSummary | null; failure: Failure | null }];
  'tracks.changed': [{ ids: number[] | null }];
  'stems.progress': [{ id: number; fraction: number | null }];
  'stems.ready': [{ id: number; failure: Failure | null }];
  'labels.changed': [LabelHistory];
  'training.progress': [TrainProgress];
  'training.ended': [{ modelId: string | null; failure: Failure | null }];
  'models.changed': [Record<string, never>];
  'models.activating': [ActivationProgress];
  'map.progress': [MapProgress];
  'map.frame': [MapFrame];
  'map.ended': [{ mapId: number | null; failure: Failure | null }];
  /** A map was added, or tracks were placed on one. */
  'map.changed': [{ mapId: number }];
  'tags.progress': [TagProgress];
  'tags.ended': [{ result: TagWriteResult | null; failure: Failure | null }];
  'playlists.changed': [PlaylistHistory];
  'playlists.folderProgress': [FolderProgress];
  'duplicates.progress': [{ fraction: number | null }];
  'settings.changed': [Record<string, never>];
}

export type AppEvents = EventEmitter<AppEventMap>;

export function createAppEvents(): AppEvents {
  return new EventEmitter<AppEventMap>();
}
