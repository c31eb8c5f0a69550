// What the library answers: lists, one track, the summary.
import { expect, test } from 'vitest';
import { createTrackQueries, type TrackQuery } from '../../../src/core/library/track-query.ts';
import { createDesk, fakeAnalysis, VERSIONS } from './fixture.ts';

const ALL: TrackQuery = {
  search: '',
  genre: null,
  status: null,
  playlistId: null,
  sort: 'title',
  descending: false,
  offset: 0,
  limit: 100,
};

async function deskOf3() {
  const desk = createDesk();
  desk.add('a.wav', 1, { title: 'Alpha', artist: 'Ann', genre: 'Folk' });
  desk.add('b.wav', 2, { title: 'Beta', artist: 'Bob' });
  desk.add('c.wav', 3, { title: 'Gamma', genre: 'Polka' });
  desk.hear = (path) => (path.endsWith('c.wav') ? Promise.reject(new Error('unforeseen')) : Promise.resolve(fakeAnalysis()));
  await desk.scan();
  return desk;
}

test('a genre is the person’s, else the model’s, else the tag’s', async () => {
  const desk = await deskOf3();
  const [a, b, c] = desk.queries.list(ALL).tracks;
  desk.label(b!.id, 'Klezmer');
  expect(a!.genre).toEqual({ name: 'Jazz', confidence: 0.75, origin: 'model' });
  expect(a!.scores).toEqual({ Rock: 0.125, Jazz: 0.75, 'Drum & Bass': 0.125 });
  expect(desk.queries.get(b!.id).genre).toEqual({ name: 'Klezmer', confidence: 1, origin: 'hand' });
  expect(c).toMatchObject({ status: 'failed', scores: {}, genre: { name: 'Polka', confidence: 1, origin: 'tag' } });
  expect(c!.reason).toMatchObject({ code: 'internal', message: expect.stringContaining('unforeseen') });
});

test('one track with all its details; window scores use the calibration', async () => {
  const desk = await deskOf3();
  const id = desk.queries.find(desk.at('a.wav'));
  expect(desk.queries.find(String(id))).toBe(id);
  expect(desk.queries.get(id)).toMatchObject({
    title: 'Alpha',
    tags: { genres: ['Folk'] },
    loudnessRangeLu: 5,
    stemShares: { bass: 0.25 },
    separatorVersion: VERSIONS.separator,
    profileId: VERSIONS.profileId,
    modelVersion: VERSIONS.classifier,
  });
  const flat = createTrackQueries({ db: desk.db, versions: () => VERSIONS, minConfidence: () => 0, temperature: () => 1e6 });
  expect(flat.get(id).windows[0]!.scores.Rock).toBeCloseTo(1 / 3, 4);
});

test('an unknown track or playlist is named in the sentence', async () => {
  const desk = await deskOf3();
  expect(() => desk.queries.find('nowhere.mp3')).toThrow(/no track nowhere.mp3/);
  expect(() => desk.queries.get(999)).toThrow(expect.objectContaining({ code: 'track.unknown' }));
  const query = { ...ALL, playlistId: 'genre:nothing' };
  expect(() => desk.queries.list(query)).toThrow(expect.objectContaining({ code: 'playlist.unknown' }));
});

test('a list can be a playlist, a genre, a status or a search', async () => {
  const desk = await deskOf3();
  const titles = (query: Partial<TrackQuery>) => desk.queries.list({ ...ALL, ...query }).tracks.map(({ title }) => title);
  expect(titles({ playlistId: 'genre:jazz' })).toEqual(['Alpha', 'Beta']);
  expect(titles({ genre: 'Polka' })).toEqual(['Gamma']);
  expect(titles({ status: 'failed' })).toEqual(['Gamma']);
  expect(titles({ search: 'ann al' })).toEqual(['Alpha']);
});

test('the summary counts, and iterating reads every track', async () => {
  const desk = await deskOf3();
  expect(await desk.queries.summary()).toMatchObject({
    roots: [{ path: desk.music, online: true, nTracks: 3 }],
    counts: { analysed: 2, failed: 1, missing: 0, pending: 0 },
    outdated: 0,
    genres: [
      { name: 'Jazz', nTracks: 2 },
      { name: 'Polka', nTracks: 1 },
    ],
  });
  expect([...desk.queries.iterate()].map(({ title }) => title)).toEqual(['Alpha', 'Beta', 'Gamma']);
});
