// What the stages of one scan share.
import type { AnalysisVersions } from '../db/analysis-store.ts';
import type { LibraryDb } from '../db/open.ts';
import type { TrackAnalysis } from '../domain/analysis.ts';
import type { Reanalyse } from '../domain/scan.ts';
import type { Logger } from '../logger.ts';
import type { ProgressMeter } from './scan-progress.ts';
import type { ScanScope } from './scan-scope.ts';

/** Hears one track; `onPulse` says how far it is (0..1, null when unknown). Rejects with a StemscapeError for a bad file. */
export type Analyse = (path: string, signal: AbortSignal, onPulse?: (fraction: number | null) => void) => Promise<TrackAnalysis>;

export interface ScannerOptions {
  db: LibraryDb;
  analyse: Analyse;
  /** Hears what the model in use needs; its answer stores the verdict in the transaction that stores the analysis. */
  judge?: (path: string, signal: AbortSignal) => Promise<(trackId: number) => void>;
  /** Resolves when writing does not have to wait for somebody else. */
  writable?: () => Promise<void>;
  /** Tracks analysed at a time, asked when a scan begins. */
  concurrency: () => number;
  /** What an analysis made now would carry. */
  versions: () => AnalysisVersions;
  logger: Logger;
  nowMs?: () => number;
}

/** A file the walk met; `pathKey` is what it is compared by. */
export interface FoundFile {
  path: string;
  pathKey: string;
  rootId: number | null;
}

export interface ScanRun {
  options: ScannerOptions;
  nowMs: () => number;
  signal: AbortSignal;
  progress: ProgressMeter;
  reanalyse: Reanalyse;
  scopes: ScanScope[];
  found: Map<string, FoundFile>;
  /** Keys of folders that could not be read: what lies below is unknown, not gone. */
  unreadableKeys: string[];
  movedIds: Set<number>;
  analysedIds: Set<number>;
  nMissing: number;
  nSkipped: number;
}
