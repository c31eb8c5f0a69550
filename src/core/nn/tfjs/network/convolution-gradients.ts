// The gradients of convolutions over pictures, channels last. TensorFlow has kernels for them; WebAssembly lacks two, for which shifted
// slices and products stand in.
import {
  conv2d,
  conv2dTranspose,
  engine,
  type GradConfig,
  getBackend,
  getKernel,
  mul,
  type NamedAttrMap,
  pad,
  reshape,
  reverse,
  slice,
  stack,
  stridedSlice,
  sum,
  type Tensor,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';

type Pair = [number, number];
type Padding = 'same' | 'valid';

interface Attributes {
  strides: Pair;
  pad: Padding;
  dilations: Pair;
}

function attributesOf({ strides, pad: padding, dilations }: NamedAttrMap): Attributes {
  const pairOf = (value: unknown): Pair => (Array.isArray(value) ? (value as Pair) : [value as number, value as number]);
  return { strides: pairOf(strides), pad: padding as Padding, dilations: pairOf(dilations ?? 1) };
}

export const convolutionGradients: GradConfig = {
  kernelName: 'Conv2D',
  inputsToSave: ['x', 'filter'],
  gradFunc(dy, saved, attributes) {
    const [x, filter] = saved as [Tensor4D, Tensor4D];
    const how = attributesOf(attributes);
    return {
      x: () => gradientOfInput(dy as Tensor4D, x, filter, how),
      filter: () => gradientOfFilter(dy as Tensor4D, x, filter.shape, how),
    };
  },
};

function gradientOfInput(dy: Tensor4D, x: Tensor4D, filter: Tensor4D, { strides, pad: padding, dilations }: Attributes): Tensor {
  const hasHoles = Math.max(...dilations) > 1;
  const isPlain = Math.max(...strides) === 1;
  // WebAssembly's own kernel is three times slower than its convolution.
  if (!hasHoles && !(isPlain && getBackend() === 'wasm')) return conv2dTranspose(dy, filter, x.shape, strides, padding);
  if (!isPlain) throw new Error('a convolution that is trained has strides or holes, not both');
  // Without strides: dy, widened by what the filter reaches, through the filter turned around.
  const around = placesOf(x.shape, filter.shape, dy.shape, { strides, pad: padding, dilations }).before;
  const reach = ([0, 1] as const).map((i): Pair => {
    const extent = (filter.shape[i] - 1) * dilations[i];
    const before = extent - around[i];
    return [before, x.shape[1 + i]! + extent - dy.shape[1 + i]! - before];
  });
  const turned = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
  return conv2d(pad(dy, [[0, 0], ...reach, [0, 0]]) as Tensor4D, turned, 1, 'valid', 'NHWC', dilations);
}

function gradientOfFilter(dy: Tensor4D, x: Tensor4D, shape: Tensor4D['shape'], how: Attributes): Tensor {
  const isNative = Math.max(...how.dilations) === 1 && getKernel('Conv2DBackpropFilter', getBackend()) !== undefined;
  if (isNative) {
    const attributes = { strides: how.strides, pad: how.pad, dataFormat: 'NHWC', filterShape: shape };
    return engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes) as Tensor;
  }
  // A convolution once more, of examples as channels and with dy as the filter: strides and holes change places.
  const { before, behind } = placesOf(x.shape, shape, dy.shape, how);
  const around = ([0, 1] as const).map((i): Pair => [before[i], behind[i]]);
  const examples = transpose(pad(x, [[0, 0], ...around, [0, 0]]), [3, 1, 2, 0]) as Tensor4D;
  const asFilter = transpose(dy, [1, 2, 0, 3]) as Tensor4D;
  const taps = conv2d(examples, asFilter, how.dilations, 'valid', 'NHWC', how.strides);
  const [height, width, nIn, nOut] = shape;
  return transpose(slice(taps, [0, 0, 0, 0], [nIn, height, width, nOut]), [1, 2, 0, 3]);
}

export const depthwiseGradients: GradConfig = {
  kernelName: 'DepthwiseConv2dNative',
  inputsToSave: ['x', 'filter'],
  gradFunc(dy, saved, attributes) {
    const [x, filter] = saved as [Tensor4D, Tensor4D];
    const how = attributesOf(attributes);
    if (filter.shape[3] !== 1 || Math.max(...how.strides) !== 1)
      throw new Error('a depthwise convolution that is trained has one filter a channel and no strides');
    return {
      x: () => depthwiseInput(dy as Tensor4D, x, filter, how),
      filter: () => depthwiseFilter(dy as Tensor4D, x, filter, how),
    };
  },
};

function depthwiseInput(dy: Tensor4D, x: Tensor4D, filter: Tensor4D, how: Attributes): Tensor {
  const { before } = placesOf(x.shape, filter.shape, dy.shape, how);
  const reach = ([0, 1] as const).map((i): Pair => {
    const extent = (filter.shape[i] - 1) * how.dilations[i];
    return [extent - before[i], x.shape[1 + i]! + before[i] - dy.shape[1 + i]!];
  });
  const widened = pad(dy, [[0, 0], ...reach, [0, 0]]) as Tensor4D;
  return engine().runKernel(
    'DepthwiseConv2dNative',
    { x: widened, filter: reverse(filter, [0, 1]) },
    { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: how.dilations },
  ) as Tensor;
}

function depthwiseFilter(dy: Tensor4D, x: Tensor4D, filter: Tensor4D, how: Attributes): Tensor {
  const taps = tapsOf(x, filter.shape, dy.shape, how).map((tap) => sum(mul(tap, dy), [0, 1, 2]));
  return reshape(stack(taps), filter.shape);
}

/** How many rows and columns of zeros stand before the picture, and behind it. */
function placesOf(
  x: readonly number[],
  filter: readonly number[],
  dy: readonly number[],
  { strides, pad: padding, dilations }: Attributes,
): { before: Pair; behind: Pair } {
  const around = [0, 1].map((i): Pair => {
    const needed = (dy[1 + i]! - 1) * strides[i]! + (filter[i]! - 1) * dilations[i]! + 1;
    const missing = padding === 'same' ? Math.max(0, needed - x[1 + i]!) : 0;
    return [Math.floor(missing / 2), missing - Math.floor(missing / 2)];
  });
  return { before: [around[0]![0], around[1]![0]], behind: [around[0]![1], around[1]![1]] };
}

/** What each tap of a filter meets, row by row of the filter: as many pictures of dy's height and width. */
function tapsOf(x: Tensor4D, filter: readonly number[], dy: readonly number[], how: Attributes): Tensor4D[] {
  const { before, behind } = placesOf(x.shape, filter, dy, how);
  const around = [0, 1].map((i): Pair => [before[i]!, behind[i]!]);
  const isBare = around.flat().every((n) => n === 0);
  const whole = isBare ? x : (pad(x, [[0, 0], ...around, [0, 0]]) as Tensor4D);
  const [n, height, width, nIn] = [x.shape[0], dy[1]!, dy[2]!, x.shape[3]];
  const [down, along] = how.strides;
  return Array.from({ length: filter[0]! * filter[1]! }, (_, tap) => {
    const row = Math.floor(tap / filter[1]!) * how.dilations[0];
    const column = (tap % filter[1]!) * how.dilations[1];
    if (down === 1 && along === 1) return slice(whole, [0, row, column, 0], [n, height, width, nIn]);
    const end = [n, row + (height - 1) * down + 1, column + (width - 1) * along + 1, nIn];
    return stridedSlice(whole, [0, row, column, 0], end, [1, down, along, 1]) as Tensor4D;
  });
}
