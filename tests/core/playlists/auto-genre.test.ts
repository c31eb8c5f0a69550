// One playlist per predicted genre: the sure ones, surest first, with a stable id.
import { expect, test } from 'vitest';
import { autoGenreId, createAutoPlaylists, slugOf } from '../../../src/core/playlists/auto-genre.ts';
import { fakeAnalysis, openTempLibrary } from '../library/fixture.ts';

function libraryOf(...probabilities: [rock: number, jazz: number, drumAndBass: number][]) {
  const db = openTempLibrary();
  for (const [i, p] of probabilities.entries()) {
    const id = db.tracks.insert({ path: `/${i}`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `${i}` }, 1);
    db.analyses.put(id, fakeAnalysis({ probabilities: Float32Array.from(p), durationSec: 10 }), 1);
    db.tracks.refreshListing(id);
  }
  return db;
}

test('tracks enter their best genre from the threshold on, most confident first', () => {
  const db = libraryOf([0.5, 0.25, 0.25], [0.75, 0.25, 0], [0.25, 0, 0.75], [0.375, 0.375, 0.25]);
  const playlists = createAutoPlaylists(db, () => 0.5);
  expect(playlists.list()).toEqual([
    { id: 'genre:drum-bass', name: 'Drum & Bass', kind: 'auto-genre', nTracks: 1, durationSec: 10 },
    { id: 'genre:rock', name: 'Rock', kind: 'auto-genre', nTracks: 2, durationSec: 20 },
  ]);
  expect(playlists.tracks('genre:rock').map(({ id }) => id)).toEqual([2, 1]);
});

test('a person’s label decides; a file’s tag alone does not', () => {
  const db = libraryOf([0.75, 0.25, 0]);
  db.labels.set(1, ['Klezmer'], 'hand', 1);
  db.tracks.refreshListing(1);
  const tagged = db.tracks.insert({ path: '/tagged', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 't' }, 1);
  db.tracks.setTags(tagged, { ...db.tracks.tagsOf(tagged), genres: ['Polka'] });
  db.tracks.refreshListing(tagged);
  expect(
    createAutoPlaylists(db, () => 0.5)
      .list()
      .map(({ id }) => id),
  ).toEqual(['genre:klezmer']);
});

test('found by id or by name; else unknown', () => {
  const playlists = createAutoPlaylists(libraryOf([0, 0, 1]), () => 0.5);
  expect(playlists.find('genre:drum-bass').name).toBe('Drum & Bass');
  expect(playlists.find('drum & bass').id).toBe('genre:drum-bass');
  expect(() => playlists.find('genre:polka')).toThrow(expect.objectContaining({ code: 'playlist.unknown' }));
});

test('slugs', () => {
  expect(['R&B', 'Ćwiczenie', '演歌', '+'].map(slugOf)).toEqual(['r-b', 'cwiczenie', '演歌', '%2B']);
  expect(autoGenreId('Hip-Hop')).toBe('genre:hip-hop');
});
