// Maps through the service, with real workers, on a library of made-up sounds whose genres lie apart.
import { afterEach, expect, test } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import type { MapFrame, MapProgress, MapRequest } from '../../../src/core/domain/map.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import {
  analysisOf,
  genreOf,
  HEARD_GENRES,
  makeHeardLibrary,
  openHeard,
  openHeardApp,
  vector,
} from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const WHOLE: MapRequest = { source: 'embedding', seed: 1, perplexity: 30 };
const apps: App[] = [];

async function open(dir: string): Promise<App> {
  const app = await openHeardApp(dir);
  apps.push(app);
  return app;
}
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

test('draws, tells how far it is, names the regions and says what the map is worth', async () => {
  const app = await open(makeHeardLibrary(tempDir(), { nTracks: 240, nLabelled: 240, spread: 2 }));
  const stages: MapProgress['stage'][] = [];
  const frames: MapFrame[] = [];
  app.events.on('map.progress', ({ stage }) => stages.push(stage));
  app.events.on('map.frame', (frame) => frames.push(frame));
  const id = await app.maps.draw(WHOLE);

  expect([...new Set(stages)]).toEqual(['read', 'neighbours', 'arrange', 'describe', 'done']);
  expect(frames[0]!.trackIds).toHaveLength(240);
  const map = app.maps.get(id);
  expect(map).toMatchObject({ source: 'embedding', nPoints: 240, settings: { seed: 1, perplexity: 30 } });
  expect(map.quality.trustworthiness).toBeGreaterThan(0.7);
  expect(map.quality.purity).toMatchObject({ nLabelled: 240, nNeighbours: 5 });
  expect(map.quality.purity!.onMap).toBeGreaterThan(0.9);
  expect(map.clusters.map(({ name }) => name).sort()).toEqual(['jazz', 'rock', 'ska']);
  expect(app.maps.status()).toMatchObject({ maps: [{ id }], progress: null, last: { mapId: id, failure: null } });

  const genres = await app.maps.values(id, 'genre');
  expect(genres.kind === 'named' && genres.names.toSorted()).toEqual([...HEARD_GENRES]);
});

test('the same library and seed give the same map; a new one keeps its orientation', async () => {
  const app = await open(makeHeardLibrary(tempDir(), { nTracks: 120, nLabelled: 0, spread: 2 }));
  const first = await app.maps.points(await app.maps.draw(WHOLE));
  const second = await app.maps.points(await app.maps.draw({ ...WHOLE, seed: 7 }));
  expect(second.positions).not.toEqual(first.positions);
  expect(correlation(first.positions, second.positions)).toBeGreaterThan(0.8);
  const [a, b] = [await freshMap(), await freshMap()];
  expect(b).toEqual(a);
});

test.each(['embedding', 'sound'] as const)(
  'tracks that come later are placed by %s among their like, and no other one moves',
  async (source) => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 150, nLabelled: 0, spread: 2 });
    const app = await open(dir);
    const id = await app.maps.draw({ ...WHOLE, source });
    const before = await app.maps.points(id);
    addTracks(dir, 6);
    const after = await app.maps.points(id);
    expect(after.trackIds).toHaveLength(156);
    expect(after.positions.slice(0, before.positions.length)).toEqual(before.positions);
    for (let late = 150; late < 156; late++) {
      const near = nearestTo(after.positions, late, 150);
      expect(genreOf(near)).toBe(genreOf(late - 150));
    }
  },
);

test('one at a time; a cancelled one leaves the map that was there', async () => {
  const app = await open(makeHeardLibrary(tempDir(), { nTracks: 600, nLabelled: 0 }));
  const kept = await app.maps.draw({ ...WHOLE, perplexity: 5 });
  const running = app.maps.draw(WHOLE);
  await expect(app.maps.draw(WHOLE)).rejects.toMatchObject({ code: 'map.running' });
  app.events.once('map.frame', () => app.maps.cancel());
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(app.maps.status()).toMatchObject({ maps: [{ id: kept }], last: { mapId: null, failure: { code: 'cancelled' } } });
});

test('too few tracks, and stems that nobody has heard, are told in a sentence', async () => {
  const app = await open(makeHeardLibrary(tempDir(), { nTracks: 4, nLabelled: 0 }));
  await expect(app.maps.draw(WHOLE)).rejects.toMatchObject({ code: 'map.tooFewTracks', message: /at least 5.*are 4/ });
  await expect(app.maps.draw({ ...WHOLE, source: 'drums' })).rejects.toMatchObject({ code: 'map.tooFewTracks' });
  expect(() => app.maps.get(99)).toThrow(expect.objectContaining({ code: 'map.unknown' }));
});

test('the latent of the descriptors makes a map too, and later tracks are encoded into it', async () => {
  const dir = makeHeardLibrary(tempDir(), { nTracks: 90, nLabelled: 60, spread: 2 });
  const app = await open(dir);
  const id = await app.maps.draw({ ...WHOLE, source: 'latent' });
  expect(app.maps.get(id).nPoints).toBe(90);
  addTracks(dir, 3);
  const { trackIds, positions } = await app.maps.points(id);
  expect(trackIds).toHaveLength(93);
  expect(positions.every(Number.isFinite)).toBe(true);
});

async function freshMap(): Promise<Float32Array> {
  const app = await open(makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 0, spread: 2 }));
  return (await app.maps.points(await app.maps.draw(WHOLE))).positions;
}

/** Tracks of the same genres as the library's first ones, in their order. */
function addTracks(dir: string, n: number): void {
  const db = openHeard(dir);
  const random = createRandom(1);
  const centres = HEARD_GENRES.map(() => vector(192, random));
  db.transaction(() => {
    for (let i = 0; i < n; i++) {
      const path = `/later/${i}.mp3`;
      const id = db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `later-${i}` }, 2);
      db.analyses.put(id, analysisOf(centres[i % centres.length]!, createRandom(100 + i), { spread: 2 }), 9_000_000 + i);
      db.tracks.refreshListing(id);
    }
  });
  db.close();
}

/** Of the first n points, the one nearest to point i. */
function nearestTo(positions: Float32Array, i: number, n: number): number {
  const distance = (j: number) =>
    (positions[2 * i]! - positions[2 * j]!) ** 2 + (positions[2 * i + 1]! - positions[2 * j + 1]!) ** 2;
  return [...Array(n).keys()].reduce((best, j) => (distance(j) < distance(best) ? j : best), 0);
}

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    both += (a[i]! - meanA) * (b[i]! - meanB);
    squareA += (a[i]! - meanA) ** 2;
    squareB += (b[i]! - meanB) ** 2;
  }
  return both / Math.sqrt(squareA * squareB);
}
