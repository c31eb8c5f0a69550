// Kept playlists on a real library: every act can be undone and redone, places outlive their tracks' rows, live rules follow.
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import { type LibraryDb, openLibrary } from '../../../src/core/db/open.ts';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import { createTrackQueries, type TrackQuery } from '../../../src/core/library/track-query.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { createAutoPlaylists } from '../../../src/core/playlists/auto-genre.ts';
import { LibraryPlaylists } from '../../../src/core/playlists/library-playlists.ts';
import { parseRules } from '../../../src/core/playlists/rules/parse-rules.ts';
import { KeptPlaylistService } from '../../../src/core/services/kept-playlists.ts';
import { createDesk, fakeAnalysis, VERSIONS } from '../library/fixture.ts';

function servicesOn(db: LibraryDb) {
  let nowMs = 1000;
  const all = new LibraryPlaylists(
    db,
    createAutoPlaylists(db, () => 0.5),
    () => nowMs,
  );
  const events = createAppEvents();
  const kept = new KeptPlaylistService({ db, events, gate: createWriteGate(), playlists: all, nowMs: () => nowMs++ });
  const queries = createTrackQueries({
    db,
    versions: () => VERSIONS,
    minConfidence: () => 0.5,
    playlistIds: (id) => all.ids(id),
  });
  return { db, all, kept, events, queries };
}

const hash = (i: number): string => `c${i}`;
function addTrack(db: LibraryDb, i: number): number {
  const id = db.tracks.insert({ path: `/music/${i}.mp3`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: hash(i) }, 1);
  db.tracks.setTags(id, { ...NO_TAGS, title: `Song ${i}`, year: 2000 + i });
  db.analyses.put(id, fakeAnalysis({ tempoBpm: 100 + i, durationSec: 60 }), 1);
  db.tracks.refreshListing(id);
  return id;
}

function desk(nTracks: number) {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  onTestFinished(() => db.close());
  db.transaction(() => {
    for (let i = 1; i <= nTracks; i++) addTrack(db, i);
  });
  return servicesOn(db);
}

type Desk = ReturnType<typeof desk>;
const contents = ({ all }: Desk) =>
  all.list().flatMap((one) => (one.kind === 'auto-genre' ? [] : [[one.id, one.name, one.kind, all.detail(one.id).places]]));
const ALL: TrackQuery = {
  search: '',
  genre: null,
  status: null,
  playlistId: null,
  sort: 'position',
  descending: false,
  offset: 0,
  limit: 100,
};

describe('history', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
  const list = fc.integer({ min: 0, max: 2 });
  const act = fc.oneof(
    fc.record({ kind: fc.constant('create' as const), ids }),
    fc.record({ kind: fc.constant('follow' as const), ids }),
    fc.record({ kind: fc.constantFrom('add', 'removeTracks', 'move', 'rename', 'remove'), list, ids }),
  );

  async function perform({ all, kept }: Desk, one: { kind: string; ids: number[]; list?: number }, n: number): Promise<void> {
    if (one.kind === 'create') return void (await kept.create(`List ${n}`, one.ids));
    if (one.kind === 'follow') return void (await kept.follow(`Rules ${n}`, parseRules(`year > ${2000 + one.ids[0]!}`)));
    const target = all.list().filter(({ kind }) => kind === 'manual')[one.list!];
    if (!target) return;
    if (one.kind === 'add') await kept.addTracks(target.id, one.ids);
    if (one.kind === 'removeTracks') await kept.removeTracks(target.id, one.ids);
    if (one.kind === 'move') await kept.move(target.id, one.ids.slice(1), one.ids[0]!);
    if (one.kind === 'rename') await kept.rename(target.id, `Renamed ${n}`);
    if (one.kind === 'remove') await kept.remove(target.id);
  }

  test('any acts, undone, leave the start; redone, the end; each step as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        const it = desk(6);
        const states = [contents(it)];
        const deeds = ['null'];
        for (const [n, one] of acts.entries()) {
          await perform(it, one, n);
          const undo = JSON.stringify(it.kept.history().undo);
          const isSame = undo === deeds.at(-1) && JSON.stringify(contents(it)) === JSON.stringify(states.at(-1));
          if (isSame) continue;
          states.push(contents(it));
          deeds.push(undo);
        }
        const back: unknown[] = [contents(it)];
        while ((await it.kept.undo()) !== null) back.push(contents(it));
        expect(back.at(-1)).toEqual(states[0]);
        expect(back).toEqual(expect.arrayContaining(states));
        // A restart in between changes nothing: the history lies in the library.
        const again = servicesOn(it.db);
        const forth = [contents(again)];
        while ((await again.kept.redo()) !== null) forth.push(contents(again));
        expect(forth).toEqual(back.toReversed());
      }),
      { numRuns: 40 },
    );
  });

  test('a new act ends what could be redone; a playlist that comes back is the one it was', async () => {
    const { all, kept } = desk(3);
    const { id } = await kept.create('Friday', [3, 1]);
    await kept.remove(id);
    expect(kept.history()).toEqual({ undo: { code: 'removed', name: 'Friday' }, redo: null });
    await kept.undo();
    expect(all.find('friday')).toMatchObject({ id, nTracks: 2, durationSec: 120 });
    await kept.addTracks(id, [2]);
    expect(kept.history()).toEqual({ undo: { code: 'added', n: 1, name: 'Friday' }, redo: null });
  });
});

describe('order', () => {
  test('tracks are moved before another, to the end, and removed', async () => {
    const { all, kept } = desk(5);
    const { id } = await kept.create('A', [1, 2, 3, 4, 5]);
    await kept.move(id, [4, 2], 1);
    expect(all.ids(id)).toEqual([2, 4, 1, 3, 5]);
    await kept.move(id, [2], null);
    expect(all.ids(id)).toEqual([4, 1, 3, 5, 2]);
    await kept.move(id, [1, 3], 3);
    expect(all.ids(id)).toEqual([4, 1, 3, 5, 2]);
    await kept.removeTracks(id, [3, 4]);
    expect(all.ids(id)).toEqual([1, 5, 2]);
    expect(await kept.addTracks(id, [2, 3, 3])).toEqual({ nAdded: 1, nAlready: 2 });
    expect(all.ids(id)).toEqual([1, 5, 2, 3]);
  });

  test('lists of tracks follow every kind of playlist, in its order, and can be searched and sorted', async () => {
    const { kept, queries } = desk(5);
    const titles = (query: Partial<TrackQuery>) => queries.list({ ...ALL, ...query }).tracks.map(({ title }) => title);
    const manual = await kept.create('Manual', [4, 1, 4, 3]);
    const smart = await kept.follow('Smart', parseRules('year > 2002 sort by year descending limit 2 tracks'));
    expect(titles({ playlistId: manual.id })).toEqual(['Song 4', 'Song 1', 'Song 4', 'Song 3']);
    expect(titles({ playlistId: manual.id, offset: 1, limit: 2 })).toEqual(['Song 1', 'Song 4']);
    expect(titles({ playlistId: manual.id, sort: 'title' })).toEqual(['Song 1', 'Song 3', 'Song 4', 'Song 4']);
    expect(titles({ playlistId: manual.id, search: '3' })).toEqual(['Song 3']);
    expect(titles({ playlistId: smart.id })).toEqual(['Song 5', 'Song 4']);
    expect(queries.ids({ search: '', genre: null, playlistId: smart.id })).toEqual([5, 4]);
    expect(titles({ playlistId: 'genre:jazz' })).toHaveLength(5);
    expect(() => titles({ playlistId: 'list:99' })).toThrow(expect.objectContaining({ code: 'playlist.unknown' }));
  });
});

describe('rules', () => {
  test('follow the library and other playlists, also when those are renamed', async () => {
    const { db, all, kept } = desk(4);
    const base = await kept.create('Base', [1, 2]);
    const rest = await kept.follow('Rest', parseRules('not in playlist "Base"'));
    expect(all.ids(rest.id)).toEqual([3, 4]);
    await kept.rename(base.id, 'Ground');
    await kept.addTracks(base.id, [3]);
    expect(all.ids(rest.id)).toEqual([4]);
    expect(all.detail(rest.id).rules!.where.rules[0]).toMatchObject({ value: 'Ground' });
    const id = addTrack(db, 9);
    expect(all.ids(rest.id)).toEqual([4, id]);
    expect(all.find('Rest')).toMatchObject({ kind: 'smart', nTracks: 2, durationSec: 120 });
    await expect(kept.remove(base.id)).rejects.toThrow(/named in the rules of “Rest”/);
    await expect(kept.addTracks(rest.id, [1])).rejects.toThrow(/follows its rules/);
  });

  test('that lead back to themselves are refused, with the circle', async () => {
    const { kept } = desk(2);
    const a = await kept.follow('A', parseRules('year > 2000'));
    await kept.follow('B', parseRules('in playlist A'));
    await kept.follow('C', parseRules('none { in playlist B }'));
    await expect(kept.setRules(a.id, parseRules('in playlist "C"'))).rejects.toThrow(/would hold itself: “A” → “C” → “B” → “A”/);
    await expect(kept.setRules(a.id, parseRules('in playlist A'))).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(kept.follow('D', parseRules('in playlist Nowhere'))).rejects.toMatchObject({ code: 'playlist.unknown' });
  });

  test('a place says what the track has in the fields asked about', async () => {
    const { all, kept } = desk(2);
    const { id } = await kept.follow('Slow', parseRules('tempo < 102 and energy > 10%'));
    expect(all.detail(id).places).toEqual([
      {
        trackId: 1,
        path: '/music/1.mp3',
        reasons: [
          {
            code: 'facts',
            facts: [
              { field: 'tempo', value: 101 },
              { field: 'energy', value: 0.5 },
            ],
          },
        ],
      },
    ]);
  });
});

test('names are unique whatever their case, and never empty', async () => {
  const { kept } = desk(1);
  const a = await kept.create(' Late  night ', []);
  expect(a.name).toBe('Late night');
  await expect(kept.create('LATE NIGHT', [])).rejects.toMatchObject({ code: 'playlist.exists' });
  expect((await kept.rename(a.id, 'late night')).name).toBe('late night');
  await expect(kept.create('  ', [])).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(kept.create('X', [1, 99])).rejects.toMatchObject({ code: 'track.unknown' });
  await expect(kept.rename('genre:jazz', 'X')).rejects.toThrow(/follows your labels/);
});

describe('places outlive their tracks', () => {
  test('a removed track comes back to its place with its content, with its plays', async () => {
    const { db, all, kept } = desk(3);
    const { id } = await kept.create('Keep', [2, 3, 1]);
    db.plays.record(3, 60, 5);
    db.tracks.remove(3);
    expect(all.ids(id)).toEqual([2, 1]);
    expect(all.detail(id).places[1]).toEqual({ trackId: null, path: '/music/3.mp3', reasons: [] });
    const back = addTrack(db, 3);
    db.playlists.adopt(back, hash(3));
    db.plays.adopt(back, hash(3));
    expect(all.ids(id)).toEqual([2, back, 1]);
    const played = db.rules.facts([back], ['plays', 'lastPlayed']).get(back);
    expect(played).toEqual({ plays: 1, lastPlayed: 5 });
  });

  test('undo finds a track that came back under another row', async () => {
    const { db, all, kept } = desk(3);
    const { id } = await kept.create('Keep', [1, 2, 3]);
    await kept.removeTracks(id, [2]);
    db.tracks.remove(2);
    const back = addTrack(db, 2);
    await kept.undo();
    expect(all.ids(id)).toEqual([1, back, 3]);
  });

  test('a scan joins them again, also after other tags were written into the file', async () => {
    const it = createDesk();
    it.add('a.wav', 1);
    it.add('b.wav', 2);
    await it.scan();
    const { all, kept } = servicesOn(it.db);
    const { id } = await kept.create('Keep', [it.queries.find(it.at('a.wav')), it.queries.find(it.at('b.wav'))]);
    it.add('a.wav', 1, { title: 'Another title' });
    await it.scan();
    it.db.tracks.remove(it.queries.find(it.at('a.wav')));
    expect(all.ids(id)).toHaveLength(1);
    await it.scan();
    expect(all.ids(id)[0]).toBe(it.queries.find(it.at('a.wav')));
  });
});
