// Ranges of numbers: what a person types is what they read.
import { afterEach, describe, expect, it } from 'vitest';
import { RANGE_FIELDS } from '../../../src/contract/index.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { rangeInWords, rangeValue, readRangeValue } from '../../../src/renderer/lib/range-words.ts';

describe('values of a range', () => {
  afterEach(() => setLanguage('en'));

  it.each(['en', 'de'] as const)('are read as they are written, in %s', (language) => {
    setLanguage(language);
    const values = { tempoBpm: [60, 92.5, 128], year: [1999], energy: [0, 0.07, 1], durationSec: [5, 200, 3725] };
    for (const field of RANGE_FIELDS) {
      for (const value of values[field]) expect(readRangeValue(field, rangeValue(field, value))).toBeCloseTo(value, 10);
    }
  });

  it('may be typed shorter, and lengths as minutes', () => {
    expect([readRangeValue('durationSec', '3'), readRangeValue('durationSec', '3,5 min')]).toEqual([180, 210]);
    expect(readRangeValue('energy', '65')).toBeCloseTo(0.65, 10);
    expect(readRangeValue('tempoBpm', '128 bpm')).toBe(128);
  });

  it('are none where nothing is typed, and nothing where it cannot be read', () => {
    expect([readRangeValue('year', ' '), readRangeValue('year', 'late'), readRangeValue('durationSec', '3:7')]).toEqual([
      null,
      undefined,
      undefined,
    ]);
  });

  it('are said with open ends', () => {
    expect([
      rangeInWords('tempoBpm', { from: 120, to: 128 }),
      rangeInWords('year', { from: 1999, to: null }),
      rangeInWords('durationSec', { from: null, to: 200 }),
      rangeInWords('energy', { from: null, to: null }),
    ]).toEqual(['120–128 BPM', 'from 1999', 'up to 3:20', '']);
  });
});
