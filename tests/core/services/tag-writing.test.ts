// Tags on request in a scanned library: only what was shown is written, nothing is analysed again, no label is lost, undo gives
// back what nobody changed since.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import type { TagField, TagMode } from '../../../src/core/domain/tag-write.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { TagWritingService } from '../../../src/core/services/tag-writing.ts';
import { codecOf } from '../../../src/core/tags/codec-of.ts';
import { checkReplaceable } from '../../../src/core/tags/file-state.ts';
import { writeTagged } from '../../fixtures/tagged-audio.ts';
import { createDesk, fakeAnalysis } from '../library/fixture.ts';

const ENDINGS = ['mp3', 'flac', 'ogg', 'm4a', 'wav'];

/** One file a format, scanned, each with the genre Polka and labelled Ska and Dub by hand. */
async function createTagDesk(endings: readonly string[] = ENDINGS) {
  const desk = createDesk();
  desk.hear = async () => fakeAnalysis({ tempoBpm: 127.4, key: 'F# minor' });
  for (const ending of endings) writeTagged(desk.music, ending, { title: ending, genre: 'Polka' });
  await desk.scan();
  const { db } = desk;
  const ids = endings.map((ending) => db.tracks.byPath(desk.at(`song.${ending}`))!.id);
  for (const id of ids) {
    db.labels.set(id, ['Ska', 'Dub'], 'hand', 1);
    db.tracks.refreshListing(id);
  }
  const events = createAppEvents();
  const tags = new TagWritingService({
    db,
    events,
    logger: SILENT_LOGGER,
    gate: createWriteGate(),
    idsOf: () => ids,
    nowMs: () => 1000,
  });
  onTestFinished(() => tags.close());
  const preview = (fields: TagField[] = ['genre'], mode: TagMode = 'add', guessFrom: number | null = null) =>
    tags.preview({ target: { kind: 'tracks', ids }, fields, mode, guessFrom }, 100);
  const write = async (...request: Parameters<typeof preview>) => tags.write((await preview(...request)).planId).done;
  const read = async (ending: string) => (await codecOf(desk.at(`song.${ending}`)).read(desk.at(`song.${ending}`))).values;
  const snapshot = () =>
    Object.fromEntries(readdirSync(desk.music).map((name) => [name, readFileSync(desk.at(name)).toString('base64')]));
  return Object.assign(desk, { ids, tags, events, preview, write, read, snapshot });
}

describe('writing', () => {
  test('a preview writes nothing and shows every change', async () => {
    const desk = await createTagDesk();
    const before = desk.snapshot();
    const preview = await desk.preview(['genre', 'bpm', 'key'], 'replace');
    expect(desk.snapshot()).toEqual(before);
    expect(preview).toMatchObject({ nFiles: 5, nChanges: 15, nUnchanged: 0, nRefused: 0 });
    const mp3 = desk.at('song.mp3');
    expect(preview.changes.filter(({ path }) => path === mp3)).toMatchObject([
      { field: 'genre', before: ['Polka'], after: ['Ska', 'Dub'] },
      { field: 'bpm', before: [], after: ['127'] },
      { field: 'key', before: [], after: ['F#m'] },
    ]);
    expect(preview.changes.find(({ path, field }) => path === desk.at('song.flac') && field === 'bpm')!.after).toEqual(['127.4']);
    expect(desk.tags.changes(preview.planId, 3, 2)).toEqual(preview.changes.slice(3, 5));
  });

  test.for([
    ['add', ['Polka', 'Ska', 'Dub']],
    ['replace', ['Ska', 'Dub']],
  ] as const)('%s', async ([mode, genres]) => {
    const desk = await createTagDesk();
    expect(await desk.write(['genre'], mode)).toMatchObject({ nDone: 5, nFailed: 0, failed: [] });
    for (const ending of ENDINGS) expect((await desk.read(ending)).genre).toEqual(genres);
    expect(await desk.preview(['genre'], mode)).toMatchObject({ nFiles: 0, nUnchanged: 5 });
  });

  test('fill leaves genres that are there', async () => {
    const desk = await createTagDesk();
    expect(await desk.preview(['genre', 'key'], 'fill')).toMatchObject({ nFiles: 5, nChanges: 5 });
  });

  test('a scan afterwards analyses nothing, and labels, ids and modification times are right', async () => {
    const desk = await createTagDesk();
    desk.heard.length = 0;
    const before = desk.ids.map((id) => desk.db.tracks.byId(id)!);
    const { playlists } = desk.db;
    const listId = playlists.insert({ id: null, name: 'Mine', kind: 'manual', recipeJson: null, createdAtMs: 1, changedAtMs: 1 });
    playlists.splice(listId, 0, 0, playlists.placesOf([{ trackId: desk.ids[0]!, reasons: [] }]));
    await desk.write(['genre', 'bpm', 'key']);
    expect(await desk.scan({ reanalyse: 'none' })).toMatchObject({ found: 5, unchanged: 5, analysed: 0 });
    expect(desk.heard).toEqual([]);
    for (const [i, id] of desk.ids.entries()) {
      const row = desk.db.tracks.byId(id)!;
      expect(row.state).toBe('analysed');
      expect(row.content_hash).not.toBe(before[i]!.content_hash);
      expect(row.modified_at_ms).toBe(Math.trunc(statSync(row.path).mtimeMs));
      expect(desk.db.analyses.contentHash(id)).toBe(row.content_hash);
      expect(desk.db.labels.ofTrack(id).map(({ genre }) => genre)).toEqual(['Ska', 'Dub']);
      expect(desk.db.tracks.tagsOf(id).key).toBe('F#m');
    }
    // Also when the row went and the file comes back: labels and places are joined by the new content.
    desk.db.tracks.remove(desk.ids[0]!);
    await desk.scan();
    const again = desk.db.tracks.byPath(before[0]!.path)!;
    expect(desk.db.labels.ofTrack(again.id).map(({ genre }) => genre)).toEqual(['Ska', 'Dub']);
    expect(playlists.trackIds(listId)).toEqual([again.id]);
  });

  test('permissions stay, no copy is left over', async () => {
    const desk = await createTagDesk(['mp3', 'flac']);
    chmodSync(desk.at('song.mp3'), 0o640);
    await desk.scan();
    await desk.write();
    expect(statSync(desk.at('song.mp3')).mode & 0o777).toBe(0o640);
    expect(readdirSync(desk.music).sort()).toEqual(['song.flac', 'song.mp3']);
  });

  test('guesses of the model only where they are wanted, sure enough, and no label is there', async () => {
    const desk = await createTagDesk(['mp3', 'flac']);
    const [unlabelled] = desk.ids as [number];
    desk.db.labels.restore(unlabelled, []);
    desk.db.tracks.refreshListing(unlabelled);
    const { guess_name: guess } = desk.db.tracks.byId(unlabelled)!;
    expect(await desk.preview()).toMatchObject({ nFiles: 1, nUnchanged: 1 });
    expect(await desk.preview(['genre'], 'replace', 0.9)).toMatchObject({ nFiles: 1 });
    const sure = await desk.preview(['genre'], 'replace', 0.7);
    expect(sure.changes.map(({ after }) => after)).toContainEqual([guess]);
  });
});

describe('refused', () => {
  test('a file changed since the scan or since the preview, or read-only', async () => {
    const desk = await createTagDesk();
    const { planId, nFiles } = await desk.preview();
    expect(nFiles).toBe(5);
    const before = readFileSync(desk.at('song.mp3'));
    writeFileSync(desk.at('song.mp3'), Buffer.concat([before, Buffer.from('x')]));
    const { done } = desk.tags.write(planId);
    expect(await done).toMatchObject({
      nDone: 4,
      nFailed: 1,
      failed: [{ path: desk.at('song.mp3'), reason: { code: 'tags.changed' } }],
    });
    expect(readFileSync(desk.at('song.mp3')).length).toBe(before.length + 1);

    chmodSync(desk.at('song.flac'), 0o444);
    await desk.scan();
    writeFileSync(desk.at('song.m4a'), Buffer.concat([readFileSync(desk.at('song.m4a')), Buffer.alloc(8)]));
    for (const id of desk.ids) desk.db.labels.set(id, ['Jazz'], 'hand', 2);
    const refused = Object.fromEntries((await desk.preview()).refused.map(({ path, reason }) => [path, reason.code]));
    expect(refused).toEqual({ [desk.at('song.flac')]: 'tags.readOnly', [desk.at('song.m4a')]: 'tags.changed' });
  });

  test('a track that could not be analysed: nothing could prove its sound unchanged', async () => {
    const desk = await createTagDesk(['mp3', 'flac']);
    desk.db.tracks.setFailed(desk.ids[0]!, { code: 'decode.notAudio', message: 'This is no audio.' });
    const { nFiles, refused } = await desk.preview();
    expect(nFiles).toBe(1);
    expect(refused).toMatchObject([
      { path: desk.at('song.mp3'), reason: { code: 'tags.unsupported', message: 'This is no audio.' } },
    ]);
  });

  test('a link, a missing file', async () => {
    const desk = await createTagDesk(['mp3']);
    symlinkSync(desk.at('song.mp3'), desk.at('link.mp3'));
    await expect(checkReplaceable(desk.at('link.mp3'))).rejects.toMatchObject({ code: 'tags.unsupported' });
    await expect(checkReplaceable(desk.at('song.mp3'))).resolves.toBeUndefined();
    rmSync(desk.at('song.mp3'));
    expect((await desk.preview()).refused).toMatchObject([{ reason: { code: 'file.missing' } }]);
  });

  test('same size and time but other content', async () => {
    const desk = await createTagDesk(['mp3']);
    const { planId } = await desk.preview();
    const path = desk.at('song.mp3');
    const { atime, mtime } = statSync(path);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
    utimesSync(path, atime, mtime);
    expect(await desk.tags.write(planId).done).toMatchObject({ nDone: 0, failed: [{ reason: { code: 'tags.changed' } }] });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('while a scan runs, while tags are written, a plan twice, a write that never was', async () => {
    const desk = await createTagDesk(['mp3']);
    const { planId } = await desk.preview();
    const lock = desk.db.lockForScan();
    expect(() => desk.tags.write(planId)).toThrow(expect.objectContaining({ code: 'tags.running' }));
    lock.release();
    const { done } = desk.tags.write(planId);
    expect(() => desk.tags.undo(1)).toThrow(expect.objectContaining({ code: 'tags.running' }));
    await done;
    expect(() => desk.tags.write(planId)).toThrow(expect.objectContaining({ code: 'tags.unknown' }));
    expect(() => desk.tags.undo(99)).toThrow(expect.objectContaining({ code: 'tags.unknown' }));
  });

  test('a cancel finishes the file in work and leaves the rest', async () => {
    const desk = await createTagDesk();
    const ended: unknown[] = [];
    desk.events.on('tags.ended', (end) => ended.push(end));
    desk.events.on('tags.progress', ({ done }) => {
      if (done === 0) desk.tags.cancel();
    });
    const result = await desk.write();
    expect(result).toMatchObject({ isCancelled: true, nDone: 1, nFailed: 0 });
    expect(ended).toEqual([{ result, failure: null }]);
    expect(await desk.preview()).toMatchObject({ nFiles: 4 });
  });
});

describe('undo', () => {
  test('gives everything back; ID3 tags byte for byte', async () => {
    const desk = await createTagDesk();
    const before = desk.snapshot();
    const { writeId } = await desk.write(['genre', 'bpm', 'key'], 'replace');
    expect(await desk.tags.undo(writeId).done).toMatchObject({ kind: 'undo', nDone: 5, nFailed: 0 });
    for (const ending of ENDINGS) expect(await desk.read(ending)).toEqual({ genre: ['Polka'], bpm: [], key: [] });
    const after = desk.snapshot();
    for (const name of ['song.mp3', 'song.wav']) expect(after[name]).toBe(before[name]);
    desk.heard.length = 0;
    await desk.scan();
    expect(desk.heard).toEqual([]);
    expect(desk.tags.history(10)).toMatchObject([{ id: writeId, nFiles: 5, nUndone: 5, nWritten: 0 }]);
    expect(await desk.tags.undo(writeId).done).toMatchObject({ nDone: 0, nFailed: 0 });
  });

  test('a field that was edited since stays, the others come back, other edits are kept', async () => {
    const desk = await createTagDesk(['mp3', 'flac']);
    const { writeId } = await desk.write(['genre', 'key'], 'replace');
    for (const ending of ['mp3', 'flac']) {
      const path = desk.at(`song.${ending}`);
      const copy = desk.at(`copy.${ending}`);
      await codecOf(path).writeCopy(path, copy, { values: { genre: ['Edited'], bpm: ['99'] }, raw: null });
      copyFileSync(copy, path);
    }
    const result = await desk.tags.undo(writeId).done;
    expect(result).toMatchObject({ nDone: 0, nFailed: 2 });
    expect(result.failed.map(({ field, reason }) => [field, reason.code])).toEqual([
      ['genre', 'tags.edited'],
      ['genre', 'tags.edited'],
    ]);
    for (const ending of ['mp3', 'flac']) expect(await desk.read(ending)).toEqual({ genre: ['Edited'], bpm: ['99'], key: [] });
  });

  test('follows a file that moved', async () => {
    const desk = await createTagDesk(['mp3', 'flac']);
    const { writeId } = await desk.write();
    mkdirSync(desk.at('new'));
    renameSync(desk.at('song.mp3'), desk.at('new/moved.mp3'));
    await desk.scan();
    expect(await desk.tags.undo(writeId).done).toMatchObject({ nDone: 2, nFailed: 0 });
    expect((await codecOf('a.mp3').read(desk.at('new/moved.mp3'))).values.genre).toEqual(['Polka']);
    expect(existsSync(desk.at('song.mp3'))).toBe(false);
  });
});
