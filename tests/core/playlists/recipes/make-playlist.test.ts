// Recipes on a real library: reproducible by seed, true to filter and length, each place with its reason.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LibraryDb, openLibrary } from '../../../../src/core/db/open.ts';
import { NO_TAGS } from '../../../../src/core/db/track-row.ts';
import { CAMELOT_BY_KEY } from '../../../../src/core/domain/camelot.ts';
import { placeReasonWords } from '../../../../src/core/domain/place-reason-words.ts';
import { type RecipeInput, recipeSchema } from '../../../../src/core/domain/recipe.ts';
import { recipeNoteWords } from '../../../../src/core/domain/recipe-note-words.ts';
import { SILENT_LOGGER } from '../../../../src/core/logger.ts';
import { createNeighbours } from '../../../../src/core/neighbours/neighbours.ts';
import { createAutoPlaylists } from '../../../../src/core/playlists/auto-genre.ts';
import { LibraryPlaylists } from '../../../../src/core/playlists/library-playlists.ts';
import { makePlaylist } from '../../../../src/core/playlists/recipes/make-playlist.ts';
import { moodsOf } from '../../../../src/core/playlists/recipes/moods.ts';
import type { Kitchen } from '../../../../src/core/playlists/recipes/pick-result.ts';
import { parseRules } from '../../../../src/core/playlists/rules/parse-rules.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { analysisOf, vector } from '../../../support/heard-library.ts';

const N = 240;
const N_GROUPS = 4;
const DAY = 86_400_000;
const NOW = 1000 * DAY;
const KEYS = [...CAMELOT_BY_KEY.keys()];
const db: LibraryDb = openLibrary(':memory:', { logger: SILENT_LOGGER });
const playlists = new LibraryPlaylists(
  db,
  createAutoPlaylists(db, () => 0.3),
  () => NOW,
);
const kitchen: Kitchen = { db, playlists, neighbours: createNeighbours(db), nowMs: () => NOW };

/** Track i sounds like its group i % 4; ids are 1.. in order, so that a track's group is (id - 1) % 4. */
const groupOf = (id: number) => (id - 1) % N_GROUPS;

beforeAll(() => {
  const random = createRandom(3);
  const centres = Array.from({ length: N_GROUPS }, () => vector(192, random, 3));
  db.transaction(() => {
    for (let i = 0; i < N; i++) {
      const id = db.tracks.insert(
        { path: `/music/${i}.mp3`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `c${i}` },
        i,
      );
      db.tracks.setTags(id, { ...NO_TAGS, title: `Song ${i}`, artist: `Artist ${random.below(40)}`, year: 1980 + (i % 40) });
      const isCalm = i % 2 === 0;
      db.analyses.put(
        id,
        {
          ...analysisOf(centres[i % N_GROUPS]!, random, { spread: 1 }),
          durationSec: 120 + 200 * random.next(),
          tempoBpm: isCalm ? 70 + 20 * random.next() : 120 + 10 * random.next(),
          energy: isCalm ? 0.3 * random.next() : 0.7 + 0.3 * random.next(),
          key: KEYS[random.below(24)]!,
          stemShares: isCalm
            ? { bass: 0.1, drums: 0.1, other: 0.2, vocals: 0.6 }
            : { bass: 0.3, drums: 0.5, other: 0.2, vocals: 0 },
        },
        1,
      );
      db.tracks.refreshListing(id);
      // Three groups are played; of the fourth nothing.
      if (i % N_GROUPS !== 3) for (let n = 0; n < 3; n++) db.plays.record(id, 100, NOW - random.below(30) * DAY);
    }
    db.tracks.setMissing(5, true);
    db.tracks.setFailed(6, { code: 'decode.corrupt', message: 'x' });
  });
});

const make = (recipe: RecipeInput) => makePlaylist(kitchen, recipeSchema.parse(recipe));
const idsOf = (recipe: RecipeInput) => make(recipe).places.map(({ trackId }) => trackId);

const pick = fc.constantFrom<RecipeInput['pick']>(
  { kind: 'all' },
  { kind: 'rules', rules: parseRules('energy > 0.2 sort by tempo') },
  { kind: 'like', trackIds: [1, 2, 3, 7, 8], withSeeds: true },
  { kind: 'genre', genre: 'Jazz', minConfidence: 0 },
  { kind: 'unplayed' },
  { kind: 'tracks', trackIds: [9, 8, 7, 5, 6, 4, 3] },
  { kind: 'path', fromId: 1, toId: 2, nSteps: 6 },
);
const order = fc.constantFrom<RecipeInput['order']>(
  { kind: 'picked' },
  { kind: 'random' },
  { kind: 'arc', shape: 'rising' },
  { kind: 'arc', shape: 'points', points: [0, 1, 0.2], field: 'both' },
  { kind: 'harmonic' },
);

test('any recipe: the same again by its seed, only playable tracks that fit, none twice, each with a reason', () => {
  const filter = fc.constantFrom(null, parseRules('year > 1990').where);
  const length = fc.constantFrom<RecipeInput['length']>(
    null,
    { by: 'tracks', n: 12 },
    { by: 'minutes', minutes: 45, toleranceSec: 20 },
  );
  fc.assert(
    fc.property(pick, order, filter, length, fc.boolean(), fc.nat(), (picked, ordered, where, long, spreadArtists, seed) => {
      const isPath = picked.kind === 'path';
      const recipe: RecipeInput = {
        seed,
        pick: picked,
        filter: where,
        spreadArtists,
        ...(!isPath && { order: ordered, length: long }),
      };
      const draft = make(recipe);
      expect(make(recipe)).toEqual(draft);
      const ids = draft.places.map(({ trackId }) => trackId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).not.toContain(5);
      expect(ids).not.toContain(6);
      for (const { reasons } of draft.places) expect(placeReasonWords(reasons)).toMatch(/\.$/);
      const named: number[] = isPath ? [1, 2] : picked.kind === 'like' ? picked.trackIds : [];
      const free = ids.filter((id) => !named.includes(id));
      if (where) for (const id of free) expect(1980 + ((id - 1) % 40)).toBeGreaterThan(1990);
      if (!isPath && long?.by === 'tracks') expect(ids.length).toBeLessThanOrEqual(12);
      const isOff = !isPath && long?.by === 'minutes' && Math.abs(draft.durationSec - 45 * 60) > 20;
      if (isOff) expect(draft.notes.map(recipeNoteWords).join()).toMatch(/nearest to 45 minutes|No track fits/);
    }),
    { numRuns: 60 },
  );
});

describe('picks', () => {
  test('more like some: near them, never the seeds, other seeds of chance change nothing', () => {
    const ids = idsOf({ pick: { kind: 'like', trackIds: [1, 9, 13, 17, 21], diversity: 0 }, length: { by: 'tracks', n: 20 } });
    expect(ids.map(groupOf)).toEqual(Array(20).fill(0));
    expect(ids.filter((id) => [1, 9, 13, 17, 21].includes(id))).toEqual([]);
    const draft = make({ pick: { kind: 'like', trackIds: [1] }, length: { by: 'tracks', n: 1 } });
    expect(placeReasonWords(draft.places[0]!.reasons)).toMatch(/^Sounds like “Song 0”, distance 0\.\d\d\.$/);
  });

  test('unplayed corners are where nothing was played', () => {
    const draft = make({ pick: { kind: 'unplayed' }, length: { by: 'tracks', n: 15 } });
    expect(draft.places.map(({ trackId }) => groupOf(trackId))).toEqual(Array(15).fill(3));
    expect(placeReasonWords(draft.places[0]!.reasons)).toMatch(
      /^Never played\. None of the \d+ tracks that sound like it were played\.$/,
    );
  });

  test('moods part the calm from the energetic, and a mood makes a playlist of its own', () => {
    const moods = moodsOf(db.playlistCandidates.all(), 1);
    expect(moods.length).toBeGreaterThan(1);
    expect(new Set(moods.map(({ name }) => name)).size).toBe(moods.length);
    for (const { name, middle, radius } of moods) {
      const isCalm = middle.energy < 0.5;
      expect(name).toMatch(isCalm ? /calm|slow|vocals in front/ : /energetic|fast|hardly any vocals|strong/);
      const ids = idsOf({ pick: { kind: 'mood', name, middle, radius } });
      expect(ids.length).toBeGreaterThan(2);
      expect(ids.every((id) => ((id - 1) % 2 === 0) === isCalm)).toBe(true);
    }
  });

  test('a path keeps its order and its ends; another order is refused', () => {
    const path: RecipeInput = { pick: { kind: 'path', fromId: 1, toId: 2, nSteps: 6 }, filter: parseRules('year > 1985').where };
    const ids = idsOf(path);
    expect([ids[0], ids.at(-1)]).toEqual([1, 2]);
    expect(() => make({ ...path, order: { kind: 'harmonic' } })).toThrow(/own order/);
    expect(() => make({ pick: { kind: 'path', fromId: 1, toId: 999, nSteps: 1 } })).toThrow(
      expect.objectContaining({ code: 'track.unknown' }),
    );
    expect(() => make({ pick: { kind: 'path', fromId: 1, toId: 5, nSteps: 1 } })).toThrow(/missing or failed/);
  });

  test('chosen tracks that cannot be played are told', () => {
    expect(make({ pick: { kind: 'tracks', trackIds: [7, 5, 8] } })).toMatchObject({
      places: [{ trackId: 7 }, { trackId: 8 }],
      notes: [{ code: 'lost', n: 1 }],
    });
  });
});

describe('order and length', () => {
  test('another seed makes another list', () => {
    expect(idsOf({ seed: 1, pick: { kind: 'all' } })).not.toEqual(idsOf({ seed: 2, pick: { kind: 'all' } }));
  });

  test('no artist twice in a row where there are others', () => {
    const draft = make({ pick: { kind: 'all' }, length: { by: 'tracks', n: 60 }, spreadArtists: true });
    const artists = draft.places.map(({ trackId }) => db.tracks.byId(trackId)!.artist);
    expect(artists.filter((artist, at) => at > 0 && artist === artists[at - 1])).toEqual([]);
  });

  test('a budget, a filter and an arc together', () => {
    const draft = make({
      pick: { kind: 'all' },
      filter: parseRules('vocals > 50%').where,
      length: { by: 'minutes', minutes: 40, toleranceSec: 10 },
      order: { kind: 'arc', field: 'tempo', shape: 'rising' },
    });
    expect(Math.abs(draft.durationSec - 2400)).toBeLessThanOrEqual(10);
    const tempi = draft.places.map(({ trackId }) => db.tracks.byId(trackId)!.tempo_bpm!);
    expect(tempi).toEqual(tempi.toSorted((a, b) => a - b));
    expect(placeReasonWords(draft.places[0]!.reasons)).toMatch(
      /^Share of the vocals 60 %\. Tempo 0 %; the rising arc asks for 0 % at place 1 of \d+\.$/,
    );
  });
});
