// A scan: walk, identify (with tags), analyse, finish. One at a time; what it reaches is stored as it goes, so that a scan
// that was cancelled or killed is continued by the next one.

import { StemscapeError } from '../domain/errors.ts';
import type { ScanProgress, ScanRequest, ScanSummary } from '../domain/scan.ts';
import { analyseTracks, dueTracks, scannedRows } from './scan-analyse.ts';
import { identify } from './scan-identify.ts';
import { createProgressMeter } from './scan-progress.ts';
import type { ScannerOptions, ScanRun } from './scan-run.ts';
import { resolveScopes } from './scan-scope.ts';
import { walkScopes } from './scan-walk.ts';

export interface ScanListeners {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ScanProgress) => void) | undefined;
  /** null = too many to name. */
  onTracksChanged?: ((ids: number[] | null) => void) | undefined;
}

export interface Scanner {
  /** Throws `scan.running`, `library.locked`, `folder.missing`, `folder.unreadable`, `model.*`, `disk.full`. */
  scan(request: ScanRequest, listeners?: ScanListeners): Promise<ScanSummary>;
  readonly isRunning: boolean;
}

export function createScanner(options: ScannerOptions): Scanner {
  const nowMs = options.nowMs ?? Date.now;
  let isRunning = false;
  return {
    get isRunning() {
      return isRunning;
    },
    async scan(request, listeners = {}) {
      if (isRunning) throw new StemscapeError('scan.running', 'A scan is running already. Wait for it or cancel it first.');
      isRunning = true;
      try {
        return await lockAndScan(options, request, listeners, nowMs);
      } finally {
        isRunning = false;
      }
    },
  };
}

async function lockAndScan(
  options: ScannerOptions,
  request: ScanRequest,
  listeners: ScanListeners,
  nowMs: () => number,
): Promise<ScanSummary> {
  const lock = options.db.lockForScan();
  const startedAtMs = nowMs();
  try {
    const scopes = request.ids ? [] : await resolveScopes(options.db, request.folders, startedAtMs);
    const historyId = options.db.scanRuns.begin(startedAtMs);
    const run = startRun(options, request, listeners, nowMs, scopes);
    const cancelled = await runStages(run, request.ids);
    const summary = summarize(run, request.ids, cancelled, (nowMs() - startedAtMs) / 1000);
    options.db.scanRuns.end(historyId, nowMs(), summary);
    run.progress.begin('done', null);
    options.logger.info({ ...summary }, 'scan ended');
    return summary;
  } finally {
    lock.release();
  }
}

function startRun(
  options: ScannerOptions,
  request: ScanRequest,
  listeners: ScanListeners,
  nowMs: () => number,
  scopes: ScanRun['scopes'],
): ScanRun {
  return {
    options,
    nowMs,
    signal: listeners.signal ?? new AbortController().signal,
    progress: createProgressMeter(listeners, nowMs),
    reanalyse: request.reanalyse,
    scopes,
    found: new Map(),
    unreadableKeys: [],
    movedIds: new Set(),
    analysedIds: new Set(),
    nMissing: 0,
    nSkipped: 0,
  };
}

/** True when it was cancelled on the way. */
async function runStages(run: ScanRun, ids: readonly number[] | undefined): Promise<boolean> {
  try {
    if (ids) {
      await analyseTracks(run, ids);
      return false;
    }
    await walkScopes(run);
    await identify(run);
    await analyseTracks(run, dueTracks(run));
    return false;
  } catch (error) {
    if (run.signal.aborted) return true;
    throw error;
  } finally {
    run.progress.flush();
  }
}

/** Of the found files each is counted once: analysed now, failed (now or before), moved, unchanged; or still pending. */
function summarize(run: ScanRun, ids: readonly number[] | undefined, cancelled: boolean, seconds: number): ScanSummary {
  const { db, versions } = run.options;
  const rows = ids
    ? ids.map((id) => db.tracks.byId(id)).filter((row) => row !== undefined)
    : scannedRows(run).filter((row) => run.found.has(row.path_key));
  const failed = rows.filter((row) => row.status === 'failed').length;
  const unchanged = rows.filter(
    (row) => row.status === 'analysed' && !run.analysedIds.has(row.id) && !run.movedIds.has(row.id),
  ).length;
  return {
    found: ids ? ids.length : run.found.size,
    analysed: run.analysedIds.size,
    unchanged,
    moved: run.movedIds.size,
    failed,
    missing: run.nMissing,
    skipped: run.nSkipped,
    outdated: db.analyses.countOutdated(versions()),
    cancelled,
    seconds,
  };
}
