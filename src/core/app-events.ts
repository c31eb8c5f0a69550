// What the engine announces inside the process; hosts pass it on in the contract's envelopes.
import { EventEmitter } from 'node:events';
import type { Failure } from './domain/errors.ts';
import type { ScanProgress, ScanSummary } from './domain/scan.ts';

export interface AppEventMap {
  'scan.progress': [ScanProgress];
  'scan.ended': [{ summary: ScanSummary | null; failure: Failure | null }];
  'tracks.changed': [{ ids: number[] | null }];
  'stems.progress': [{ id: number; fraction: number | null }];
  'stems.ready': [{ id: number; failure: Failure | null }];
  'settings.changed': [Record<string, never>];
}

export type AppEvents = EventEmitter<AppEventMap>;

export function createAppEvents(): AppEvents {
  return new EventEmitter<AppEventMap>();
}
