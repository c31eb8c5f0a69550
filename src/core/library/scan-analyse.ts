// Stage 3 of a scan: hears the tracks that are due, a few at a time; each result or failure is stored as it comes.
import type { TrackRow } from '../db/track-row.ts';
import { type ErrorCode, StemscapeError, toFailure } from '../domain/errors.ts';
import type { ScanRun } from './scan-run.ts';
import { isGone, isUnder } from './walk.ts';

/** Failures that every further track would meet as well: the scan stops with them. */
const ENDS_THE_SCAN: ReadonlySet<ErrorCode> = new Set([
  'model.missing',
  'model.corrupt',
  'library.locked',
  'library.corrupt',
  'disk.full',
  'host.unavailable',
]);

/** Failures that may only mean that the drive went away. */
const MAY_BE_OFFLINE: ReadonlySet<ErrorCode> = new Set(['file.missing', 'file.unreadable', 'folder.missing']);

/** Ids of tracks to analyse now: pending ones, and those that `reanalyse` asks for. */
export function dueTracks(run: ScanRun): number[] {
  const { db, versions } = run.options;
  const outdated = new Set(run.reanalyse === 'outdated' ? db.analyses.outdatedIds(versions()) : []);
  return scannedRows(run)
    .filter((row) => run.found.has(row.path_key) && !row.is_missing && isDue(run, row, outdated))
    .map((row) => row.id);
}

/** Rows of everything that was scanned, without repeats where scopes overlap. */
export function scannedRows(run: ScanRun): TrackRow[] {
  const rows = new Map<number, TrackRow>();
  for (const rootId of new Set(run.scopes.map((scope) => scope.rootId))) {
    const scopes = run.scopes.filter((scope) => scope.rootId === rootId && scope.online);
    if (scopes.length === 0) continue;
    for (const row of run.options.db.tracks.ofRoot(rootId)) {
      if (rootId === null || scopes.some((scope) => isUnder(row.path_key, scope.pathKey))) rows.set(row.id, row);
    }
  }
  return [...rows.values()];
}

function isDue(run: ScanRun, row: TrackRow, outdated: Set<number>): boolean {
  if (row.state === 'pending' || run.reanalyse === 'all') return true;
  return row.state === 'failed' ? run.reanalyse === 'failed' : outdated.has(row.id);
}

export async function analyseTracks(run: ScanRun, ids: readonly number[]): Promise<void> {
  run.progress.begin('analyse', ids.length);
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const queue = ids.values();
  const offlineRoots = new Set<number>();
  const lane = async () => {
    for (const id of queue) {
      signal.throwIfAborted();
      await analyseOne(run, id, signal, offlineRoots);
    }
  };
  const nLanes = Math.max(1, Math.min(run.options.concurrency(), ids.length));
  try {
    await Promise.all(Array.from({ length: nLanes }, lane));
  } catch (error) {
    stop.abort();
    throw error;
  }
}

async function analyseOne(run: ScanRun, id: number, signal: AbortSignal, offlineRoots: Set<number>): Promise<void> {
  const row = run.options.db.tracks.byId(id);
  if (!row || (row.root_id !== null && offlineRoots.has(row.root_id))) return;
  try {
    const analysis = await untilAborted(run.options.analyse(row.path, signal), signal);
    const storeVerdict = await run.options.judge?.(row.path, signal);
    run.options.db.transaction(() => {
      run.options.db.analyses.put(id, analysis, run.nowMs());
      storeVerdict?.(id);
      run.options.db.tracks.refreshListing(id);
    });
    run.analysedIds.add(id);
  } catch (error) {
    signal.throwIfAborted();
    await settleFailure(run, row, error, offlineRoots);
  }
  run.progress.trackChanged(id);
  run.progress.step(row.path);
}

async function settleFailure(run: ScanRun, row: TrackRow, error: unknown, offlineRoots: Set<number>): Promise<void> {
  const { db, logger } = run.options;
  const failure = toFailure(error);
  if (ENDS_THE_SCAN.has(failure.code)) throw error;
  if (MAY_BE_OFFLINE.has(failure.code) && (await isGone(row.path))) {
    const root = db.roots.all().find(({ id }) => id === row.root_id);
    if (root && (await isGone(root.path))) {
      offlineRoots.add(root.id);
      return;
    }
    db.tracks.setMissing(row.id, true);
    run.nMissing++;
    return;
  }
  if (!(error instanceof StemscapeError)) logger.error({ path: row.path, error }, 'analysis failed unexpectedly');
  await run.options.writable?.();
  db.transaction(() => {
    // What was heard in other content does not describe this file; of the same content it stays.
    if (db.analyses.contentHash(row.id) !== row.content_hash) db.analyses.remove(row.id);
    db.tracks.setFailed(row.id, failure);
    db.tracks.refreshListing(row.id);
  });
  run.progress.failed();
}

/** A cancel does not wait for an analysis that is slow to stop. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
