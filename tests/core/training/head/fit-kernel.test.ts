import { describe, expect, it } from 'vitest';
import {
  chooseMap,
  fitKernel,
  fitOnMap,
  kernelScores,
  type UnlabelledRows,
} from '../../../../src/core/training/head/fit-kernel.ts';
import { type Rows, selectRows } from '../../../../src/core/training/head/fit-linear.ts';
import { argmax } from '../../../../src/core/training/head/join-rules.ts';
import { MAX_DIRECTIONS, mapFrom, shortened } from '../../../../src/core/training/head/kernel-map.ts';
import { multiplyTransposed } from '../../../../src/core/training/head/matrix-kernels.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';
import reference from '../../../reference/kernel.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';

const { nFeatures, nClasses } = reference;
const rows = { values: Float64Array.from(reference.rows), k: nFeatures };
const tested = { values: Float64Array.from(reference.tested), k: nFeatures };
const classes = Int32Array.from(reference.classes);
const relevance = Float32Array.from(reference.relevance);
const penalties = reference.cases.map(({ penalty }) => penalty);
const noOthers = (k: number) => withPrior({ values: new Float64Array(0), k });
const NONE = noOthers(nFeatures);

describe('fitOnMap', () => {
  it("is scikit-learn's kernel ridge regression when every row is a landmark", () => {
    const fits = fitOnMap(mapFrom(relevance, rows), rows, classes, nClasses, penalties);
    for (const [i, fit] of fits.entries())
      expect(maxDifference(kernelScores(fit, tested), reference.cases[i]!.scores)).toBeLessThan(1e-4);
  });

  it('is ridge regression on the kernel of fewer landmarks otherwise', () => {
    const every3rd = [...classes.keys()].filter((i) => i % 3 === 0);
    const fits = fitOnMap(mapFrom(relevance, selectRows(rows, every3rd)), rows, classes, nClasses, penalties);
    for (const [i, fit] of fits.entries())
      expect(maxDifference(kernelScores(fit, tested), reference.cases[i]!.ofLandmarks)).toBeLessThan(1e-4);
  });

  it('takes the same tracks twice, and outliers as far as the clip', () => {
    const twice = { values: Float64Array.of(...rows.values, ...rows.values), k: nFeatures };
    const [fit] = fitOnMap(mapFrom(relevance, twice), twice, Int32Array.of(...classes, ...classes), nClasses, [0.1]);
    expect(kernelScores(fit!, tested).every(Number.isFinite)).toBe(true);
    const far = { values: new Float64Array(nFeatures).fill(1e6), k: nFeatures };
    const edge = { values: new Float64Array(nFeatures).fill(2.5), k: nFeatures };
    expect(kernelScores(fit!, far)).toEqual(kernelScores(fit!, edge));
  });
});

/** All features weigh the same while nothing is known of them. */
function withPrior(rows: Rows): UnlabelledRows {
  return { ...rows, prior: new Float32Array(rows.k).fill(1 / rows.k) };
}

/** Two classes that differ in the first of `d` features. */
function plain(n: number, d: number, seed: number) {
  const random = createRandom(seed);
  const own = Int32Array.from({ length: n }, (_, i) => i % 2);
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => 0.6 * normal(random) + (at % d === 0 ? 2 * own[Math.floor(at / d)]! - 1 : 0),
  );
  return { rows: { values, k: d }, classes: own };
}

/** 150 features that are mixtures of 20, as embeddings and descriptors are of fewer things. */
function mixed(n: number, seed: number) {
  const { rows: causes, classes: own } = plain(n, 20, seed);
  const random = createRandom(99);
  const mix = Float64Array.from({ length: 150 * 20 }, () => normal(random) / Math.sqrt(20));
  const values = new Float64Array(n * 150);
  multiplyTransposed(causes.values, mix, n, 150, 20, values);
  return { rows: { values: values.map((value) => value + 0.1 * normal(random)), k: 150 }, classes: own };
}

describe('fitKernel', () => {
  it('sees from a few labels what matters, and better with unlabelled tracks', () => {
    const labelled = plain(8, 30, 1);
    const others = withPrior(plain(300, 30, 2).rows);
    const alone = chooseMap(labelled.rows, noOthers(30), labelled.classes, 2).relevance[0]!;
    const helped = chooseMap(labelled.rows, others, labelled.classes, 2).relevance[0]!;
    expect(alone).toBeGreaterThan(2 / 30);
    expect(helped).toBeGreaterThan(alone);
    const handful = withPrior(selectRows(others, [0, 1, 2, 3, 4]));
    expect(chooseMap(labelled.rows, handful, labelled.classes, 2).relevance[0]).toBe(alone);
  });

  it('learns from one label of each class', () => {
    const one = plain(2, 4, 3);
    const { rows: others, classes: truth } = plain(200, 4, 4);
    const scores = Float32Array.from(kernelScores(fitKernel(one.rows, withPrior(others), one.classes, 2, 0.1), others));
    expect(truth.filter((label, i) => argmax(scores, 2 * i, 2) === label).length).toBeGreaterThan(150);
  });

  it('stands for many tracks by some, so that no head grows beyond measure', () => {
    const many = plain(1000, 5, 5);
    const fit = fitKernel(many.rows, noOthers(5), many.classes, 2, 0.1);
    expect(fit.weights.length).toBe(2 * 384);
    const scores = Float32Array.from(kernelScores(fit, many.rows));
    expect(many.classes.filter((label, i) => argmax(scores, 2 * i, 2) === label).length).toBeGreaterThan(930);
  });

  it('weighs by the prior while each class has one track', () => {
    const one = plain(2, 4, 7);
    const prior = Float32Array.of(0.5, 0.25, 0.25, 0);
    const { relevance: own } = chooseMap(one.rows, { ...noOthers(4), prior }, one.classes, 2);
    expect(own).toEqual(prior);
  });

  it('compares many landmarks along fewer directions, and says the same', () => {
    const wide = mixed(300, 6);
    const map = mapFrom(new Float32Array(150).fill(1 / 150), wide.rows);
    const short = shortened(map);
    expect(short.landmarks.length).toBe(300 * MAX_DIRECTIONS);
    expect(shortened(mapFrom(map.relevance, selectRows(wide.rows, [0, 1, 2])))).toMatchObject({ directions: null });
    const { rows: fresh } = mixed(100, 7);
    const guesses = [map, short].map((each) => {
      const [fit] = fitOnMap(each, wide.rows, wide.classes, 2, [0.1]);
      return Float32Array.from(kernelScores(fit!, fresh));
    });
    const differ = [...Array(100).keys()].filter((i) => argmax(guesses[0]!, 2 * i, 2) !== argmax(guesses[1]!, 2 * i, 2));
    expect(differ.length).toBeLessThan(5);
  });

  it('never names a genre without tracks, and has an answer without any', () => {
    const present = classes.map((label) => (label === 1 ? 0 : label));
    const scores = Float32Array.from(kernelScores(fitKernel(rows, NONE, present, nClasses, 0.1), tested));
    for (let i = 0; i < scores.length; i += nClasses) expect(argmax(scores, i, nClasses)).not.toBe(1);
    const none = kernelScores(fitKernel(NONE, NONE, new Int32Array(0), nClasses, 0.1), tested);
    expect(none).toHaveLength(scores.length);
    expect(none.every(Number.isFinite)).toBe(true);
  });
});
