// What a training would learn from: who counts for which genre, who belongs together, and plain sentences for what is missing.
import { describe, expect, it } from 'vitest';
import type { TrackCredits } from '../../../src/core/db/training-rows.ts';
import { type LabelledTracks, planDataset } from '../../../src/core/models/dataset.ts';
import { groupTracks } from '../../../src/core/models/track-groups.ts';

const TREE = new Map([
  ['jazz', null],
  ['bebop', 'Jazz'],
  ['hard bop', 'Bebop'],
  ['rock', null],
]);

/** Tracks 1.. in the order of the counts, each by its own artist unless `artist` says otherwise. */
function tracksOf(counts: Record<string, number>, artist: (genre: string, i: number) => string = (genre, i) => `${genre} ${i}`) {
  const labels = Object.entries(counts).flatMap(([genre, n]) => Array.from({ length: n }, (_, i) => ({ genre, i })));
  const credits = labels.map(({ genre, i }, at): [number, TrackCredits] => [
    at + 1,
    { trackId: at + 1, artist: artist(genre, i), albumArtist: null, album: null },
  ]);
  return {
    labels: labels.map(({ genre }, at) => ({ trackId: at + 1, genre })),
    parents: TREE,
    heardIds: new Set(labels.map((_, at) => at + 1)),
    credits: new Map(credits),
  } satisfies LabelledTracks;
}
const quick = { mode: 'quick', genres: null } as const;

describe('a dataset of labels', () => {
  it('takes each genre that has enough, by name', () => {
    const { plan, genres, classes, trackIds } = planDataset(quick, tracksOf({ Rock: 6, Jazz: 5 }));
    expect(plan).toMatchObject({ nTracks: 11, leftOut: [], nUnheard: 0, obstacle: null });
    expect(genres).toEqual(['Jazz', 'Rock']);
    expect(trackIds).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(classes).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it('lets small genres count for the ones above, step by step', () => {
    const { plan } = planDataset(quick, tracksOf({ Rock: 5, 'Hard Bop': 2, Bebop: 2, Jazz: 1 }));
    expect(plan.genres).toEqual([
      { name: 'Jazz', nTracks: 5 },
      { name: 'Rock', nTracks: 5 },
    ]);
    const enough = planDataset(quick, tracksOf({ Rock: 5, 'Hard Bop': 2, Bebop: 3, Jazz: 5 }));
    expect(enough.genres).toEqual(['Bebop', 'Jazz', 'Rock']);
  });

  it('rolls up to the chosen genres, and names those that are below none of them', () => {
    const { plan } = planDataset({ mode: 'quick', genres: ['jazz', 'Rock'] }, tracksOf({ Rock: 5, 'Hard Bop': 5, Polka: 7 }));
    expect(plan.genres.map(({ name, nTracks }) => [name, nTracks])).toEqual([
      ['jazz', 5],
      ['Rock', 5],
    ]);
    expect(plan.leftOut).toEqual([{ name: 'Polka', nTracks: 7, reason: 'It is none of the chosen genres.' }]);
  });

  it('says how many labels of what are missing', () => {
    expect(planDataset(quick, tracksOf({})).plan.obstacle).toBe(
      'There are no labelled tracks to learn from; label at least 5 each of 2 genres.',
    );
    expect(planDataset(quick, tracksOf({ Jazz: 8, Rock: 3 })).plan.obstacle).toBe(
      'So far only Jazz has enough labels. Rock has 3 labelled tracks and needs 2 more.',
    );
    expect(planDataset(quick, tracksOf({ Jazz: 8 })).plan.obstacle).toBe(
      'So far only Jazz has enough labels. Label 5 tracks of another genre too.',
    );
    expect(planDataset({ mode: 'quick', genres: ['Jazz', 'Rock', 'Ska'] }, tracksOf({ Jazz: 8, Rock: 5 })).plan.obstacle).toBe(
      'Ska has no labelled tracks and needs 5 more.',
    );
    expect(planDataset({ mode: 'finetune', genres: null }, tracksOf({ Jazz: 19, Rock: 20 })).plan.obstacle).toMatch(
      /1 is missing/,
    );
  });

  it('counts only tracks that were heard', () => {
    const tracks = tracksOf({ Jazz: 6, Rock: 6 });
    tracks.heardIds.delete(1);
    tracks.heardIds.delete(7);
    expect(planDataset(quick, tracks).plan).toMatchObject({ nTracks: 10, nUnheard: 2, obstacle: null });
  });

  it('leaves out a genre of one artist, which could not be tested on others', () => {
    const { plan } = planDataset(
      quick,
      tracksOf({ Jazz: 6, Rock: 6, Ska: 6 }, (genre, i) => (genre === 'Ska' ? 'Same' : `${genre} ${i}`)),
    );
    expect(plan.genres.map(({ name }) => name)).toEqual(['Jazz', 'Rock']);
    expect(plan.leftOut[0]).toMatchObject({ name: 'Ska', reason: expect.stringMatching(/by one artist/) });
  });
});

describe('groups of tracks', () => {
  const groups = (...tracks: Partial<TrackCredits>[]) => [
    ...groupTracks(tracks.map((track, trackId) => ({ trackId, artist: null, albumArtist: null, album: null, ...track }))),
  ];

  it('join artists in any case, guests left off, and over album artists and albums', () => {
    expect(groups({ artist: 'Nina' }, { artist: 'Max' }, { artist: 'NINA feat. Max' })).toEqual([0, 1, 0]);
    expect(groups({ artist: 'A', album: 'X' }, { artist: 'B', album: 'X' }, { artist: 'B' }, { artist: 'C' })).toEqual([
      0, 0, 0, 1,
    ]);
    expect(groups({ artist: 'A', albumArtist: 'Band' }, { artist: 'Band' })).toEqual([0, 0]);
  });

  it('keep albums of one name by two album artists apart', () => {
    expect(groups({ artist: 'A', albumArtist: 'A', album: 'Hits' }, { artist: 'B', albumArtist: 'B', album: 'Hits' })).toEqual([
      0, 1,
    ]);
  });

  it('do not join what nobody made, nor untagged tracks', () => {
    expect(
      groups({}, {}, { artist: 'Various Artists' }, { artist: 'various artists' }, { album: 'Unknown' }, { album: 'unknown' }),
    ).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
