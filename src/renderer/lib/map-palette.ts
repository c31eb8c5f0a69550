// The colours behind a colouring's places, for light and dark windows.
import type { MapColour } from '../../contract/index.ts';
import { genreHue } from './genre-colour.ts';
import { type Colouring, NO_PAINT, SCALE_STEPS } from './map-colouring.ts';
import { bytesOfOklch, type Oklch } from './map-oklch.ts';

const PALETTE_SIZE = 256;
/** Neighbours in hue differ in lightness too; all of them stand out from the window's surface by 3 : 1. */
const LIGHTNESS = { light: [0.53, 0.61, 0.44], dark: [0.74, 0.85, 0.64] };
const CHROMA = { light: 0.145, dark: 0.135 };
const NEUTRAL: Record<Theme, Oklch> = {
  light: { lightness: 0.62, chroma: 0.015, hue: 75 },
  dark: { lightness: 0.54, chroma: 0.018, hue: 285 },
};
/** Equal steps of lightness and of hue, from the fewest to the most. */
const SCALE: Record<Theme, { from: Oklch; to: Oklch }> = {
  light: { from: { lightness: 0.64, chroma: 0.13, hue: 85 }, to: { lightness: 0.32, chroma: 0.16, hue: -60 } },
  dark: { from: { lightness: 0.54, chroma: 0.15, hue: -65 }, to: { lightness: 0.92, chroma: 0.13, hue: 100 } },
};
const GOLDEN_DEGREES = 137.508;
const [AGREES_HUE, DIFFERS_HUE] = [200, 32];
const FIFTHS = ['C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#', 'G#', 'D#', 'A#', 'F'];
const FLATS: Readonly<Record<string, string>> = { Db: 'C#', Eb: 'D#', Gb: 'F#', Ab: 'G#', Bb: 'A#' };
/** A minor key is related to the major key three fifths back: A minor to C. */
const RELATED_FIFTHS = 3;

export type Theme = 'light' | 'dark';

/** Uint8Array [256 x 3]: red, green, blue. */
export function paletteOf({ by, names, entries }: Colouring, theme: Theme): Uint8Array {
  const isScale = names.length === 0 && entries.length > 0;
  const paints = isScale ? scale(theme) : named(by, names, theme);
  const palette = new Uint8Array(PALETTE_SIZE * 3);
  for (let place = 0; place < PALETTE_SIZE; place++) {
    const paint = place === NO_PAINT ? NEUTRAL[theme] : (paints[place] ?? NEUTRAL[theme]);
    palette.set(bytesOfOklch(paint), 3 * place);
  }
  return palette;
}

/** For the style sheet. */
export function cssOfPaint(palette: Uint8Array, paint: number): string {
  const [red, green, blue] = palette.subarray(3 * paint, 3 * paint + 3);
  return `rgb(${red} ${green} ${blue})`;
}

function scale(theme: Theme): Oklch[] {
  const { from, to } = SCALE[theme];
  return Array.from({ length: SCALE_STEPS }, (_, step) => {
    const t = step / (SCALE_STEPS - 1);
    const at = (a: number, b: number): number => a + (b - a) * t;
    return { lightness: at(from.lightness, to.lightness), chroma: at(from.chroma, to.chroma), hue: at(from.hue, to.hue) };
  });
}

function named(by: MapColour, names: readonly string[], theme: Theme): Oklch[] {
  const hues = names.map((name, place) => hueOf(by, name, place));
  const byHue = hues.map((_, place) => place).sort((a, b) => hues[a]! - hues[b]! || a - b);
  const rank = new Map(byHue.map((place, at) => [place, at]));
  return names.map((name, place) => {
    const level = by === 'key' ? (isMinor(name) ? 2 : 1) : rank.get(place)! % LIGHTNESS[theme].length;
    const few = names.length <= 2 ? 0 : level;
    return { lightness: LIGHTNESS[theme][few]!, chroma: CHROMA[theme], hue: hues[place]! };
  });
}

function hueOf(by: MapColour, name: string, place: number): number {
  if (by === 'genre') return genreHue(name);
  if (by === 'key') return keyHue(name);
  if (by === 'disagreement') return /\bagrees\b/.test(name) ? AGREES_HUE : DIFFERS_HUE;
  return (20 + place * GOLDEN_DEGREES) % 360;
}

/** Keys that share most of their notes are neighbours in hue: the circle of fifths. */
function keyHue(key: string): number {
  const [tonic = 'C'] = key.split(' ');
  const place = FIFTHS.indexOf(FLATS[tonic] ?? tonic);
  const major = isMinor(key) ? place - RELATED_FIFTHS : place;
  return (((major + FIFTHS.length) % FIFTHS.length) * 360) / FIFTHS.length;
}

function isMinor(key: string): boolean {
  return /\bmin/.test(key);
}

/** Of the ring around selected points: red, green, blue, 0..1. */
export function inkOf(theme: Theme): [number, number, number] {
  const [red, green, blue] = bytesOfOklch({ lightness: theme === 'light' ? 0.23 : 0.95, chroma: 0.01, hue: 285 });
  return [red / 255, green / 255, blue / 255];
}
