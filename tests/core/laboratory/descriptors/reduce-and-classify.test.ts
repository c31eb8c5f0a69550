import { describe, expect, it } from 'vitest';
import { REDUCTIONS, type ReduceStep } from '../../../../src/core/domain/laboratory.ts';
import { reduceAndClassify, reduceDescriptors } from '../../../../src/core/laboratory/descriptors/reduce-and-classify.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

const N = 72;
const D = 24;
const N_CLASSES = 3;
const random = createRandom(5);
const classes = Int32Array.from({ length: N }, (_, i) => i % N_CLASSES);
const descriptors = Float32Array.from(
  { length: N * D },
  (_, at) => 5 + normal(random) + (Math.floor(at / D) % N_CLASSES === (at % D) % N_CLASSES ? 2 : 0),
);
const learned = Int32Array.from({ length: 54 }, (_, i) => i);
const tested = Int32Array.from({ length: N - 54 }, (_, i) => 54 + i);
const groups = Int32Array.from({ length: N }, (_, i) => i);
const still = () => {};

function step(change: Partial<ReduceStep>): ReduceStep {
  const fold = { classes, groups, nClasses: N_CLASSES, learned, tested, seed: 2 };
  return { name: 'reduce', ...fold, reduction: 'svd', sizes: [3, 6], descriptors, isQuick: true, ...change };
}

describe.each(REDUCTIONS)('%s', { timeout: 60_000 }, (reduction) => {
  it('learns nothing from the classes of the tested tracks', async () => {
    const turned = classes.slice();
    for (const track of tested) turned[track] = (turned[track]! + 1) % N_CLASSES;
    const before = await reduceDescriptors(step({ reduction }), still);
    expect(await reduceDescriptors(step({ reduction, classes: turned }), still)).toEqual(before);
    const guesses = await reduceAndClassify(step({ reduction }), still);
    expect(await reduceAndClassify(step({ reduction, classes: turned }), still)).toEqual(guesses);
  });

  it('learns nothing from the sound of the tested tracks', async () => {
    const other = descriptors.slice();
    for (const track of tested.subarray(1)) other.fill(1e3, track * D, (track + 1) * D);
    const rowsOf = async (table: Float32Array) =>
      (await reduceDescriptors(step({ reduction, descriptors: table }), still)).map(({ rows: { values, k } }) =>
        values.slice(0, 55 * k),
      );
    expect(await rowsOf(other)).toEqual(await rowsOf(descriptors));
  });

  it('gives the same guesses again, and better ones than chance', async () => {
    const [small, large] = await reduceAndClassify(step({ reduction }), still);
    expect(await reduceAndClassify(step({ reduction }), still)).toEqual([small, large]);
    expect([small!.size, large!.size]).toEqual([3, 6]);
    expect(large!.guesses.filter((guess, i) => guess === classes[tested[i]!]).length).toBeGreaterThan(10);
  });
});

it('chooses cost and width inside the learned tracks', async () => {
  const turned = classes.slice();
  for (const track of tested) turned[track] = 0;
  const [one] = await reduceAndClassify(step({ isQuick: false, sizes: [6] }), still);
  const [other] = await reduceAndClassify(step({ isQuick: false, sizes: [6], classes: turned }), still);
  expect(other).toEqual(one);
});

it('says how many dimensions there really are', async () => {
  const [found] = await reduceAndClassify(step({ sizes: [400] }), still);
  expect(found).toMatchObject({ size: 400, nDimensions: D });
});
