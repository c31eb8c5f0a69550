// Lists: every sort pages through every track once, what is unknown comes last, searches find word prefixes in any order.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LibraryDb, openLibrary } from '../../../src/core/db/open.ts';
import { matchExpression, searchWords } from '../../../src/core/db/search-expression.ts';
import { foldForSort } from '../../../src/core/db/sort-key.ts';
import { orderOf, type TrackFilter, type TrackPage } from '../../../src/core/db/track-listing.ts';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import { TRACK_SORTS } from '../../../src/core/domain/track.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { fakeAnalysis } from '../library/fixture.ts';

const NO_FILTER: TrackFilter = { search: '', genre: null, status: null, predicted: null };
const FIRST: TrackPage = { sort: 'title', descending: false, offset: 0, limit: 100 };

function add(db: LibraryDb, path: string, tags: Partial<typeof NO_TAGS>, rootId: number | null = null): number {
  const id = db.tracks.insert({ path, rootId, sizeBytes: 1, modifiedAtMs: 1, contentHash: path }, 7);
  db.tracks.setTags(id, { ...NO_TAGS, ...tags });
  db.tracks.refreshListing(id);
  return id;
}

function hear(db: LibraryDb, id: number, changes: Parameters<typeof fakeAnalysis>[0]): void {
  db.analyses.put(id, fakeAnalysis(changes), 1);
  db.tracks.refreshListing(id);
}

describe('with a thousand tracks', () => {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  const N = 1000;
  beforeAll(() => {
    db.transaction(() => {
      for (let i = 0; i < N; i++) {
        const id = add(db, `/music/${i}.mp3`, { title: `Song ${i % 300}`, artist: i % 3 ? `Artist ${i % 20}` : null });
        if (i % 4 === 0) continue;
        const p = (i % 97) / 100;
        hear(db, id, { tempoBpm: 60 + (i % 100), probabilities: Float32Array.of(p, 1 - p, 0) });
      }
    });
  });

  test.each(TRACK_SORTS.flatMap((sort) => [false, true].map((descending) => ({ sort, descending }))))(
    '$sort, descending $descending: pages hold every track once',
    ({ sort, descending }) => {
      const ids: number[] = [];
      for (let offset = 0; offset < N; offset += 130) {
        ids.push(...db.listing.page(NO_FILTER, { sort, descending, offset, limit: 130 }).rows.map(({ id }) => id));
      }
      expect(ids).toHaveLength(N);
      expect(new Set(ids).size).toBe(N);
    },
  );

  test('numbers ascend or descend, unknown ones last either way', () => {
    const tempos = (descending: boolean) =>
      db.listing.page(NO_FILTER, { sort: 'tempoBpm', descending, offset: 0, limit: N }).rows.map((row) => row.tempo_bpm);
    const known = tempos(false).filter((tempo) => tempo !== null);
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    expect(tempos(false).slice(known.length)).toEqual(Array(N - known.length).fill(null));
    expect(tempos(true).slice(0, known.length)).toEqual(known.toReversed());
  });

  test('wide and narrow filters agree with counting by hand', () => {
    const all = db.listing.page(NO_FILTER, { ...FIRST, limit: N }).rows;
    for (const genre of ['Rock', 'Jazz']) {
      const expected = all.filter((row) => row.genre_name === genre).map(({ id }) => id);
      const page = db.listing.page({ ...NO_FILTER, genre }, { ...FIRST, limit: N });
      expect(page).toMatchObject({ total: expected.length });
      expect(page.rows.map(({ id }) => id)).toEqual(expected);
    }
    const sure = all.filter((row) => row.genre_name === 'Rock' && row.genre_confidence! >= 0.9);
    const predicted = { genre: 'Rock', minConfidence: 0.9 };
    expect(db.listing.page({ ...NO_FILTER, predicted }, FIRST).total).toBe(sure.length);
    expect(db.listing.predictedIds('Rock', 0.9)).toHaveLength(sure.length);
    expect(db.listing.page({ ...NO_FILTER, status: 'analysed' }, FIRST).total).toBe(750);
  });
});

test.each(TRACK_SORTS)('%s: a page is a walk along an index, nothing is sorted for it', (sort) => {
  const file = join(tempDir(), 'library.db');
  openLibrary(file, { logger: SILENT_LOGGER }).close();
  const sqlite = new Database(file, { readonly: true });
  for (const descending of [false, true]) {
    const order = orderOf({ sort, descending }, NO_FILTER);
    const steps = sqlite
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT id FROM track ORDER BY ${order} LIMIT 9`)
      .all();
    expect(steps.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
  }
  sqlite.close();
});

test('keys go round the Camelot wheel; plays, years and formats order what has them', () => {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  const ids = ['C major', 'A minor', 'B minor', 'G# minor'].map((key, i) => {
    const id = add(db, `/music/${i}.mp3`, { year: 2000 - i, codec: ['MP3', 'FLAC', null, 'AAC'][i]!, bitRateBps: 1000 * i });
    hear(db, id, { key });
    return id;
  });
  const inOrder = (sort: TrackPage['sort'], descending = false) =>
    db.listing.idsInOrder(NO_FILTER, { sort, descending }).map((id) => ids.indexOf(id));
  expect(inOrder('camelot')).toEqual([3, 1, 0, 2]);
  expect(inOrder('year')).toEqual([3, 2, 1, 0]);
  expect(inOrder('codec')).toEqual([3, 1, 0, 2]);
  expect(inOrder('bitRate', true)).toEqual([3, 2, 1, 0]);
  for (const [index, atMs] of [
    [2, 50],
    [2, 60],
    [1, 70],
  ] as const)
    db.plays.record(ids[index]!, 30, atMs);
  expect(inOrder('nPlays', true).slice(0, 2)).toEqual([2, 1]);
  expect(inOrder('lastPlayedAt', true).slice(0, 2)).toEqual([1, 2]);
  expect(db.plays.record(999, 30, 80)).toBe(false);
  db.close();
});

test('plays of a file that went and came back are counted again', () => {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  const id = add(db, '/music/a.mp3', {});
  db.plays.record(id, 30, 5);
  db.tracks.remove(id);
  const again = add(db, '/music/a.mp3', {});
  expect(db.listing.one(again)).toMatchObject({ n_plays: 0 });
  db.plays.adopt(again, '/music/a.mp3');
  expect(db.listing.one(again)).toMatchObject({ n_plays: 1, last_played_at_ms: 5 });
  db.close();
});

describe('searching', () => {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  beforeAll(() => {
    const root = db.roots.add('/home/someone/Vinyl', 1).id;
    add(db, '/home/someone/Vinyl/Side A/01.mp3', { title: 'Café del Mar', artist: 'Energy 52', genres: ['Trance'] }, root);
    add(db, '/home/someone/Vinyl/02.mp3', { title: 'Cafeteria', album: 'Lunch "at" noon' }, root);
    add(db, '/home/someone/Vinyl/Москва.mp3', {}, root);
  });

  test.each([
    ['cafe', [1, 2]],
    ['CAFÉ mar', [1]],
    ['mar energ', [1]],
    ['trance', [1]],
    ['side', [1]],
    ['vinyl', [1, 2, 3]],
    ['someone', []],
    ['моск', [3]],
    ['"at" lunch', [2]],
    ['lunch AND (', []],
    ['* " - ^', [1, 2, 3]],
    ['afe', []],
  ])('%s finds %j', (search, ids) => {
    const { rows } = db.listing.page({ ...NO_FILTER, search }, { ...FIRST, sort: 'addedAt' });
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test('a genre is found by its present name, together with other words', () => {
    const [id, other] = [add(db, '/x/one.mp3', { title: 'Evening' }), add(db, '/x/two.mp3', { title: 'Evening' })];
    const found = (search: string) => db.listing.ids({ ...NO_FILTER, search });
    db.labels.set(id, ['Zürcher Ländler'], 'hand', 1);
    db.tracks.refreshListing(id);
    expect(found('zurch')).toEqual([id]);
    expect(found('land even')).toEqual([id]);
    expect(found('evening')).toEqual([id, other]);
    db.labels.set(id, ['Polka'], 'hand', 2);
    db.tracks.refreshListing(id);
    expect([found('zurch'), found('polk')]).toEqual([[], [id]]);
    for (const gone of [id, other]) db.tracks.remove(gone);
  });

  test('a removed track is no longer found', () => {
    const id = add(db, '/x/ephemeral.mp3', {});
    db.tracks.remove(id);
    expect(db.listing.page({ ...NO_FILTER, search: 'ephemeral' }, FIRST).total).toBe(0);
  });
});

test('words become quoted prefixes, nothing else gets through', () => {
  expect(matchExpression(searchWords('  a-b "c" NEAR(d)  '))).toBe('{title artist album path} : ("a"* "b"* "c"* "NEAR"* "d"*)');
  expect(matchExpression(searchWords(' -*" '))).toBeNull();
});

test('sort keys ignore case and accents and count in numbers', () => {
  const titles = ['track 10', 'Éa', 'Track 9', 'eb'];
  expect(titles.toSorted((a, b) => (foldForSort(a) < foldForSort(b) ? -1 : 1))).toEqual(['Éa', 'eb', 'Track 9', 'track 10']);
});
