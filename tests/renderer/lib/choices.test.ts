// Small decisions of the interface: where keys move, which columns fit, how loud each stem is.
import { describe, expect, it } from 'vitest';
import { fittingColumns, gridTemplate, TRACK_COLUMNS } from '../../../src/renderer/elements/track-columns.ts';
import { nextIndex, nextTile } from '../../../src/renderer/lib/grid-keys.ts';
import { faderGain, normalisingGain, TARGET_LUFS } from '../../../src/renderer/lib/loudness-gain.ts';
import { neutralMix, stemGains } from '../../../src/renderer/lib/stem-mix.ts';

describe('keys in a grid', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 99, 99],
    ['j', 4, 5],
    ['ArrowUp', 0, 0],
    ['k', 4, 3],
    ['Home', 50, 0],
    ['End', -1, 99],
    ['PageDown', 90, 99],
    ['PageDown', -1, 20],
    ['PageUp', 30, 10],
    ['x', 4, null],
  ])('%s from row %i goes to %s', (key, from, to) => {
    expect(nextIndex(key, from, 100, 20)).toBe(to);
  });

  it('do nothing in an empty list', () => {
    expect(nextIndex('End', -1, 0, 20)).toBeNull();
  });
});

describe('keys among tiles', () => {
  // 0 1 2 3 / 4 5 6 7 / 8 9, and a screen of two rows.
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['j', 5, 9],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 2, 2],
    ['k', 6, 2],
    ['PageDown', 1, 9],
    ['PageDown', 3, 7],
    ['PageUp', 9, 1],
    ['PageUp', 6, 2],
    ['Home', 6, 0],
    ['End', 1, 9],
    ['ArrowDown', -1, 4],
  ])('%s from tile %i goes to %i', (key, from, to) => {
    expect(nextTile(key, from, 10, 4, 2)).toBe(to);
  });

  it('do nothing where there are none, and mean nothing beside', () => {
    expect(nextTile('ArrowDown', -1, 0, 4, 2)).toBeNull();
    expect(nextTile('End', -1, 0, 4, 2)).toBeNull();
    expect(nextTile('x', 1, 10, 4, 2)).toBeNull();
  });
});

describe('columns', () => {
  it('are all there when there is room', () => {
    expect(fittingColumns(1400)).toEqual(TRACK_COLUMNS);
  });

  it('leave the least needed first, and title and genre never', () => {
    const narrow = fittingColumns(620).map(({ id }) => id);
    expect(narrow).toContain('artist');
    expect(narrow).not.toContain('status');
    expect(narrow).not.toContain('loudness');
    expect(fittingColumns(50).map(({ id }) => id)).toEqual(['title', 'genre']);
  });

  it('become a grid template', () => {
    expect(gridTemplate(TRACK_COLUMNS.slice(2, 4))).toBe('minmax(110px, 1.4fr) 128px');
  });
});

describe('loudness', () => {
  it('turns up no further than the measured peak allows', () => {
    expect(normalisingGain(TARGET_LUFS - 6, -2)).toBeCloseTo(10 ** (2 / 20), 10);
    expect(normalisingGain(TARGET_LUFS - 6, -20)).toBeCloseTo(10 ** (6 / 20), 10);
    expect(normalisingGain(TARGET_LUFS + 6, 0.4)).toBeCloseTo(10 ** (-6 / 20), 10);
  });

  it('turns down by the measured difference, and never up without a peak', () => {
    expect(normalisingGain(TARGET_LUFS + 20)).toBeCloseTo(0.1, 10);
    expect(normalisingGain(TARGET_LUFS - 6)).toBe(1);
    expect(normalisingGain(null)).toBe(1);
    expect([0, 0.5, 1].map(faderGain)).toEqual([0, 0.25, 1]);
  });
});

describe('four stem faders', () => {
  it('are all open at first', () => {
    expect(stemGains(neutralMix())).toEqual({ bass: 1, drums: 1, other: 1, vocals: 1 });
  });

  it('let solo silence the others and mute win over solo', () => {
    const mix = neutralMix();
    mix.bass.solo = true;
    mix.drums.solo = true;
    mix.drums.muted = true;
    expect(stemGains(mix)).toEqual({ bass: 1, drums: 0, other: 0, vocals: 0 });
  });
});
