// Labelling on a real library: what a person says wins, every act can be undone and redone, also after restart.
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import { type LibraryDb, openLibrary } from '../../../src/core/db/open.ts';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import { LABEL_MODES, type LabelMode } from '../../../src/core/domain/label.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { GenreService } from '../../../src/core/services/genres.ts';
import { LabellingService } from '../../../src/core/services/labelling.ts';
import { fakeAnalysis } from '../library/fixture.ts';

function servicesOn(db: LibraryDb) {
  let nowMs = 1000;
  const parts = { db, events: createAppEvents(), gate: createWriteGate() };
  const idsOf = ({ search }: { search: string }) => db.listing.ids({ search, genre: null, status: null, predicted: null });
  const labels = new LabellingService({ ...parts, idsOf, nowMs: () => nowMs++ });
  return { db, labels, genres: new GenreService({ ...parts, labelling: labels }), events: parts.events };
}

/** A library of n tracks below /music, artist "Artist <n>". */
function desk(nTracks: number) {
  const db = openLibrary(':memory:', { logger: SILENT_LOGGER });
  onTestFinished(() => db.close());
  db.transaction(() => {
    for (let i = 1; i <= nTracks; i++) {
      const path = `/music/${i % 2 ? 'odd' : 'even'}/${i}.mp3`;
      const id = db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `c${i}` }, 1);
      db.tracks.setTags(id, { ...NO_TAGS, title: `Song ${i}`, genres: ['Rock/Pop'] });
      db.analyses.put(id, fakeAnalysis(), 1);
      db.tracks.refreshListing(id);
    }
  });
  return servicesOn(db);
}

const labelsOf = (db: LibraryDb, id: number) =>
  db.labels.ofTrack(id).map(({ genre, isPrimary, origin }) => `${origin}:${genre}${isPrimary ? '*' : ''}`);
const shown = (db: LibraryDb, id: number) => db.tracks.byId(id)!.genre_name;
const everything = (db: LibraryDb) => [1, 2, 3].map((id) => [labelsOf(db, id), db.tracks.byId(id)!.genre_name]);

describe('acts', () => {
  test('replace, add and remove; the first genre is the primary one', async () => {
    const { db, labels } = desk(3);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska', 'Dub'], 'replace');
    expect(labelsOf(db, 1)).toEqual(['hand:Ska*', 'hand:Dub']);
    expect(shown(db, 1)).toBe('Ska');
    await labels.set({ kind: 'tracks', ids: [1] }, ['dub'], 'add');
    expect(labelsOf(db, 1)).toEqual(['hand:Dub*', 'hand:Ska']);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Dub'], 'remove');
    expect(labelsOf(db, 1)).toEqual(['hand:Ska*']);
    await labels.set({ kind: 'tracks', ids: [1] }, [], 'replace');
    expect(labelsOf(db, 1)).toEqual([]);
    expect(db.tracks.byId(1)!.genre_origin).toBe('model');
  });

  test('a folder and a search are labelled whole', async () => {
    const { db, labels } = desk(40);
    expect(await labels.set({ kind: 'folder', path: '/music/odd' }, ['Odd'], 'replace')).toMatchObject({ nTracks: 20 });
    const query = { kind: 'query', search: 'song 4', genre: null, playlistId: null } as const;
    expect(await labels.set(query, ['Four'], 'add')).toMatchObject({ nTracks: 2, sentence: 'Added Four to 2 tracks' });
    expect(shown(db, 3)).toBe('Odd');
    expect([4, 40].map((id) => shown(db, id))).toEqual(['Four', 'Four']);
  });

  test('an unknown track refuses the whole act', async () => {
    const { db, labels } = desk(2);
    const act = labels.set({ kind: 'tracks', ids: [1, 99] }, ['Ska'], 'replace');
    await expect(act).rejects.toMatchObject({ code: 'track.unknown' });
    expect(labelsOf(db, 1)).toEqual([]);
    expect(labels.history()).toEqual({ undo: null, redo: null });
  });

  test('an act on nothing is refused and leaves the history as it is', async () => {
    const { labels } = desk(1);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    await labels.undo();
    const act = labels.set({ kind: 'folder', path: '/elsewhere' }, ['Dub'], 'replace');
    await expect(act).rejects.toMatchObject({ code: 'input.invalid' });
    expect(labels.history()).toEqual({ undo: null, redo: 'Labelled 1 track Ska' });
  });

  test('an import stands beside labels by hand and never above them', async () => {
    const { db, labels } = desk(3);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    const result = await labels.importFile(
      'path,genre\n/music/odd/1.mp3,Rock\n2.mp3,Jazz,Blues\n/nowhere.mp3,Rock\n',
      'csv',
      '/music/even',
    );
    expect(result).toEqual({ nTracks: 2, nLabels: 3, unknownPaths: ['/nowhere.mp3'], newGenres: ['Rock', 'Jazz', 'Blues'] });
    expect(shown(db, 1)).toBe('Ska');
    expect(labelsOf(db, 1)).toEqual(['hand:Ska*', 'import:Rock*']);
    expect(labelsOf(db, 2)).toEqual(['import:Jazz*', 'import:Blues']);
    await labels.undo();
    expect(labelsOf(db, 1)).toEqual(['hand:Ska*']);
    expect(labelsOf(db, 2)).toEqual([]);
  });

  test('what is exported comes back', async () => {
    const { db, labels } = desk(3);
    await labels.set({ kind: 'tracks', ids: [1, 3] }, ['Drum & Bass', 'Dub, "slow"'], 'replace');
    for (const format of ['csv', 'json'] as const) {
      const { text, nTracks } = labels.exportFile(format);
      expect(nTracks).toBe(2);
      const other = desk(3);
      await other.labels.importFile(text, format);
      expect(labelsOf(other.db, 3)).toEqual(['import:Drum & Bass*', 'import:Dub, "slow"']);
    }
    expect(shown(db, 2)).not.toBe('Drum & Bass');
  });
});

describe('history', () => {
  const GENRES = ['Ska', 'Dub', 'Jazz', 'Folk'];
  const act = fc.record({
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }),
    genres: fc.uniqueArray(fc.constantFrom(...GENRES), { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom(...LABEL_MODES),
  });

  test('any acts, undone, leave the start; redone, the end; each step as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        const { db, labels } = desk(3);
        const states = [everything(db)];
        for (const { ids, genres, mode } of acts) {
          await labels.set({ kind: 'tracks', ids }, genres, mode as LabelMode);
          states.push(everything(db));
        }
        for (let i = acts.length - 1; i >= 0; i--) {
          await labels.undo();
          expect(everything(db)).toEqual(states[i]);
        }
        expect(await labels.undo()).toBeNull();
        // A restart in between changes nothing: the history lies in the library.
        const again = servicesOn(db).labels;
        for (let i = 1; i <= acts.length; i++) {
          await again.redo();
          expect(everything(db)).toEqual(states[i]);
        }
        expect(await again.redo()).toBeNull();
      }),
      { numRuns: 25 },
    );
  });

  test('a new act ends what could be redone', async () => {
    const { labels } = desk(1);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    await labels.undo();
    expect(labels.history()).toEqual({ undo: null, redo: 'Labelled 1 track Ska' });
    await labels.set({ kind: 'tracks', ids: [1] }, ['Dub'], 'replace');
    expect(labels.history()).toEqual({ undo: 'Labelled 1 track Dub', redo: null });
  });
});

describe('genres', () => {
  test('a renamed genre keeps its labels, and the history follows', async () => {
    const { db, labels, genres } = desk(1);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    await labels.set({ kind: 'tracks', ids: [1] }, [], 'replace');
    const [ska] = genres.list();
    await genres.change(ska!.id, { name: 'Two-Tone' });
    await labels.undo();
    expect(shown(db, 1)).toBe('Two-Tone');
    expect(genres.list()).toHaveLength(1);
  });

  test('removing moves the labels or takes them, and undo brings both back', async () => {
    const { db, labels, genres } = desk(2);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska', 'Dub'], 'replace');
    await labels.set({ kind: 'tracks', ids: [2] }, ['Ska'], 'replace');
    const id = (name: string) => genres.list().find((genre) => genre.name === name)!.id;
    await genres.remove(id('Ska'), id('Dub'));
    expect([labelsOf(db, 1), labelsOf(db, 2)]).toEqual([['hand:Dub*'], ['hand:Dub*']]);
    await labels.undo();
    expect([labelsOf(db, 1), labelsOf(db, 2)]).toEqual([['hand:Ska*', 'hand:Dub'], ['hand:Ska*']]);
    await genres.remove(id('Ska'), null);
    expect([labelsOf(db, 1), labelsOf(db, 2)]).toEqual([['hand:Dub*'], []]);
  });

  test('a genre that comes back is the one it was: older acts know it by its later name', async () => {
    const { db, labels, genres } = desk(1);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    const { id } = genres.list()[0]!;
    await genres.change(id, { name: 'Two-Tone' });
    await genres.remove(id, null);
    expect(genres.list()).toEqual([]);
    for (let i = 0; i < 2; i++) await labels.undo();
    await labels.redo();
    expect(labelsOf(db, 1)).toEqual(['hand:Two-Tone*']);
    expect(genres.list()).toMatchObject([{ id, name: 'Two-Tone', nTracks: 1 }]);
  });

  test('labels that wait for a removed file move with their genre', async () => {
    const { db, labels, genres } = desk(1);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska', 'Dub'], 'replace');
    db.tracks.remove(1);
    const id = (name: string) => genres.list().find((genre) => genre.name === name)!.id;
    await genres.remove(id('Ska'), id('Dub'));
    const again = db.tracks.insert({ path: '/b.mp3', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 'c1' }, 1);
    expect(db.labels.adopt(again, 'c1')).toBe(true);
    expect(labelsOf(db, again)).toEqual(['hand:Dub*']);
  });

  test('a track counts once, labelled by hand and by import', async () => {
    const { labels, genres } = desk(2);
    await labels.set({ kind: 'tracks', ids: [1] }, ['Ska'], 'replace');
    await labels.importFile('/music/odd/1.mp3,Ska\n/music/even/2.mp3,Ska\n', 'csv');
    expect(genres.list()).toMatchObject([{ name: 'Ska', nTracks: 2 }]);
  });

  test('names are unique, trees have no circles, a key belongs to one genre', async () => {
    const { genres } = desk(1);
    const rock = await genres.create('Rock', { hotkey: 1 });
    const punk = await genres.create('Punk', { parentId: rock.id, hotkey: 1 });
    expect(genres.list().map(({ name, hotkey }) => [name, hotkey])).toEqual([
      ['Rock', null],
      ['Punk', 1],
    ]);
    await expect(genres.create(' rock ', {})).rejects.toMatchObject({ code: 'genre.exists' });
    await expect(genres.change(rock.id, { parentId: punk.id })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(genres.change(999, { name: 'X' })).rejects.toMatchObject({ code: 'genre.unknown' });
  });
});

test('tag rules decide what a file’s genres are called', async () => {
  const { db, labels } = desk(1);
  expect(labels.tagRules().fileGenres).toEqual([{ tag: 'Rock/Pop', nTracks: 1, genre: 'Rock, Pop' }]);
  const { rules } = labels.tagRules();
  const changed = await labels.setTagRules({ ...rules, synonyms: [{ tag: 'ROCK/POP', genre: 'Schlager' }] });
  expect(changed.fileGenres[0]!.genre).toBe('Schlager');
  db.analyses.remove(1);
  db.tracks.refreshListing(1);
  expect(db.tracks.byId(1)).toMatchObject({ genre_name: 'Schlager', genre_origin: 'tag' });
});

test('a removed genre comes back to its place in the tree, with its key, also without labels', async () => {
  const { labels, genres } = desk(1);
  const rock = await genres.create('Rock', { hotkey: 1 });
  const punk = await genres.create('Punk', { parentId: rock.id, hotkey: 2 });
  const oi = await genres.create('Oi!', { parentId: punk.id });
  const before = genres.list();
  await genres.remove(punk.id, null);
  expect(genres.list().map(({ name, parentId }) => [name, parentId])).toEqual([
    ['Oi!', null],
    ['Rock', null],
  ]);
  await labels.undo();
  expect(genres.list()).toEqual(before);
  await labels.redo();
  expect(genres.list().map(({ id }) => id)).toEqual([oi.id, rock.id]);
});

test('a file’s genre takes the spelling of a new genre of one’s own', async () => {
  const { db, genres } = desk(1);
  db.analyses.remove(1);
  db.tracks.refreshListing(1);
  expect(shown(db, 1)).toBe('Rock');
  const whole = await genres.create('ROCK/POP', {});
  expect(shown(db, 1)).toBe('ROCK/POP');
  await genres.change(whole.id, { name: 'Schlager' });
  expect(shown(db, 1)).toBe('Rock');
});
