// Confident learning against an independent computation of its formulas.
import { expect, test } from 'vitest';
import { classThresholds, confidentJoint, labelDoubts } from '../../../../src/core/training/active/label-doubts.ts';
import reference from '../../../reference/doubts.json' with { type: 'json' };

const N_TRACKS = 60;
const N_GENRES = 4;
const CLASSES = Int32Array.from({ length: N_TRACKS }, (_, i) => (i * 7) % N_GENRES);

/** As in make_doubts.py: every sixth label is wrong. */
const PROBABILITIES = Float32Array.from(
  [...CLASSES].flatMap((label, i) => {
    const sounds = i % 6 === 0 ? (label + 1) % N_GENRES : label;
    const raw = Array.from({ length: N_GENRES }, (_, c) =>
      Math.exp(Math.sin((i + 1) * (c + 1) * 1.7) * 1.5 + (c === sounds ? 2 : 0)),
    );
    const sum = raw.reduce((a, b) => a + b);
    return raw.map((value) => value / sum);
  }),
);

test('thresholds and the confident joint follow the paper', () => {
  for (const [c, t] of classThresholds(CLASSES, PROBABILITIES, N_GENRES).entries()) {
    expect(t).toBeCloseTo(reference.thresholds[c]!, 6);
  }
  expect([...confidentJoint(CLASSES, PROBABILITIES, N_GENRES)]).toEqual(reference.joint);
});

test('the queue holds the labels that another genre beats, least self-confident first', () => {
  const doubts = labelDoubts(CLASSES, PROBABILITIES, N_GENRES);
  expect(doubts.map(({ row }) => row)).toEqual(reference.order);
  for (const { row, suggested, givenProbability, suggestedProbability } of doubts) {
    expect(suggested).not.toBe(CLASSES[row]);
    expect(suggestedProbability).toBeGreaterThan(givenProbability);
  }
});

test('tracks that no fold tested are passed over', () => {
  const probabilities = PROBABILITIES.slice();
  const [first] = reference.order;
  probabilities.fill(Number.NaN, first! * N_GENRES, (first! + 1) * N_GENRES);
  expect(labelDoubts(CLASSES, probabilities, N_GENRES).map(({ row }) => row)).not.toContain(first);
});
