// Writes and undoes one file with its entry in the journal, and settles what a crash left in between. The library's row follows
// in the same transaction as the journal, so that a scan does not take the file for a changed one.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { audioHash } from '../audio/audio-hash.ts';
import { extensionOf } from '../config/media-types.ts';
import type { LibraryDb } from '../db/open.ts';
import type { JournalledFile, TagWriteState } from '../db/tag-write-store.ts';
import { type Failure, StemscapeError, toFailure } from '../domain/errors.ts';
import { sameValues, TAG_FIELDS, type TagField, type TagRefusal, undoVerdict } from '../domain/tag-write.ts';
import { contentHash } from '../library/identity.ts';
import { readTags } from '../library/tags.ts';
import { codecOf } from './codec-of.ts';
import { checkReplaceable, type FileState, fileState, sameState } from './file-state.ts';
import type { PlannedFile } from './plan.ts';
import { type ReplaceStep, replaceFile } from './replace-file.ts';
import type { StoredTags, TagEdit } from './tag-codec.ts';

export interface WriteParts {
  db: LibraryDb;
  /** Resolves when the library may be written. */
  writable: () => Promise<void>;
  /** For tests: where the process dies. */
  onStep?: ((step: ReplaceStep | 'planned') => void) | undefined;
}

/** @throws StemscapeError tags.* | file.* | decode.* | disk.full; the file is then as it was */
export async function writePlanned(parts: WriteParts, writeId: number, file: PlannedFile): Promise<TagRefusal[]> {
  const { db, onStep } = parts;
  const { path, trackId, after, state: expected } = file;
  await checkReplaceable(path);
  const stored = await readAsPlanned(file);
  const hash = await audioHash(path);
  // Hidden, with the ending by which the copy's kind is known.
  const temporaryName = `.stemscape-${randomUUID()}${extensionOf(path)}`;
  const entry = { writeId, path, trackId, temporaryName, before: stored, after, audioHash: hash };
  await parts.writable();
  db.durably(() => db.tagWrites.plan(entry));
  onStep?.('planned');
  try {
    await replaceFile({ path, temporaryName, expected, edit: { values: after, raw: null }, audioHash: hash, onStep });
    await follow(parts, { ...entry, state: 'planned' }, path, 'written', null);
    return [];
  } catch (error) {
    await settleFile(parts, { ...entry, state: 'planned' }, toFailure(error));
    throw error;
  }
}

/** The content must be what the preview saw, byte for byte where identity looks and value for value in the fields. */
async function readAsPlanned({ path, state, contentHash: known, before, after }: PlannedFile): Promise<StoredTags> {
  const changed = () => new StemscapeError('tags.changed', 'The file was changed since the preview; it is left alone.');
  if (!sameState(await fileState(path), state) || (await contentHash(path, state.sizeBytes)) !== known) throw changed();
  const stored = await codecOf(path).read(path);
  for (const field of fieldsOf(after)) if (!sameValues(stored.values[field], before[field])) throw changed();
  return stored;
}

function fieldsOf(values: Partial<Record<TagField, unknown>>): TagField[] {
  return TAG_FIELDS.filter((field) => values[field] !== undefined);
}

/**
 * Gives the former values back, field by field; a field that was changed since stays.
 * @returns the fields that stayed @throws StemscapeError as `writePlanned`, tags.edited when no field is left to give back
 */
export async function undoWritten(parts: WriteParts, file: JournalledFile): Promise<TagRefusal[]> {
  const { db } = parts;
  const path = presentPath(db, file);
  const expected = await fileState(path);
  const before = file.before as StoredTags;
  const { values: present } = await codecOf(path).read(path);
  const edit: TagEdit = { values: {}, raw: before.raw };
  const refused: TagRefusal[] = [];
  for (const field of fieldsOf(file.after)) {
    const verdict = undoVerdict(field, before.values[field], file.after[field]!, present[field]);
    if (verdict === 'restore') edit.values[field] = before.values[field];
    if (verdict === 'edited') refused.push({ trackId: file.trackId, path, field, reason: editedSince(field) });
  }
  if (fieldsOf(edit.values).length === 0) {
    await parts.writable();
    db.durably(() => db.tagWrites.settle(file, refused.length > 0 ? 'written' : 'undone', refused[0]?.reason ?? null));
    return refused;
  }
  const hash = await audioHash(path);
  const undoing = { ...file, state: 'undoing' as const };
  await parts.writable();
  db.durably(() => db.tagWrites.settle(file, 'undoing', null));
  try {
    const { temporaryName } = file;
    const isKnown = isAsScanned(db, file.trackId, path, expected);
    await replaceFile({ path, temporaryName, expected, edit, audioHash: hash, onStep: parts.onStep });
    // A row that was behind its file before stays so: the next scan finds out what else was changed.
    await follow(parts, isKnown ? undoing : { ...undoing, trackId: null }, path, 'undone', refused[0]?.reason ?? null);
  } catch (error) {
    await settleFile(parts, undoing, toFailure(error));
    throw error;
  }
  return refused;
}

function editedSince(field: TagField): Failure {
  const name = { genre: 'genre', bpm: 'tempo', key: 'key' }[field];
  return { code: 'tags.edited', message: `The ${name} was changed since it was written; it stays as it is.` };
}

/** A file that moved is found through its track. */
function presentPath(db: LibraryDb, { trackId, path }: JournalledFile): string {
  const row = trackId === null ? undefined : db.tracks.byId(trackId);
  return row && row.is_missing === 0 ? row.path : path;
}

function isAsScanned(db: LibraryDb, trackId: number | null, path: string, state: FileState): boolean {
  const row = trackId === null ? undefined : db.tracks.byId(trackId);
  return row?.path === path && sameState(state, { sizeBytes: row.size_bytes, modifiedAtMs: row.modified_at_ms });
}

/** One transaction: the journal's state, and the row's size, time, content hash and tags; labels and analysis stay joined. */
async function follow(
  { db, writable }: WriteParts,
  file: JournalledFile,
  path: string,
  state: TagWriteState,
  reason: Failure | null,
): Promise<void> {
  const facts = await fileState(path);
  const hash = await contentHash(path, facts.sizeBytes);
  const { tags } = await readTags(path);
  await writable();
  db.durably(() => {
    db.tagWrites.settle(file, state, reason);
    const row = file.trackId === null ? undefined : db.tracks.byId(file.trackId);
    if (row?.path !== path) return;
    db.tracks.touch(row.id, { path, rootId: row.root_id, ...facts, contentHash: hash });
    for (const kept of [db.labels, db.playlists, db.plays, db.tagWrites]) kept.followContent(row.id, hash);
    db.tracks.setTags(row.id, tags);
    db.tracks.refreshListing(row.id);
  });
}

/**
 * Finds out whether an interrupted write reached its file, removes the copy it left and records the outcome. A file that is out
 * of reach is left for the next time.
 */
export async function settleFile(parts: WriteParts, file: JournalledFile, reason: Failure | null): Promise<void> {
  const path = presentPath(parts.db, file);
  for (const folder of new Set([dirname(path), dirname(file.path)])) {
    await rm(join(folder, file.temporaryName), { force: true }).catch(() => {});
  }
  const present = await readOrNull(path);
  if (present === null) return;
  const target = file.state === 'planned' ? file.after : formerOf(file);
  const isReached = fieldsOf(file.after).every((field) => sameAsSet(present.values[field], target[field] ?? []));
  if (isReached) {
    const isSameSound = (await audioHash(path).catch(() => null)) === file.audioHash;
    const joined = isSameSound ? file : { ...file, trackId: null };
    return follow(parts, joined, path, file.state === 'planned' ? 'written' : 'undone', null);
  }
  const why = reason ?? { code: 'cancelled', message: 'Interrupted before the file was changed.' };
  await parts.writable();
  parts.db.durably(() => parts.db.tagWrites.settle(file, file.state === 'planned' ? 'failed' : 'written', why));
}

async function readOrNull(path: string): Promise<StoredTags | null> {
  try {
    return await codecOf(path).read(path);
  } catch {
    return null;
  }
}

function formerOf({ before }: JournalledFile): Partial<Record<TagField, string[]>> {
  return (before as StoredTags).values;
}

function sameAsSet(a: readonly string[], b: readonly string[]): boolean {
  return sameValues([...a].sort(), [...b].sort());
}
