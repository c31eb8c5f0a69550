// What a scan is asked, how it goes and how it ended.
import type { Failure } from './errors.ts';

export const SCAN_STAGES = ['walk', 'identify', 'analyse', 'done'] as const;
export type ScanStage = (typeof SCAN_STAGES)[number];

/** Which tracks are heard again although nothing about their files changed. */
export const REANALYSE = ['none', 'failed', 'outdated', 'all'] as const;
export type Reanalyse = (typeof REANALYSE)[number];

export interface ScanRequest {
  /** Folders or files to add and scan; empty = everything known. */
  folders: readonly string[];
  reanalyse: Reanalyse;
  /** Only these tracks, whatever their status, without walking. */
  ids?: readonly number[] | undefined;
}

export interface ScanProgress {
  stage: ScanStage;
  /** Units of the stage: files seen, files identified, tracks analysed. */
  done: number;
  /** Null while the walk has not ended. */
  total: number | null;
  tracksPerSec: number | null;
  /** Time left, null until it can be estimated. */
  remainingSec: number | null;
  failed: number;
  /** The path being worked on most recently. */
  currentPath: string | null;
}

export interface ScanSummary {
  found: number;
  analysed: number;
  unchanged: number;
  moved: number;
  failed: number;
  missing: number;
  /** Files that look like audio by name but were left out (resource forks, hidden files ...). */
  skipped: number;
  /** Tracks whose analysis was made by an older model: kept, and offered for re-analysis. */
  outdated: number;
  cancelled: boolean;
  seconds: number;
}

export interface SkippedFile {
  path: string;
  reason: Failure;
}
