// Convolutions over spectrograms [n x height x width x nIn] and over sequences [n x nFrames x nIn], channels last.
import {
  add,
  conv2d as convolve2d,
  depthwiseConv2d as convolveDepthwise,
  pad,
  reshape,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Initializer } from './initializers.ts';
import type { Net, Penalty } from './net.ts';

type Pair = [number, number];

/** 'same' as TensorFlow has it, 'valid', or so many zeros on every side as PyTorch has it. */
export type Padding = 'same' | 'valid' | number | readonly [number, number];

export interface ConvolutionOptions {
  filters: number;
  /** Height and width. */
  kernel: number | readonly [number, number];
  stride?: number | readonly [number, number];
  padding?: Padding;
  /** Distance of a filter's taps; above 1 only without strides. */
  dilation?: number | readonly [number, number];
  /** False where a batch normalization follows. */
  hasBias?: boolean;
  initializer?: Initializer;
  penalty?: Penalty;
}

/** Keras' Conv2D: NAME.kernel [height x width x nIn x filters] and NAME.bias [filters]. */
export function conv2d(net: Net, name: string, x: Tensor4D, options: ConvolutionOptions): Tensor4D {
  const { filters, kernel, stride = 1, padding = 'same', dilation = 1, initializer = 'glorotUniform', penalty } = options;
  const filter = net.weight(
    `${name}.kernel`,
    [...pairOf(kernel), x.shape[3], filters],
    initializer,
    penalty,
  ) as unknown as Tensor4D;
  const { widened, side } = widen(x, padding);
  const y = convolve2d(widened, filter, pairOf(stride), side, 'NHWC', pairOf(dilation));
  return withBias(net, name, y, filters, options.hasBias);
}

export interface DepthwiseOptions extends Omit<ConvolutionOptions, 'filters' | 'stride'> {}

/** Keras' DepthwiseConv2D with one filter a channel: NAME.depthwise [height x width x nIn x 1]. */
export function depthwiseConv2d(net: Net, name: string, x: Tensor4D, options: DepthwiseOptions): Tensor4D {
  const { kernel, padding = 'same', dilation = 1, initializer = 'glorotUniform', penalty } = options;
  const filter = net.weight(`${name}.depthwise`, [...pairOf(kernel), x.shape[3], 1], initializer, penalty) as unknown as Tensor4D;
  const { widened, side } = widen(x, padding);
  const y = convolveDepthwise(widened, filter, 1, side, 'NHWC', pairOf(dilation));
  return withBias(net, name, y, x.shape[3], options.hasBias);
}

/** Keras' SeparableConv2D: a filter a channel, then every channel of every bin into all outputs (NAME.kernel [1 x 1 x nIn x filters]). */
export function separableConv2d(net: Net, name: string, x: Tensor4D, options: Omit<ConvolutionOptions, 'stride'>): Tensor4D {
  const { filters, hasBias, ...depthwise } = options;
  const each = depthwiseConv2d(net, name, x, { ...depthwise, hasBias: false });
  const { initializer, penalty } = options;
  return conv2d(net, name, each, {
    filters,
    kernel: 1,
    ...(hasBias !== undefined && { hasBias }),
    ...(initializer && { initializer }),
    ...(penalty && { penalty }),
  });
}

export interface SequenceOptions extends Omit<ConvolutionOptions, 'kernel' | 'stride' | 'padding' | 'dilation'> {
  kernel: number;
  stride?: number;
  padding?: 'same' | 'valid' | number;
  dilation?: number;
}

/** Keras' Conv1D over [n x nFrames x nIn]: NAME.kernel [1 x kernel x nIn x filters]. */
export function conv1d(net: Net, name: string, x: Tensor3D, options: SequenceOptions): Tensor3D {
  const { kernel, stride = 1, padding = 'same', dilation = 1 } = options;
  const [n, nFrames, nIn] = x.shape;
  const y = conv2d(net, name, reshape(x, [n, 1, nFrames, nIn]), {
    ...options,
    kernel: [1, kernel],
    stride: [1, stride],
    padding: typeof padding === 'number' ? [0, padding] : padding,
    dilation: [1, dilation],
  });
  return reshape(y, [n, y.shape[2], y.shape[3]]);
}

function withBias(net: Net, name: string, y: Tensor4D, filters: number, hasBias = true): Tensor4D {
  return hasBias ? add(y, net.weight(`${name}.bias`, [filters], 'zeros')) : y;
}

/** Zeros on every side, written out: not every backend pads unevenly. */
export function widen(x: Tensor4D, padding: Padding): { widened: Tensor4D; side: 'same' | 'valid' } {
  if (padding === 'same' || padding === 'valid') return { widened: x, side: padding };
  const [height, width] = pairOf(padding);
  if (height === 0 && width === 0) return { widened: x, side: 'valid' };
  const around: [Pair, Pair, Pair, Pair] = [
    [0, 0],
    [height, height],
    [width, width],
    [0, 0],
  ];
  return { widened: pad(x, around), side: 'valid' };
}

export function pairOf(value: number | readonly [number, number]): Pair {
  return typeof value === 'number' ? [value, value] : [value[0], value[1]];
}
