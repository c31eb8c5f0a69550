// The whole sound as one vector: both parts count alike, odd numbers do little, the scale can be kept.
import { expect, test } from 'vitest';
import { decodeScale, encodeScale, scaleOf, writeSound } from '../../../src/core/neighbours/sound-space.ts';

const lengthOf = (values: Float32Array) => Math.hypot(...values);

test('scales by mean and deviation, whatever is not finite', () => {
  const { mean, deviation } = scaleOf(Float32Array.of(1, 5, 7, 3, 5, NaN), 2, 3);
  expect([...mean]).toEqual([2, 5, 7]);
  expect([...deviation]).toEqual([1, 0, 0]);
});

test('both parts have length one; constant and unknown descriptors are nothing', () => {
  const scale = scaleOf(Float32Array.of(1, 5, 7, 3, 5, NaN), 2, 3);
  const out = new Float32Array(7).fill(9);
  writeSound(Float32Array.of(3, 4), Float32Array.of(3, 6, NaN), scale, out, 1);
  expect([...out]).toEqual([9, expect.closeTo(0.6), expect.closeTo(0.8), 1, 0, 0, 9]);
});

test('one odd number does not outweigh the others', () => {
  const scale = { mean: new Float32Array(10), deviation: new Float32Array(10).fill(1) };
  const out = new Float32Array(11);
  writeSound(
    Float32Array.of(1),
    Float32Array.from({ length: 10 }, (_, i) => (i === 0 ? 1e6 : 1)),
    scale,
    out,
    0,
  );
  expect(out[1]! ** 2).toBeCloseTo(9 / 18);
  expect(lengthOf(out.subarray(1))).toBeCloseTo(1);
});

test('a kept scale is the same scale', () => {
  const scale = { mean: Float32Array.of(1.5, -2), deviation: Float32Array.of(0, 3.25) };
  expect(decodeScale(encodeScale(scale))).toEqual(scale);
});
