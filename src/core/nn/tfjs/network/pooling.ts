// Pooling over spectrograms [n x height x width x nChannels].
import { avgPool, max, maxPool, mean, pad, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { type Padding, pairOf, widen } from './convolution.ts';

export interface PoolingOptions {
  /** As large as the window by default. */
  stride?: number | readonly [number, number];
  padding?: Padding;
}

/** Far below any activation, where a maximum's window reaches over the edge. */
const NOTHING = -1e30;

/** The largest of each window; 'valid' by default: an incomplete window at the edge is left out. */
export function maxPool2d(x: Tensor4D, size: number | readonly [number, number], options: PoolingOptions = {}): Tensor4D {
  const { stride = size, padding = 'valid' } = options;
  if (padding === 'same' || padding === 'valid') return maxPool(x, pairOf(size), pairOf(stride), padding);
  const [height, width] = pairOf(padding);
  const around: [number, number][] = [
    [0, 0],
    [height, height],
    [width, width],
    [0, 0],
  ];
  return maxPool(pad(x, around, NOTHING) as Tensor4D, pairOf(size), pairOf(stride), 'valid');
}

export interface AveragePoolingOptions extends Omit<PoolingOptions, 'padding'> {
  /** Zeros on every side, which count, as in PyTorch. TensorFlow's 'same' has no gradient that fits it in WebAssembly. */
  padding?: number | readonly [number, number];
}

/** The mean of each window. */
export function averagePool2d(
  x: Tensor4D,
  size: number | readonly [number, number],
  options: AveragePoolingOptions = {},
): Tensor4D {
  const { stride = size, padding = 0 } = options;
  return avgPool(widen(x, padding).widened, pairOf(size), pairOf(stride), 'valid');
}

/** [n x nChannels] */
export function globalAveragePool2d(x: Tensor4D): Tensor2D {
  return mean<Tensor2D>(x, [1, 2]);
}

/** [n x nChannels] */
export function globalMaxPool2d(x: Tensor4D): Tensor2D {
  return max<Tensor2D>(x, [1, 2]);
}
