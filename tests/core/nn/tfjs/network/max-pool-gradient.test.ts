// The gradient of the largest of each window goes to that one, above and below zero alike.
import { add, grad, sum, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openTensors } from '../../../../../src/core/nn/tfjs/backend.ts';
import { maxPool2d } from '../../../../../src/core/nn/tfjs/network/pooling.ts';
import { noise } from '../../../../reference/signals.ts';

beforeAll(async () => {
  await openTensors('auto');
});

it.each([
  { size: 3, stride: 2, padding: 0 },
  { size: 3, stride: 1, padding: 1 },
  { size: 2, stride: 2, padding: 0 },
])('$size x $size, stride $stride, $padding around', ({ size, stride, padding }) => {
  const x = tensor4d(Float32Array.from(noise(2 * 9 * 11 * 3, 5)), [2, 9, 11, 3]);
  const gradientAt = (shift: number) => {
    const slope = grad((at) => sum(maxPool2d(at as Tensor4D, size, { stride, padding })))(add(x, shift));
    return Array.from(slope.dataSync());
  };
  const far = gradientAt(10);
  expect(far.reduce((a, b) => a + b, 0)).toBe(maxPool2d(x, size, { stride, padding }).size);
  expect(gradientAt(0)).toEqual(far);
  expect(gradientAt(-10)).toEqual(far);
});
