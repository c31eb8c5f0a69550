// Maps come back as they were stored; tracks that have left are gone from them; the oldest give way.
import { expect, test } from 'vitest';
import type { NewMap } from '../../../src/core/db/map-store.ts';
import { fillLibrary, openHeard } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

function opened(nTracks: number) {
  const db = openHeard(tempDir());
  fillLibrary(db, { nTracks });
  return db;
}

function mapOf(ids: readonly number[], changes: Partial<NewMap> = {}): NewMap {
  return {
    source: 'embedding',
    encoder: 'net 1',
    madeAtMs: 5,
    settings: { seed: 1, perplexity: 30, nIterations: 1000 },
    quality: { divergence: 1, trustworthiness: 0.9, preservation: 0.5, nNeighbours: 12, nSampled: ids.length, purity: null },
    clusters: [{ name: 'rock', traits: null, nTracks: 2, x: 1, y: 2 }],
    seconds: 3.5,
    points: {
      trackIds: Int32Array.from(ids),
      positions: Float32Array.from(ids.flatMap((id) => [id + 0.5, -id])),
      clusters: Int16Array.from(ids, (id) => (id % 2 === 0 ? 0 : -1)),
    },
    coder: null,
    ...changes,
  };
}

test('a map comes back as it was stored', () => {
  const db = opened(3);
  const coder = Uint8Array.of(1, 2, 3);
  const id = db.maps.add(mapOf([1, 2, 3], { coder }), 5);
  const { points, coder: _, ...summary } = mapOf([1, 2, 3]);
  expect(db.maps.get(id)).toEqual({ id, nPoints: 3, ...summary });
  expect(db.maps.points(id)).toEqual(points);
  expect(Uint8Array.from(db.maps.coder(id)!)).toEqual(coder);
  db.close();
});

test('tracks that left the library are left out of its points', () => {
  const db = opened(3);
  const id = db.maps.add(mapOf([1, 2, 3]), 5);
  db.analyses.remove(2);
  expect(db.maps.points(id)).toEqual(mapOf([1, 3]).points);
  db.close();
});

test('newcomers stand beside it and go with their track', () => {
  const db = opened(4);
  const id = db.maps.add(mapOf([1, 2]), 5);
  const later = { trackIds: Int32Array.of(3, 4), positions: Float32Array.of(1, 2, 3, 4), clusters: Int16Array.of(0, -1) };
  db.maps.place(id, later);
  expect(db.maps.newcomers(id)).toEqual(later);
  expect(db.maps.points(id).trackIds).toEqual(Int32Array.of(1, 2));
  db.close();
});

test('keeps the newest maps of each source', () => {
  const db = opened(2);
  const drums = db.maps.add(mapOf([1, 2], { source: 'drums' }), 2);
  const ids = [1, 2, 3].map((seed) => db.maps.add(mapOf([1, 2], { settings: { seed, perplexity: 30, nIterations: 1000 } }), 2));
  expect(db.maps.list('embedding').map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  expect(db.maps.latest('drums')?.id).toBe(drums);
  expect(db.maps.get(ids[0]!)).toBeNull();
  db.close();
});
