// The Camelot wheel against its published hours, and its symmetry.
import { expect, test } from 'vitest';
import { CAMELOT_BY_KEY, camelotDistance, camelotName, camelotOf, tempoDifference } from '../../../src/core/domain/camelot.ts';

test('every key has its own place; some as printed on the wheel', () => {
  expect(new Set(CAMELOT_BY_KEY.values()).size).toBe(24);
  const printed = {
    'A minor': '8A',
    'C major': '8B',
    'E minor': '9A',
    'F# minor': '11A',
    'G# minor': '1A',
    'F# major': '2B',
    'E major': '12B',
    'D# minor': '2A',
    'A# minor': '3A',
  };
  for (const [key, name] of Object.entries(printed)) expect(camelotName(camelotOf(key)!)).toBe(name);
  expect(camelotOf('H minor')).toBeNull();
  expect(camelotOf(null)).toBeNull();
});

test('each key has three neighbours: an hour on, an hour back, and its relative; distance is symmetric', () => {
  const keys = [...CAMELOT_BY_KEY.keys()].map((key) => camelotOf(key)!);
  for (const a of keys) {
    expect(keys.filter((b) => camelotDistance(a, b) === 1)).toHaveLength(3);
    for (const b of keys) expect(camelotDistance(a, b)).toBe(camelotDistance(b, a));
  }
  const between = (a: string, b: string) => camelotDistance(camelotOf(a)!, camelotOf(b)!);
  expect(between('A minor', 'C major')).toBe(1);
  expect(between('G# minor', 'C# minor')).toBe(1);
  expect(between('C major', 'F# major')).toBe(6);
});

test('half and double tempo beat together', () => {
  expect(tempoDifference(85, 170)).toBe(0);
  expect(tempoDifference(170, 85)).toBe(0);
  expect(tempoDifference(100, 104)).toBeCloseTo(Math.log(1.04), 12);
  expect(tempoDifference(100, 52)).toBeCloseTo(Math.log(1.04), 12);
});
