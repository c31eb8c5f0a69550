// Files keep their identity when they move, and their place in the library when they go away for a while.
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDesk } from './fixture.ts';

async function deskWith(...names: string[]) {
  const desk = createDesk();
  for (const [i, name] of names.entries()) desk.add(name, i, { title: name });
  await desk.scan();
  desk.heard = [];
  const idOf = (name: string) => desk.queries.find(desk.at(name));
  return Object.assign(desk, { idOf });
}

test('a rename and a move to another folder keep id, labels and analysis', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const [a, b] = [desk.idOf('a.wav'), desk.idOf('b.wav')];
  desk.label(a, 'Ska');
  mkdirSync(desk.at('deep/er'), { recursive: true });
  renameSync(desk.at('a.wav'), desk.at('renamed.wav'));
  renameSync(desk.at('b.wav'), desk.at('deep/er/b.wav'));
  expect(await desk.scan()).toMatchObject({ found: 2, analysed: 0, moved: 2, missing: 0 });
  expect([desk.idOf('renamed.wav'), desk.idOf('deep/er/b.wav')]).toEqual([a, b]);
  expect(desk.queries.get(a)).toMatchObject({ status: 'analysed', genre: { name: 'Ska' } });
  expect(desk.heard).toEqual([]);
});

test('two files that swap names swap rows', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const [a, b] = [desk.idOf('a.wav'), desk.idOf('b.wav')];
  renameSync(desk.at('a.wav'), desk.at('c.wav'));
  renameSync(desk.at('b.wav'), desk.at('a.wav'));
  renameSync(desk.at('c.wav'), desk.at('b.wav'));
  // The same size and time would hide a swap; real files differ in at least one.
  desk.db.tracks.touch(a, { ...desk.db.tracks.byId(a)!, ...facts(desk, a), modifiedAtMs: 1 });
  desk.db.tracks.touch(b, { ...desk.db.tracks.byId(b)!, ...facts(desk, b), modifiedAtMs: 1 });
  expect(await desk.scan()).toMatchObject({ moved: 2, analysed: 0 });
  expect([desk.idOf('b.wav'), desk.idOf('a.wav')]).toEqual([a, b]);
});

function facts(desk: ReturnType<typeof createDesk>, id: number) {
  const row = desk.db.tracks.byId(id)!;
  return { path: row.path, rootId: row.root_id, sizeBytes: row.size_bytes, contentHash: row.content_hash };
}

test('a file replaced by another while it moved away: the old row moves, the newcomer is new', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const a = desk.idOf('a.wav');
  renameSync(desk.at('a.wav'), desk.at('moved.wav'));
  desk.add('a.wav', 99, { title: 'somebody else entirely' });
  expect(await desk.scan()).toMatchObject({ moved: 1, analysed: 1, unchanged: 1 });
  expect(desk.idOf('moved.wav')).toBe(a);
  expect(desk.idOf('a.wav')).not.toBe(a);
});

test('a copy is a track of its own', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  copyFileSync(desk.at('a.wav'), desk.at('copy.wav'));
  expect(await desk.scan()).toMatchObject({ found: 3, moved: 0, analysed: 1 });
  expect(desk.idOf('copy.wav')).not.toBe(desk.idOf('a.wav'));
});

test('a move to another root keeps the id', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const a = desk.idOf('a.wav');
  const other = join(desk.music, '..', 'other');
  mkdirSync(other);
  renameSync(desk.at('a.wav'), join(other, 'a.wav'));
  expect(await desk.scan({ folders: [desk.music, other] })).toMatchObject({ moved: 1, analysed: 0, missing: 0 });
  expect(desk.queries.find(join(other, 'a.wav'))).toBe(a);
});

test('a deleted file is missing, and back without analysis when it returns', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const a = desk.idOf('a.wav');
  const away = join(desk.music, '..', 'away.bin');
  renameSync(desk.at('a.wav'), away);
  expect(await desk.scan()).toMatchObject({ found: 1, missing: 1, unchanged: 1 });
  expect(desk.queries.get(a)).toMatchObject({ status: 'missing', tempoBpm: 120 });
  renameSync(away, desk.at('a.wav'));
  expect(await desk.scan()).toMatchObject({ found: 2, missing: 0, analysed: 0, unchanged: 2 });
  expect(desk.queries.get(a).status).toBe('analysed');
});

test('a root that is gone or suddenly empty is offline: nothing is marked, nothing is lost', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const away = `${desk.music}-away`;
  renameSync(desk.music, away);
  expect(await desk.scan({ folders: [] })).toMatchObject({ found: 0, missing: 0 });
  expect(await desk.queries.summary()).toMatchObject({
    roots: [{ online: false, nTracks: 2 }],
    counts: { analysed: 2, missing: 0 },
  });

  mkdirSync(desk.music);
  expect(await desk.scan({ folders: [] })).toMatchObject({ found: 0, missing: 0 });
  expect(await desk.queries.summary()).toMatchObject({ roots: [{ online: false }], counts: { analysed: 2 } });
  expect(desk.db.skipped.all()[0]).toMatchObject({ path: desk.music, reason: { code: 'folder.missing' } });

  rmSync(desk.music, { recursive: true });
  renameSync(away, desk.music);
  expect(await desk.scan({ folders: [] })).toMatchObject({ found: 2, unchanged: 2, analysed: 0 });
  expect(await desk.queries.summary()).toMatchObject({ roots: [{ online: true }], counts: { analysed: 2 } });
  expect(desk.db.skipped.all()).toEqual([]);
});

test('a drive mounted at another place keeps its ids', async () => {
  const desk = await deskWith('a.wav', 'b.wav');
  const a = desk.idOf('a.wav');
  const elsewhere = `${desk.music}-elsewhere`;
  renameSync(desk.music, elsewhere);
  expect(await desk.scan({ folders: [elsewhere] })).toMatchObject({ found: 2, moved: 2, analysed: 0 });
  expect(desk.queries.find(join(elsewhere, 'a.wav'))).toBe(a);
});

test('a name in another Unicode spelling is the same file', async () => {
  const desk = await deskWith('Caf\u00e9.wav', 'b.wav');
  const id = desk.idOf('Caf\u00e9.wav');
  renameSync(desk.at('Caf\u00e9.wav'), desk.at('Cafe\u0301.wav'));
  expect(await desk.scan()).toMatchObject({ unchanged: 2, moved: 0, analysed: 0 });
  expect(desk.idOf('Cafe\u0301.wav')).toBe(id);
  expect(desk.queries.get(id).path).toBe(desk.at('Cafe\u0301.wav'));
});
