// What points are coloured by: categories, scales, the legend, and colours that can be seen.
import { describe, expect, it } from 'vitest';
import { colouringOf, NO_PAINT } from '../../../src/renderer/lib/map-colouring.ts';
import { bytesOfOklch } from '../../../src/renderer/lib/map-oklch.ts';
import { cssOfPaint, paletteOf, type Theme } from '../../../src/renderer/lib/map-palette.ts';

const inOrder = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

describe('names', () => {
  const values = { kind: 'named' as const, names: ['Jazz', 'Rock'], index: Int16Array.of(0, 1, 0, -1) };

  it('are counted in the legend; tracks without one come last, as do tracks that the values lack', () => {
    const { entries, categories } = colouringOf('genre', values, Int32Array.of(0, 1, 2, 3, -1));
    expect(entries.map(({ name, nTracks }) => `${name} ${nTracks}`)).toEqual(['Jazz 2', 'Rock 1', 'No genre 2']);
    expect([...categories]).toEqual([0, 1, 0, NO_PAINT, NO_PAINT]);
  });

  it('beyond what a palette holds share one entry', () => {
    const names = Array.from({ length: 400 }, (_, i) => `Genre ${i}`);
    const many = { kind: 'named' as const, names, index: Int16Array.from(names.keys()) };
    const { entries } = colouringOf('genre', many, inOrder(400));
    expect(entries.at(-1)).toMatchObject({ name: 'Others', nTracks: 400 - 254 });
  });
});

describe('numbers', () => {
  it('become a scale from the least to the most, in steps that can be filtered', () => {
    const values = { kind: 'number' as const, values: Float32Array.from([...Array(100).keys(), Number.NaN]), unit: 'BPM' };
    const { paints, entries } = colouringOf('tempo', values, inOrder(101));
    expect([paints[0], paints[99], paints[100]]).toEqual([0, 253, NO_PAINT]);
    expect([...paints.slice(0, 100)].every((paint, i, all) => i === 0 || paint >= all[i - 1]!)).toBe(true);
    expect(entries).toHaveLength(9);
    expect(entries[0]!.name).toMatch(/^\d+ to \d+ BPM$/);
    expect(entries.at(-1)).toMatchObject({ name: 'Unknown', nTracks: 1 });
  });

  it('that are all the same have one step', () => {
    const values = { kind: 'number' as const, values: Float32Array.of(2001, 2001), unit: '' };
    expect(colouringOf('year', values, inOrder(2)).entries).toMatchObject([{ name: '2001', nTracks: 2 }]);
  });
});

describe('colours', () => {
  it('are those of the style sheet (CSS Color 4, examples of OKLCH in sRGB)', () => {
    expect(bytesOfOklch({ lightness: 1, chroma: 0, hue: 0 })).toEqual([255, 255, 255]);
    expect(bytesOfOklch({ lightness: 0.62796, chroma: 0.25768, hue: 29.234 })).toEqual([255, 0, 0]);
    expect(bytesOfOklch({ lightness: 0.86644, chroma: 0.294827, hue: 142.495 })).toEqual([0, 255, 0]);
  });

  const luminance = (css: string): number => {
    const [red, green, blue] = (css.match(/\d+/g) ?? []).map(Number).map((byte) => {
      const value = byte / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const SURFACES: Record<Theme, [number, number, number]> = {
    light: bytesOfOklch({ lightness: 0.99, chroma: 0.003, hue: 75 }),
    dark: bytesOfOklch({ lightness: 0.195, chroma: 0.01, hue: 285 }),
  };

  it.each(['light', 'dark'] as const)('of names and scales stand out from the %s surface by 3 : 1', (theme) => {
    const genres = [
      'Jazz',
      'Rock',
      'Metal',
      'Pop',
      'Ambient',
      'Folk',
      'Classical',
      'Country',
      'Techno',
      'House',
      'Latin',
      'Soul',
    ];
    const named = { kind: 'named' as const, names: genres, index: Int16Array.from(genres.keys()) };
    const numbers = { kind: 'number' as const, values: Float32Array.from(Array(200).keys()), unit: '' };
    const surface = luminance(`rgb(${SURFACES[theme].join(' ')})`);
    const contrasts = [colouringOf('genre', named, inOrder(12)), colouringOf('energy', numbers, inOrder(200))].flatMap(
      (colouring) => {
        const palette = paletteOf(colouring, theme);
        return [...new Set(colouring.paints)].map((paint) => {
          const own = luminance(cssOfPaint(palette, paint));
          return (Math.max(own, surface) + 0.05) / (Math.min(own, surface) + 0.05);
        });
      },
    );
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
  });

  it('of a scale go evenly from one end to the other', () => {
    const values = { kind: 'number' as const, values: Float32Array.from(Array(254).keys()), unit: '' };
    const palette = paletteOf(colouringOf('energy', values, inOrder(254)), 'dark');
    const steps = Array.from({ length: 254 }, (_, i) => luminance(cssOfPaint(palette, i)));
    expect(steps[253]!).toBeGreaterThan(3 * steps[0]!);
  });
});
