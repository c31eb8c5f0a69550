// Works out what a write would change, file by file, and writes nothing.
import type { LibraryDb } from '../db/open.ts';
import type { TrackRow } from '../db/track-row.ts';
import { StemscapeError, toFailure } from '../domain/errors.ts';
import {
  bpmText,
  keyText,
  TAG_FIELDS,
  type TagChange,
  type TagField,
  type TagRefusal,
  type TagValues,
  type TagWriteRequest,
  tagAfter,
} from '../domain/tag-write.ts';
import { codecOf } from './codec-of.ts';
import { checkReplaceable, type FileState, fileState, sameState } from './file-state.ts';
import { tagFormatOf } from './tag-format.ts';

export interface PlannedFile {
  trackId: number;
  path: string;
  /** The file as the library and the preview know it. */
  state: FileState;
  contentHash: string;
  before: TagValues;
  /** Only fields that change. */
  after: Partial<Record<TagField, string[]>>;
}

export interface TagPlan {
  /** By path, as the refused ones. */
  files: PlannedFile[];
  refused: TagRefusal[];
  nUnchanged: number;
}

/** Files looked at at a time. */
const N_LANES = 8;

/** @param ids tracks of the library @throws what the signal throws */
export async function planWrites(
  db: LibraryDb,
  ids: readonly number[],
  request: Omit<TagWriteRequest, 'target'>,
  { signal, onLooked }: { signal?: AbortSignal; onLooked?: (done: number) => void } = {},
): Promise<TagPlan> {
  const plan: TagPlan = { files: [], refused: [], nUnchanged: 0 };
  let done = 0;
  const queue = ids.values();
  const lane = async () => {
    for (const id of queue) {
      signal?.throwIfAborted();
      const row = db.tracks.byId(id);
      if (row) await planOne(db, row, request, plan);
      onLooked?.(++done);
    }
  };
  await Promise.all(Array.from({ length: N_LANES }, lane));
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  plan.files.sort(byPath);
  plan.refused.sort(byPath);
  return plan;
}

async function planOne(db: LibraryDb, row: TrackRow, request: Omit<TagWriteRequest, 'target'>, plan: TagPlan): Promise<void> {
  try {
    const own = ownValues(db, row, request);
    const file = TAG_FIELDS.some((field) => own[field].length > 0) ? await compare(row, own, request) : null;
    if (file) plan.files.push(file);
    else plan.nUnchanged++;
  } catch (error) {
    plan.refused.push({ trackId: row.id, path: row.path, field: null, reason: toFailure(error) });
  }
}

/** What the library would write, nothing for fields that were not asked for or are not known. */
export function ownValues(db: LibraryDb, row: TrackRow, { fields, guessFrom }: Omit<TagWriteRequest, 'target'>): TagValues {
  const isWhole = tagFormatOf(row.path)?.hasWholeBpm ?? true;
  const listOf = (value: string | null): string[] => (value === null ? [] : [value]);
  return {
    genre: fields.includes('genre') ? ownGenres(db, row, guessFrom) : [],
    bpm: fields.includes('bpm') ? listOf(bpmText(row.tempo_bpm, isWhole)) : [],
    key: fields.includes('key') ? listOf(keyText(row.music_key)) : [],
  };
}

/** Labels by hand, else imported ones, the primary one first; else a guess that is sure enough, where guesses are wanted. */
function ownGenres(db: LibraryDb, row: TrackRow, guessFrom: number | null): string[] {
  const labels = db.labels.ofTrack(row.id);
  if (labels.length > 0) return labels.filter(({ origin }) => origin === labels[0]!.origin).map(({ genre }) => genre);
  const isSure = guessFrom !== null && row.guess_name !== null && (row.guess_confidence ?? 0) >= guessFrom;
  return isSure ? [row.guess_name!] : [];
}

async function compare(row: TrackRow, own: TagValues, { mode }: Omit<TagWriteRequest, 'target'>): Promise<PlannedFile | null> {
  const { path, content_hash: contentHash } = row;
  // What cannot be decoded may be no audio at all: an unchanged sound could not be proved.
  if (row.state === 'failed')
    throw new StemscapeError('tags.unsupported', row.reason_message ?? 'The file could not be analysed.');
  const codec = codecOf(path);
  const state = await fileState(path);
  const known = { sizeBytes: row.size_bytes, modifiedAtMs: row.modified_at_ms };
  if (contentHash === null || !sameState(state, known)) {
    throw new StemscapeError('tags.changed', 'The file changed since it was last scanned: scan its folder first.');
  }
  const { values: before } = await codec.read(path);
  const after: PlannedFile['after'] = {};
  for (const field of TAG_FIELDS) {
    const next = tagAfter(field, before[field], own[field], mode);
    if (next.length !== before[field].length || next.some((value, i) => value !== before[field][i])) after[field] = next;
  }
  if (Object.keys(after).length === 0) return null;
  await checkReplaceable(path);
  return { trackId: row.id, path, state, contentHash, before, after };
}

/** A stretch of a plan's changes, by path and field. */
export function changesOf(files: readonly PlannedFile[], offset: number, limit: number): TagChange[] {
  const changes: TagChange[] = [];
  let skipped = 0;
  for (const { trackId, path, before, after } of files) {
    for (const [field, values] of Object.entries(after) as [TagField, string[]][]) {
      if (changes.length === limit) return changes;
      if (skipped++ < offset) continue;
      changes.push({ trackId, path, field, before: before[field], after: values });
    }
  }
  return changes;
}
