// What a window loses without each of its stems adds up to the window.
import { expect, test } from 'vitest';
import { Masks } from '../../../src/core/separation/masks.ts';
import { windowSpectrum } from '../../../src/core/separation/window-spectrum.ts';
import { monoWithout } from '../../../src/core/separation/without-stem.ts';
import { createRandom, normal } from '../../../src/core/training/random.ts';

const PROFILE = { sampleRateHz: 44_100, fftSamples: 256, hopSamples: 64, window: 'hann' as const };
const LAYOUT = { nBins: 120, extensionBins: 8 };
const N = 4000;
const random = createRandom(5);
const noise = () => Float32Array.from({ length: N }, () => normal(random));

/** Four random masks that sum to one in every bin. */
function randomMasks(nFrames: number): Masks {
  const plane = 2 * nFrames * LAYOUT.nBins;
  const data = Float32Array.from({ length: 4 * plane }, () => random.next());
  for (let at = 0; at < plane; at++) {
    const sum = [0, 1, 2, 3].reduce((total, stem) => total + data[stem * plane + at]!, 0);
    for (let stem = 0; stem < 4; stem++) data[stem * plane + at] = data[stem * plane + at]! / sum;
  }
  return new Masks(LAYOUT, data, nFrames);
}

test('the four differences to the mixture sum to the mixture', () => {
  const [left, right] = [noise(), noise()];
  const spectrum = windowSpectrum(left, right, PROFILE);
  const masks = randomMasks(spectrum.nFrames);
  const sum = new Float64Array(N);
  for (let stem = 0; stem < 4; stem++) {
    const rest = monoWithout(spectrum, masks, stem, PROFILE, N);
    for (let t = 0; t < N; t++) sum[t] = sum[t]! + (left[t]! + right[t]!) / 2 - rest[t]!;
  }
  for (let t = 0; t < N; t++) expect(sum[t]).toBeCloseTo((left[t]! + right[t]!) / 2, 4);
});

test('without a stem that has everything, nothing is left', () => {
  const [left, right] = [noise(), noise()];
  const spectrum = windowSpectrum(left, right, PROFILE);
  const data = new Float32Array(8 * spectrum.nFrames * LAYOUT.nBins).fill(1, 0, 2 * spectrum.nFrames * LAYOUT.nBins);
  const rest = monoWithout(spectrum, new Masks(LAYOUT, data, spectrum.nFrames), 0, PROFILE, N);
  expect(Math.max(...rest.map(Math.abs))).toBeLessThan(1e-6);
});
