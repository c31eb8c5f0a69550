// Stage 2 of a scan: tells each found file from the library's rows (new, changed, moved, same, missing), reads the tags of
// what is new and stores it, pending. Files whose path, size and time are known are not opened.
import { stat } from 'node:fs/promises';
import type { TrackRow } from '../db/track-row.ts';
import type { FileFacts } from '../db/track-store.ts';
import { type Failure, StemscapeError, toFailure } from '../domain/errors.ts';
import type { FileTags } from '../domain/track.ts';
import { contentHash } from './identity.ts';
import type { FoundFile, ScanRun } from './scan-run.ts';
import { markOffline } from './scan-walk.ts';
import { readTags } from './tags.ts';
import { isGone, isUnder } from './walk.ts';

/** Files hashed and read at a time, and stored in one transaction. */
const BATCH_FILES = 64;

/** A file that is not as the library last saw it. */
interface FreshFile {
  facts: FileFacts;
  pathKey: string;
  /** The row at the same path, whose content was another. */
  row: TrackRow | null;
  /** The row this file was before it moved here. */
  movedFrom: TrackRow | null;
  failure: Failure | null;
  tags: FileTags | null;
}

export async function identify(run: ScanRun): Promise<void> {
  run.progress.begin('identify', run.found.size);
  const { changed, unknown } = await compareWithRows(run);
  const changedKeys = new Set(changed.map((file) => file.pathKey));
  const claimed = new Set<number>();
  for (const files of batchesOf(unknown)) {
    run.signal.throwIfAborted();
    const batch = await Promise.all(files.map((file) => meet(run, file, null)));
    await settle(run, batch, changedKeys, claimed);
  }
  // Changed files last and together: a row whose file moved away is claimed by then, and two files may have swapped names.
  await settle(run, changed, changedKeys, claimed);
  for (const scope of run.scopes) markMissing(run, scope);
}

/** Splits what was found: same files are done with, changed ones are hashed, the rest has no row at its path. */
async function compareWithRows(run: ScanRun): Promise<{ changed: FreshFile[]; unknown: FoundFile[] }> {
  const changed: FreshFile[] = [];
  const unknown: FoundFile[] = [];
  for (const batch of batchesOf([...run.found.values()])) {
    run.signal.throwIfAborted();
    const compared = await Promise.all(batch.map((file) => compare(run, file)));
    for (const [i, verdict] of compared.entries()) {
      if (verdict === 'unknown') unknown.push(batch[i]!);
      else if (verdict === 'same') run.progress.step(batch[i]!.path);
      else changed.push(verdict);
    }
  }
  return { changed, unknown };
}

function* batchesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH_FILES) yield items.slice(start, start + BATCH_FILES);
}

/** The changed file, or whether it is as its row says or has no row. */
async function compare(run: ScanRun, file: FoundFile): Promise<FreshFile | 'same' | 'unknown'> {
  const { tracks } = run.options.db;
  const row = tracks.byPath(file.path);
  if (!row) return 'unknown';
  const facts = await statFacts(file);
  const isSame = facts !== null && facts.sizeBytes === row.size_bytes && facts.modifiedAtMs === row.modified_at_ms;
  if (isSame && row.content_hash !== null) {
    if (row.is_missing || row.root_id !== file.rootId || row.path !== file.path) {
      tracks.touch(row.id, { ...facts, contentHash: row.content_hash });
      run.progress.trackChanged(row.id);
    }
    return 'same';
  }
  const fresh = await meet(run, file, row);
  if (fresh.facts.contentHash === null || fresh.facts.contentHash !== row.content_hash) return fresh;
  tracks.touch(row.id, fresh.facts);
  return 'same';
}

async function statFacts(file: FoundFile): Promise<FileFacts | null> {
  try {
    const { size, mtimeMs } = await stat(file.path);
    return { path: file.path, rootId: file.rootId, sizeBytes: size, modifiedAtMs: Math.trunc(mtimeMs), contentHash: null };
  } catch {
    return null;
  }
}

/** Opens a file that is new or changed: its hash, or why it cannot be read. */
async function meet(run: ScanRun, file: FoundFile, row: TrackRow | null): Promise<FreshFile> {
  const known = await statFacts(file);
  const facts = known ?? { path: file.path, rootId: file.rootId, sizeBytes: 0, modifiedAtMs: 0, contentHash: null };
  const fresh: FreshFile = { facts, pathKey: file.pathKey, row, movedFrom: null, failure: null, tags: null };
  try {
    fresh.facts = { ...facts, contentHash: await contentHash(file.path, facts.sizeBytes) };
    if (facts.sizeBytes === 0) fresh.failure = { code: 'file.empty', message: 'The file is empty.' };
  } catch (error) {
    run.options.logger.warn({ path: file.path, error }, 'a file could not be read');
    fresh.failure = toFailure(
      new StemscapeError('file.unreadable', 'The file cannot be opened: it may not be read by this user.'),
    );
  }
  return fresh;
}

/** Finds out which files moved, reads tags, stores the batch. */
async function settle(run: ScanRun, batch: FreshFile[], changedKeys: Set<string>, claimed: Set<number>): Promise<void> {
  for (const file of batch) {
    file.movedFrom = await findMoved(run, file, changedKeys, claimed);
    if (file.movedFrom) claimed.add(file.movedFrom.id);
  }
  const readable = batch.filter((file) => !file.movedFrom && !file.failure);
  for (const files of batchesOf(readable)) await Promise.all(files.map((file) => addTags(run, file)));
  run.options.db.transaction(() => {
    for (const { movedFrom } of batch) if (movedFrom) run.options.db.tracks.vacatePath(movedFrom.id);
    for (const file of batch) store(run, file, claimed);
  });
  for (const file of batch) run.progress.step(file.facts.path);
}

/** A row with this content whose own path no longer holds it; one with the same file name is preferred. */
async function findMoved(
  run: ScanRun,
  file: FreshFile,
  changedKeys: Set<string>,
  claimed: Set<number>,
): Promise<TrackRow | null> {
  const hash = file.facts.contentHash;
  if (hash === null || file.facts.sizeBytes === 0) return null;
  const left: TrackRow[] = [];
  for (const row of run.options.db.tracks.byContent(hash)) {
    if (claimed.has(row.id) || row.path_key === file.pathKey) continue;
    const isLeft = run.found.has(row.path_key) ? changedKeys.has(row.path_key) : await isGone(row.path);
    if (isLeft) left.push(row);
  }
  const name = nameOf(file.pathKey);
  return left.find((row) => nameOf(row.path_key) === name) ?? left[0] ?? null;
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

async function addTags(run: ScanRun, file: FreshFile): Promise<void> {
  const { tags, warning } = await readTags(file.facts.path);
  if (warning !== null) run.options.logger.debug({ path: file.facts.path, warning }, 'tags read with a warning');
  file.tags = tags;
}

function store(run: ScanRun, file: FreshFile, claimed: Set<number>): void {
  const { tracks, labels, playlists, plays } = run.options.db;
  const { facts } = file;
  let id: number;
  if (file.movedFrom) {
    id = file.movedFrom.id;
    tracks.move(id, facts);
    run.movedIds.add(id);
  } else if (file.row && !claimed.has(file.row.id)) {
    id = file.row.id;
    tracks.changeContent(id, facts);
    if (facts.contentHash !== null) for (const kept of [labels, playlists, plays]) kept.followContent(id, facts.contentHash);
  } else {
    id = tracks.insert(facts, run.nowMs());
    if (facts.contentHash !== null) for (const kept of [labels, playlists, plays]) kept.adopt(id, facts.contentHash);
  }
  if (file.tags) tracks.setTags(id, file.tags);
  if (file.failure) tracks.setFailed(id, file.failure);
  tracks.refreshListing(id);
  run.progress.trackChanged(id);
}

/** Rows below an online scope whose file was not found. A scope that lost everything at once is taken for unmounted. */
function markMissing(run: ScanRun, scope: ScanRun['scopes'][number]): void {
  const { tracks } = run.options.db;
  if (!scope.online) return;
  const rows = tracks.ofRoot(scope.rootId).filter((row) => isUnder(row.path_key, scope.pathKey));
  const gone = rows.filter((row) => !run.found.has(row.path_key) && !isUnknown(run, row.path_key));
  const present = gone.filter((row) => !row.is_missing);
  if (scope.kind === 'folder' && present.length > 0 && gone.length === rows.length) {
    markOffline(run, scope);
    return;
  }
  run.nMissing += gone.length;
  run.options.db.transaction(() => {
    for (const row of present) {
      tracks.setMissing(row.id, true);
      run.progress.trackChanged(row.id);
    }
  });
}

function isUnknown(run: ScanRun, pathKey: string): boolean {
  return run.unreadableKeys.some((folder) => isUnder(pathKey, folder));
}
