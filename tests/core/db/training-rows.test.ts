import { afterAll, expect, it } from 'vitest';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { analysisOf, CLASSIFIER, EMBEDDING_SIZE, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { suiteTempDir } from '../../support/temp-dir.ts';

const db = openHeard(suiteTempDir());
afterAll(() => db.close());
fillLibrary(db, { nTracks: 6 });
const encoder = { kind: 'bundled', version: CLASSIFIER } as const;
const N_DESCRIPTORS = 518;
const shape = {
  embeddingSize: EMBEDDING_SIZE,
  nDescriptors: N_DESCRIPTORS,
  nStemFeatures: STEMS.length * EMBEDDING_SIZE,
  stemEncoder: CLASSIFIER,
};
const N_OWN = N_DESCRIPTORS + shape.nStemFeatures;

/** One kind of a track's own features. */
const stemOf = (features: Float32Array, track: number, stem: (typeof STEMS)[number]) => {
  const start = track * N_OWN + N_DESCRIPTORS + STEMS.indexOf(stem) * EMBEDDING_SIZE;
  return features.slice(start, start + EMBEDDING_SIZE);
};
const missing = new Float32Array(EMBEDDING_SIZE).fill(Number.NaN);

it('lays descriptors and stems side by side, with NaN for a silent stem', () => {
  const { trackFeatures, trackIds } = db.trainingRows.ofTracks(encoder, shape, [2, 5]);
  expect([...trackIds]).toEqual([2, 5]);
  expect(trackFeatures).toHaveLength(2 * N_OWN);
  expect(trackFeatures.slice(0, N_DESCRIPTORS)).toEqual(db.analyses.get(2)!.descriptors);
  for (const [at, id] of [2, 5].entries()) {
    for (const stem of STEMS) expect(stemOf(trackFeatures, at, stem)).toEqual(db.vectors.vector(id, stem) ?? missing);
    expect(stemOf(trackFeatures, at, 'vocals')).toEqual(missing);
  }
});

it('reads the same in steps, and of one track', () => {
  const steps = [0, 2, 4].map((afterId) => db.trainingRows.step(encoder, shape, { afterId, throughId: 6, limit: 2 }));
  const all = db.trainingRows.ofTracks(encoder, shape, [1, 2, 3, 4, 5, 6]);
  expect(Float32Array.of(...steps.flatMap(({ trackFeatures }) => [...trackFeatures]))).toEqual(all.trackFeatures);
  expect(db.trainingRows.stemsOf(3, shape)).toEqual(all.trackFeatures.slice(2 * N_OWN + N_DESCRIPTORS, 3 * N_OWN));
});

it('has no stems that another version heard, and none where none are asked for', () => {
  const other = { ...shape, stemEncoder: 'stemscape-ecapa 0.9.0' };
  expect(db.trainingRows.stemsOf(3, other).every(Number.isNaN)).toBe(true);
  expect(db.trainingRows.ofTracks(encoder, other, [3]).trackFeatures.slice(N_DESCRIPTORS).every(Number.isNaN)).toBe(true);
  const plain = db.trainingRows.ofTracks(encoder, { ...shape, nStemFeatures: 0 }, [3]);
  expect(plain.trackFeatures).toEqual(db.analyses.get(3)!.descriptors);
});

it('keeps stems apart from tracks that are passed over', () => {
  const random = createRandom(5);
  db.analyses.put(2, { ...analysisOf(vector(EMBEDDING_SIZE, random), random), classifierVersion: 'older 0.9' }, 9);
  const { trackIds, trackFeatures } = db.trainingRows.ofTracks(encoder, shape, [1, 2, 3]);
  expect([...trackIds]).toEqual([1, 3]);
  expect(stemOf(trackFeatures, 1, 'bass')).toEqual(db.vectors.vector(3, 'bass'));
});
