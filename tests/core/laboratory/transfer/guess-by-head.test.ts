import { expect, it } from 'vitest';
import type { HeadStep, LabFeatures } from '../../../../src/core/domain/laboratory.ts';
import { JOIN_RULES } from '../../../../src/core/domain/training.ts';
import { guessByHead } from '../../../../src/core/laboratory/transfer/guess-by-head.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

const N = 90;
const N_WINDOWS = 3;
const SIZE = 16;
const N_DESCRIPTORS = 8;
const N_CLASSES = 3;
const classes = Int32Array.from({ length: N }, (_, i) => i % N_CLASSES);
const learned = Int32Array.from({ length: 60 }, (_, i) => i);
const tested = Int32Array.from({ length: 30 }, (_, i) => 60 + i);

function features(): LabFeatures {
  const random = createRandom(8);
  const spread = (label: number, j: number) => normal(random) + (j % N_CLASSES === label ? 1 : 0);
  return {
    windowStart: Int32Array.from({ length: N + 1 }, (_, i) => N_WINDOWS * i),
    embeddings: Float32Array.from({ length: N * N_WINDOWS * SIZE }, (_, at) =>
      spread(classes[Math.floor(at / SIZE / N_WINDOWS)]!, at % SIZE),
    ),
    embeddingSize: SIZE,
    trackFeatures: Float32Array.from({ length: N * N_DESCRIPTORS }, () => normal(random)),
    nDescriptors: N_DESCRIPTORS,
    nStemFeatures: 0,
    stemEncoder: '',
  };
}

function step(change: Partial<HeadStep> = {}): HeadStep {
  const fold = { classes, groups: Int32Array.from({ length: N }, (_, i) => i), nClasses: N_CLASSES, learned, tested, seed: 3 };
  return { name: 'head', ...fold, features: features(), usesUnlabelled: false, joins: true, ...change };
}
const still = () => {};
const share = (guesses: Int32Array) => guesses.filter((guess, i) => guess === classes[tested[i]!]).length / tested.length;

it('joins the windows of unheard tracks by every rule, better than one window alone', () => {
  const { byRule, single } = guessByHead(step(), still);
  for (const rule of JOIN_RULES) expect(share(byRule[rule]!)).toBeGreaterThan(0.6);
  expect(share(single)).toBeLessThan(share(byRule.mean!));
});

it('learns nothing from the classes of the tested tracks', () => {
  const turned = classes.slice();
  for (const track of tested) turned[track] = (turned[track]! + 1) % N_CLASSES;
  const unlabelled = { joins: false, usesUnlabelled: true };
  expect(guessByHead(step({ classes: turned }), still)).toEqual(guessByHead(step(), still));
  expect(guessByHead(step({ classes: turned, ...unlabelled }), still)).toEqual(guessByHead(step(unlabelled), still));
});

it('looks at the sound of tested tracks only where that is asked for', () => {
  const other = features();
  // The last one's sound changes; what is said of the others may change only with the scales that it takes part in.
  other.embeddings.fill(40, (N - 1) * N_WINDOWS * SIZE);
  other.trackFeatures.fill(40, (N - 1) * N_DESCRIPTORS);
  const guesses = (features: LabFeatures) => guessByHead(step({ features }), still).byRule.nearestNeighbours!.slice(0, -1);
  expect(guesses(other)).toEqual(guesses(features()));
});

it('makes a head of one label of each genre', () => {
  const { byRule } = guessByHead(step({ learned: Int32Array.of(0, 1, 2), joins: false, usesUnlabelled: true }), still);
  expect(Object.keys(byRule)).toEqual(['mean']);
  expect(share(byRule.mean!)).toBeGreaterThan(0.34);
});
