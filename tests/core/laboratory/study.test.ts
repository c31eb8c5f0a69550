import { expect, it } from 'vitest';
import type { Heard } from '../../../src/core/laboratory/hear-all.ts';
import { classify, figureOf } from '../../../src/core/laboratory/study.ts';
import { featuresOf } from '../../../src/core/laboratory/transfer/fine-tuning.ts';
import { meanEmbeddings, middleWindows, selectFeatures } from '../../../src/core/laboratory/transfer/lab-features.ts';

/** A recording of windows whose numbers all say where they come from. */
function heard(path: string, genre: string, group: string | null, marks: number[]): Heard {
  const windows = marks.map((mark) => ({
    startSec: 0,
    lengthSec: 1,
    nFrames: 1,
    bytes: new Uint8Array(128),
    embedding: Float32Array.of(mark, 0),
    pieces: Float32Array.of(mark, 1, mark, 2),
  }));
  const hearing = {
    durationSec: 1,
    windows,
    descriptors: Float32Array.of(marks[0]!, 7, 7),
    stems: Float32Array.of(marks[0]! + 1, 8),
  };
  return { track: { path, genre, group, part: null }, contentHash: path, hearing };
}

const recordings = [heard('a', 'Ska', 'x', [10, 20, 30]), heard('b', 'Dub', null, [40]), heard('c', 'Ska', 'x', [50, 60])];

it('numbers genres by name, and artists; who has none stands alone', () => {
  expect(classify(recordings)).toEqual({
    genres: ['Dub', 'Ska'],
    classes: Int32Array.of(1, 0, 1),
    groups: Int32Array.of(0, 1, 0),
  });
});

it('lays windows and pieces out track by track, and selects them again', () => {
  const context = { versions: { classifier: 'sample 1' } };
  const study = { heard: recordings, context } as Parameters<typeof featuresOf>[0];
  const windows = featuresOf(study, 'windows', 'all');
  expect(windows.windowStart).toEqual(Int32Array.of(0, 3, 4, 6));
  expect(windows).toMatchObject({ nDescriptors: 3, nStemFeatures: 2, stemEncoder: 'sample 1' });
  expect(featuresOf(study, 'windows', 'descriptors').trackFeatures).toEqual(Float32Array.of(10, 7, 7, 40, 7, 7, 50, 7, 7));
  const pieces = featuresOf(study, 'pieces', 'embedding');
  expect(pieces.windowStart).toEqual(Int32Array.of(0, 6, 8, 12));
  expect(pieces).toMatchObject({ nDescriptors: 0, nStemFeatures: 0 });
  const chosen = selectFeatures(windows, Int32Array.of(2, 0));
  expect(chosen.windowStart).toEqual(Int32Array.of(0, 2, 5));
  expect(chosen.embeddings.filter((_, i) => i % 2 === 0)).toEqual(Float32Array.of(50, 60, 10, 20, 30));
  expect(chosen.trackFeatures).toEqual(Float32Array.of(50, 7, 7, 51, 8, 10, 7, 7, 11, 8));
  expect(middleWindows(windows).embeddings).toEqual(Float32Array.of(20, 0, 40, 0, 50, 0));
  expect(meanEmbeddings(windows)).toEqual(Float32Array.of(20, 0, 40, 0, 55, 0));
});

it('means with the sample deviation', () => {
  expect(figureOf([0.5, 0.7, 0.9])).toEqual({ mean: expect.closeTo(0.7), deviation: expect.closeTo(0.2), each: [0.5, 0.7, 0.9] });
  expect(figureOf([0.5])).toMatchObject({ mean: 0.5, deviation: null });
  expect(figureOf([])).toBeNull();
});
