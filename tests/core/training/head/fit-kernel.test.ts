import { describe, expect, it } from 'vitest';
import { fitCompactKernel, fitKernel } from '../../../../src/core/training/head/fit-kernel.ts';
import { selectRows } from '../../../../src/core/training/head/fit-linear.ts';
import { argmax } from '../../../../src/core/training/head/join-rules.ts';
import { MAX_DIRECTIONS, mapFrom, shortened } from '../../../../src/core/training/head/kernel-map.ts';
import { fitOnMap, kernelScores } from '../../../../src/core/training/head/kernel-regression.ts';
import { multiplyTransposed } from '../../../../src/core/training/head/matrix-kernels.ts';
import { lessonOf } from '../../../../src/core/training/head/self-training.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';
import reference from '../../../reference/kernel.json' with { type: 'json' };
import { besideOthers, noOthers, plainTracks } from './plain-tracks.ts';

const { nFeatures, nClasses } = reference;
const rows = { values: Float64Array.from(reference.rows), k: nFeatures };
const tested = { values: Float64Array.from(reference.tested), k: nFeatures };
const NONE = noOthers(nFeatures);

/** 150 features that are mixtures of 20, as embeddings and descriptors are of fewer things. */
function mixed(n: number, seed: number) {
  const { rows: causes, classes: own } = plainTracks(n, 20, seed);
  const random = createRandom(99);
  const mix = Float64Array.from({ length: 150 * 20 }, () => normal(random) / Math.sqrt(20));
  const values = new Float64Array(n * 150);
  multiplyTransposed(causes.values, mix, n, 150, 20, values);
  return { rows: { values: values.map((value) => value + 0.1 * normal(random)), k: 150 }, classes: own };
}

describe('fitKernel', () => {
  it('learns from one label of each class', () => {
    const one = plainTracks(2, 4, 3);
    const { rows: others, classes: truth } = plainTracks(200, 4, 4);
    const beside = besideOthers(one.rows, others);
    const scores = Float32Array.from(kernelScores(fitKernel(beside.rows, beside.others, one.classes, 2, 0.1), others));
    expect(truth.filter((label, i) => argmax(scores, 2 * i, 2) === label).length).toBeGreaterThan(150);
  });

  it('stands for many tracks by some, so that no head grows beyond measure', () => {
    const many = plainTracks(1000, 5, 5);
    const fit = fitKernel(many.rows, noOthers(5), many.classes, 2, 0.1);
    expect(fit.weights.length).toBe(2 * 384);
    const scores = Float32Array.from(kernelScores(fit, many.rows));
    expect(many.classes.filter((label, i) => argmax(scores, 2 * i, 2) === label).length).toBeGreaterThan(930);
  });

  it('compares many landmarks along fewer directions, and says the same', () => {
    const wide = mixed(300, 6);
    const map = mapFrom(new Float32Array(150).fill(1 / 150), wide.rows);
    const short = shortened(map);
    const fits = [fitKernel, fitCompactKernel].map((learn) => learn(wide.rows, noOthers(150), wide.classes, 2, 0.1));
    expect(fits[1]!.map).toEqual(shortened(fits[0]!.map));
    expect(short.landmarks.length).toBe(300 * MAX_DIRECTIONS);
    expect(shortened(mapFrom(map.relevance, selectRows(wide.rows, [0, 1, 2])))).toMatchObject({ axes: null });
    const { rows: fresh } = mixed(100, 7);
    const guesses = [map, short].map((each) => {
      const [fit] = fitOnMap(each, lessonOf(wide.rows, wide.classes, 2), [0.1]);
      return Float32Array.from(kernelScores(fit!, fresh));
    });
    const differ = [...Array(100).keys()].filter((i) => argmax(guesses[0]!, 2 * i, 2) !== argmax(guesses[1]!, 2 * i, 2));
    expect(differ.length).toBeLessThan(5);
  });

  it('never names a genre without tracks, and has an answer without any', () => {
    const present = Int32Array.from(reference.classes, (label) => (label === 1 ? 0 : label));
    const scores = Float32Array.from(kernelScores(fitKernel(rows, NONE, present, nClasses, 0.1), tested));
    for (let i = 0; i < scores.length; i += nClasses) expect(argmax(scores, i, nClasses)).not.toBe(1);
    const none = kernelScores(fitKernel(NONE, NONE, new Int32Array(0), nClasses, 0.1), tested);
    expect(none).toHaveLength(scores.length);
    expect(none.every(Number.isFinite)).toBe(true);
  });
});
