// Looking through a library: what is answered from columns in memory is what SQL answers, and counts are those of counting by hand.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../src/core/db/open.ts';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import { ALBUM_SEPARATOR, FACETS, type FacetChoice, RANGE_FIELDS, type RangeChoice } from '../../../src/core/domain/facet.ts';
import { createTrackQueries, type TrackQuery } from '../../../src/core/library/track-query.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { fillVaried } from '../../support/varied-library.ts';
import { VERSIONS } from './fixture.ts';

const N = 900;
const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
const options = { db, versions: () => VERSIONS, minConfidence: () => 0.5 };
const queries = createTrackQueries(options);
const ALL: TrackQuery = {
  search: '',
  genre: null,
  status: null,
  playlistId: null,
  sort: 'artist',
  descending: false,
  offset: 0,
  limit: 1000,
};
const WORDS = { search: '', genre: null, status: null } as const;

beforeAll(async () => {
  fillVaried(db, N);
  const id = db.tracks.insert({ path: '/music/bare.wav', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 'bare' }, 1);
  db.tracks.refreshListing(id);
  await queries.facets(WORDS);
});

const some = async (facet: (typeof FACETS)[number], n: number): Promise<string[]> => {
  const { facets: counted } = await queries.facets(WORDS);
  return counted
    .find((each) => each.facet === facet)!
    .values.slice(0, n)
    .map(({ value }) => value);
};

describe('pages', () => {
  test.each(FACETS)('narrowed by %s hold what SQL finds, in its order', async (facet) => {
    const facets = { [facet]: await some(facet, 3) };
    const query = { ...ALL, facets };
    const quick = queries.list({ ...query, offset: 2, limit: 40 });
    // Another object has no columns in memory yet and asks SQL.
    const slow = createTrackQueries(options).list({ ...query, offset: 2, limit: 40 });
    expect(quick.total).toBeGreaterThan(2);
    expect(quick).toEqual(slow);
  });

  test.each(['', 'b', 'blue', 'am ja', 'nowhere'])('of the search "%s" with facets agree with SQL too', async (search) => {
    const facets: FacetChoice = { decade: await some('decade', 3), label: ['none'] };
    for (const sort of ['title', 'energy'] as const) {
      const query = { ...ALL, search, facets, sort, descending: true };
      expect(queries.list(query)).toEqual(createTrackQueries(options).list(query));
    }
  });

  test.each<[string, RangeChoice]>([
    ['tempo', { tempoBpm: { from: 100, to: 128 } }],
    ['an open end', { year: { from: 1990, to: null } }],
    ['two ranges', { energy: { from: null, to: 0.3 }, year: { from: 1970, to: 1989 } }],
    ['a length that the bare file has not', { durationSec: { from: 0, to: 1e6 } }],
    ['the wrong way round', { tempoBpm: { from: 128, to: 100 } }],
  ])('within %s hold what SQL finds, and nothing outside', (_, ranges) => {
    const query = { ...ALL, ranges, facets: { label: ['none'] } };
    const quick = queries.list(query);
    expect(quick).toEqual(createTrackQueries(options).list(query));
    const isInside = (track: (typeof quick.tracks)[number]) =>
      RANGE_FIELDS.every((field) => {
        const { from = null, to = null } = ranges[field] ?? {};
        if (from === null && to === null) return true;
        return track[field] !== null && track[field] >= (from ?? -Infinity) && track[field] <= (to ?? Infinity);
      });
    const all = queries.list({ ...ALL, facets: { label: ['none'] } }).tracks;
    expect(quick.tracks.map(({ id }) => id)).toEqual(all.filter(isInside).map(({ id }) => id));
  });

  test('follow a change at once', () => {
    const query = { ...ALL, facets: { label: ['none'] } };
    const before = queries.list(query).total;
    const id = queries.list(query).tracks[0]!.id;
    db.labels.set(id, ['Jazz'], 'hand', 1);
    db.tracks.refreshListing(id);
    expect(queries.list(query).total).toBe(before - 1);
  });

  test('a play keeps the columns, and shows where lists are sorted by plays', async () => {
    await queries.facets(WORDS);
    const version = db.facetRows.version();
    const query: TrackQuery = { ...ALL, facets: { label: ['none'] }, sort: 'nPlays', descending: true, limit: 1 };
    const { id } = queries.list({ ...query, offset: 7 }).tracks[0]!;
    db.plays.record(id, 100, 40);
    db.settings.remember('anything', 1);
    expect(db.facetRows.version()).toBe(version);
    expect(queries.list(query).tracks[0]).toMatchObject({ id, nPlays: 1 });
    expect(queries.list(query)).toEqual(createTrackQueries(options).list(query));
  });

  test('show what only columns show', () => {
    const { tracks } = queries.list({ ...ALL, limit: 1 });
    expect(tracks[0]).toMatchObject({ codec: expect.any(String), bitRateBps: 256_000, nPlays: 0, lastPlayedAtMs: null });
    for (const atMs of [70, 50]) db.plays.record(tracks[0]!.id, 100, atMs);
    expect(queries.list({ ...ALL, limit: 1 }).tracks[0]).toMatchObject({ nPlays: 2, lastPlayedAtMs: 70 });
  });

  test('of ids come in the order asked for', () => {
    const ids = [30, 4, 17];
    expect(queries.list({ ...ALL, ids, sort: 'position' }).tracks.map(({ id }) => id)).toEqual(ids);
    expect(queries.idsInOrder({ ...ALL, sort: 'title' })).toEqual(
      queries.list({ ...ALL, sort: 'title' }).tracks.map(({ id }) => id),
    );
  });
});

describe('counts', () => {
  test('of every facet agree with the lists they lead to, under a search and other facets', async () => {
    const chosen: FacetChoice = { key: await some('key', 6), genre: ['Jazz', 'Rock'] };
    const { facets: counted } = await queries.facets({ ...WORDS, search: 'a', facets: chosen });
    for (const { facet, values } of counted) {
      for (const { value, nTracks } of values.slice(0, 4)) {
        const query = { ...ALL, search: 'a', facets: { ...chosen, [facet]: [value] } };
        expect({ facet, value, nTracks: createTrackQueries(options).list(query).total }).toEqual({ facet, value, nTracks });
      }
    }
  });

  test('of one facet without choices add up to what is found', async () => {
    for (const { values } of (await queries.facets(WORDS)).facets) {
      if (values.length < 200) expect(values.reduce((sum, { nTracks }) => sum + nTracks, 0)).toBe(N + 1);
    }
  });

  test('along a range leave out only its own ends, and add up to what has a number', async () => {
    const ranges: RangeChoice = { tempoBpm: { from: 100, to: 120 }, year: { from: 1980, to: 1999 } };
    const { ranges: counted, facets } = await queries.facets({ ...WORDS, ranges });
    const total = (changed: RangeChoice) => queries.list({ ...ALL, ranges: changed }).total;
    const bars = (field: string) => counted.find((each) => each.field === field)!;
    expect(bars('tempoBpm').bins.reduce((sum, n) => sum + n)).toBe(total({ year: ranges.year! }));
    expect(bars('year').bins.reduce((sum, n) => sum + n)).toBe(total({ tempoBpm: ranges.tempoBpm! }));
    expect(bars('energy').bins.reduce((sum, n) => sum + n)).toBe(total(ranges));
    expect(bars('year')).toMatchObject({ least: expect.any(Number), greatest: expect.any(Number) });
    expect(bars('year').least).toBeGreaterThanOrEqual(1960);
    expect(bars('year').greatest).toBeLessThanOrEqual(2023);
    const genres = facets.find(({ facet }) => facet === 'genre')!.values;
    expect(genres.reduce((sum, { nTracks }) => sum + nTracks, 0)).toBe(total(ranges));
  });

  test('keep what is chosen in sight even where nothing is left of it', async () => {
    const { facets: counted } = await queries.facets({ ...WORDS, search: 'nowhere', facets: { genre: ['Jazz'] } });
    expect(counted.find(({ facet }) => facet === 'genre')?.values).toEqual([{ value: 'Jazz', nTracks: 0 }]);
  });
});

test('albums hold every track once, by artist and name; the one without a name comes last', async () => {
  const { total, albums } = await queries.albums({ ...WORDS, offset: 0, limit: 1000 });
  expect(albums).toHaveLength(total);
  expect(albums.reduce((sum, { nTracks }) => sum + nTracks, 0)).toBe(N + 1);
  expect(albums.at(-1)).toMatchObject({ name: '', artist: null, nTracks: 1 });
  const [first] = albums;
  expect(first!.value).toBe(`${first!.name}${ALBUM_SEPARATOR}${first!.artist}`);
  const { total: nTracks, tracks } = queries.list({ ...ALL, facets: { album: [first!.value] } });
  expect(nTracks).toBe(first!.nTracks);
  expect(tracks.every(({ album, year }) => album === first!.name && year === first!.year)).toBe(true);
});

test('the columns are read again after what they are made of has changed, by whomever', () => {
  const file = join(tempDir(), 'library.db');
  const [own, other] = [openLibrary(file, { logger: SILENT_LOGGER }), openLibrary(file, { logger: SILENT_LOGGER })];
  const add = (path: string) => own.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: path }, 1);
  const first = add('/music/a.wav');
  const changes: (() => void)[] = [
    () => void add('/music/b.wav'),
    () => own.tracks.setTags(first, { ...NO_TAGS, albumArtist: 'Another' }),
    () => own.tracks.setTags(first, { ...NO_TAGS, albumArtist: 'And another' }),
    () => own.tracks.refreshListing(first),
    () => own.tracks.setMissing(first, true),
    () => own.tracks.remove(first),
    () => other.roots.add('/music', 1),
  ];
  for (const change of changes) {
    const before = own.facetRows.version();
    change();
    expect(own.facetRows.version()).not.toBe(before);
  }
  own.close();
  other.close();
});
