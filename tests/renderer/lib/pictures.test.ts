// What the pictures are made of: colours, mel axis, waveform bars, genre hues.
import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/contract/index.ts';
import { magma, magmaPixels } from '../../../src/renderer/lib/colour-map.ts';
import { genreHue, rankScores } from '../../../src/renderer/lib/genre-colour.ts';
import { hertzToMel, melFrames, melHeight, melPixels, timeTicks } from '../../../src/renderer/lib/mel-picture.ts';
import { foldPeaks } from '../../../src/renderer/lib/peaks.ts';

const luminance = ([red, green, blue]: [number, number, number]): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

describe('the colour map', () => {
  it('grows lighter with every level, from near black to near white', () => {
    const levels = Array.from({ length: 65 }, (_, step) => luminance(magma(step / 64)));
    for (let step = 1; step < levels.length; step++) expect(levels[step]!).toBeGreaterThanOrEqual(levels[step - 1]! - 0.5);
    expect(levels[0]!).toBeLessThan(3);
    expect(levels.at(-1)!).toBeGreaterThan(230);
  });

  it('packs opaque pixels with red in the lowest byte', () => {
    const pixels = magmaPixels();
    const [red, green, blue] = magma(128 / 255);
    expect(pixels[128]).toBe(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
  });
});

describe('the mel picture', () => {
  it('follows the Slaney scale: linear to 1 kHz, logarithmic above', () => {
    expect(hertzToMel(0)).toBe(0);
    expect(hertzToMel(1000)).toBeCloseTo(15, 10);
    expect(hertzToMel(6400)).toBeCloseTo(42, 10);
  });

  it('puts each band at the height of its centre frequency', () => {
    // Centre of band 63 of 128: point 64 of 130 between 0 and 11,025 Hz, half way up the picture.
    const top = hertzToMel(MEL_PROFILE.fMaxHz);
    const mel = (top * 64) / (MEL_PROFILE.nMels + 1);
    const hertz = 1000 * Math.exp((mel - 15) * (Math.log(6.4) / 27));
    expect(melHeight(hertz)).toBeCloseTo(63.5 / 128, 6);
    expect(melHeight(8000)).toBeGreaterThan(melHeight(4000));
  });

  it('turns frames in time order into an image with the lowest band in the last row', () => {
    const { nMels } = MEL_PROFILE;
    const bytes = new Uint8Array(2 * nMels);
    bytes[nMels] = 9; // second frame, lowest band
    const colours = Uint32Array.from({ length: 256 }, (_, level) => level);
    const pixels = melPixels(bytes, colours);
    expect(melFrames(bytes)).toBe(2);
    expect(pixels[(nMels - 1) * 2 + 1]).toBe(9);
    expect(pixels.filter((pixel) => pixel !== 0)).toHaveLength(1);
  });

  it('marks round times inside the window only', () => {
    expect(timeTicks(11.2, 10)).toEqual([12, 14, 16, 18, 20]);
    expect(timeTicks(0, 10, 4)).toEqual([0, 5, 10]);
  });
});

describe('waveform bars', () => {
  it('keep the largest peak of each stretch, wider or narrower than the peaks', () => {
    expect(foldPeaks(Uint8Array.from([0, 255, 51, 0]), 2)).toEqual([1, 0.2]);
    expect(foldPeaks(Uint8Array.from([255, 0]), 4)).toEqual([1, 1, 0, 0]);
    expect(foldPeaks(new Uint8Array(), 3)).toEqual([0, 0, 0]);
  });
});

describe('genres', () => {
  it('have the same colour however they are written, and unknown ones have one too', () => {
    expect(genreHue('Hip-Hop')).toBe(genreHue('hip hop'));
    expect(genreHue('Sea Shanty')).toBe(genreHue('sea shanty'));
    expect(genreHue('Ελληνικά')).toBeLessThan(360);
  });

  it('are ranked by score, ties by name', () => {
    expect(rankScores({ b: 0.2, a: 0.2, c: 0.6 }).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  });
});
