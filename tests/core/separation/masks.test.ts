import { describe, expect, it } from 'vitest';
import { Masks } from '../../../src/core/separation/masks.ts';

const layout = { nBins: 8, extensionBins: 2 };

/** Random masks that sum to one over the four stems. */
function randomMasks(nFrames: number): Masks {
  const plane = 2 * nFrames * layout.nBins;
  const data = new Float32Array(4 * plane);
  for (let i = 0; i < plane; i++) {
    const parts = [0, 1, 2, 3].map(() => Math.random() + 0.01);
    const sum = parts.reduce((a, b) => a + b);
    for (let stem = 0; stem < 4; stem++) data[stem * plane + i] = parts[stem]! / sum;
  }
  return new Masks(layout, data, nFrames);
}

const read = (masks: Masks, stem: number, frame: number, nBins = 20): Float32Array => {
  const out = new Float32Array(nBins);
  masks.readFrame(stem, 1, frame, out);
  return out;
};

describe('masks', () => {
  it('sum to one in every bin, also above the bins the network sees', () => {
    const masks = randomMasks(3);
    const stems = [0, 1, 2, 3].map((stem) => read(masks, stem, 2));
    for (let bin = 0; bin < 20; bin++) expect(stems.reduce((sum, mask) => sum + mask[bin]!, 0)).toBeCloseTo(1, 5);
  });

  it('extend upwards by the mean of the top bins', () => {
    const out = read(randomMasks(1), 2, 0);
    for (let bin = 8; bin < 20; bin++) expect(out[bin]).toBeCloseTo((out[6]! + out[7]!) / 2, 6);
  });

  it('copy a stretch of frames to another place', () => {
    const source = randomMasks(6);
    const target = Masks.empty(layout, 4);
    target.copyFrames(source, 3, 1, 2);
    expect(read(target, 3, 2)).toEqual(read(source, 3, 4));
    expect(read(target, 0, 0).every((value) => value === 0)).toBe(true);
  });
});
