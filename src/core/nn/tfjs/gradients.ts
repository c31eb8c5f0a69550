// The gradients of the kernels that our networks are made of. tfjs has them too, but its build for Node leaves them out, and the
// package that registers them brings four more with it. Each function gives the gradients of a kernel's inputs.
import {
  backend_util,
  broadcast_util,
  cast,
  div,
  type GradConfig,
  greater,
  greaterEqual,
  less,
  mul,
  neg,
  onesLike,
  pad,
  registerGradient,
  reshape,
  slice,
  split,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { NETWORK_GRADIENTS } from './network/kernel-gradients.ts';

type Pair = [number, number];

/** Adds up dy over the axes along which an input of this shape was repeated. */
function reducedTo(dy: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, shape);
}

/** dy of a sum over some axes, or over all, repeated along them. */
function repeatedOver(dy: Tensor, x: Tensor, axis: number | number[] | null | undefined): Tensor {
  const shape = [...x.shape];
  for (const i of axis === undefined || axis === null ? shape.keys() : [axis].flat())
    shape[(i + shape.length) % shape.length] = 1;
  return mul(reshape(dy, shape), onesLike(x));
}

function saved(tensors: Tensor[]): [Tensor, Tensor] {
  return tensors as [Tensor, Tensor];
}

const GRADIENTS: GradConfig[] = [
  {
    kernelName: 'Add',
    inputsToSave: ['a', 'b'],
    gradFunc(dy, tensors) {
      const [a, b] = saved(tensors);
      return { a: () => reducedTo(dy as Tensor, a.shape), b: () => reducedTo(dy as Tensor, b.shape) };
    },
  },
  {
    kernelName: 'Sub',
    inputsToSave: ['a', 'b'],
    gradFunc(dy, tensors) {
      const [a, b] = saved(tensors);
      return { a: () => reducedTo(dy as Tensor, a.shape), b: () => neg(reducedTo(dy as Tensor, b.shape)) };
    },
  },
  {
    kernelName: 'Multiply',
    inputsToSave: ['a', 'b'],
    gradFunc(dy, tensors) {
      const [a, b] = saved(tensors);
      return { a: () => reducedTo(mul(dy as Tensor, b), a.shape), b: () => reducedTo(mul(dy as Tensor, a), b.shape) };
    },
  },
  {
    // Equal values: the gradient goes to the first.
    kernelName: 'Maximum',
    inputsToSave: ['a', 'b'],
    gradFunc(dy, tensors) {
      const [a, b] = saved(tensors);
      return {
        a: () => mul(dy as Tensor, cast(greaterEqual(a, b), 'float32')),
        b: () => mul(dy as Tensor, cast(less(a, b), 'float32')),
      };
    },
  },
  {
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => mul(dy as Tensor, cast(greater(x!, 0), 'float32')) }),
  },
  { kernelName: 'Square', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => mul(mul(dy as Tensor, x!), 2) }) },
  { kernelName: 'Sqrt', outputsToSave: [true], gradFunc: (dy, [y]) => ({ x: () => div(dy as Tensor, mul(y!, 2)) }) },
  { kernelName: 'Tanh', outputsToSave: [true], gradFunc: (dy, [y]) => ({ x: () => mul(dy as Tensor, sub(1, square(y!))) }) },
  {
    kernelName: 'Softmax',
    outputsToSave: [true],
    gradFunc(dy, [y], attributes) {
      const weighted = mul(dy as Tensor, y!);
      return { logits: () => sub(weighted, mul(sum(weighted, attributes.dim as number, true), y!)) };
    },
  },
  {
    kernelName: 'Sum',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { axis }) => ({ x: () => repeatedOver(dy as Tensor, x!, axis as number | number[] | undefined) }),
  },
  {
    kernelName: 'Mean',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { axis }) => ({
      x: () => div(repeatedOver(dy as Tensor, x!, axis as number | number[] | undefined), x!.size / (dy as Tensor).size),
    }),
  },
  { kernelName: 'Reshape', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => reshape(dy as Tensor, x!.shape) }) },
  {
    kernelName: 'Transpose',
    gradFunc: (dy, _, { perm }) => ({
      x: () => transpose(dy as Tensor, backend_util.getUndoAxesPermutation(perm as number[])),
    }),
  },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc(dy, inputs, { axis }) {
      const sizes = inputs.map(({ shape }) => shape[axis as number]!);
      const parts = split(dy as Tensor, sizes, axis as number);
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  },
  {
    kernelName: 'Slice',
    inputsToSave: ['x'],
    gradFunc(dy, [x], attributes) {
      const begin = attributes.begin as number[];
      const around = begin.map((start, i): Pair => [start, x!.shape[i]! - start - (dy as Tensor).shape[i]!]);
      return { x: () => pad(dy as Tensor, around) };
    },
  },
  {
    kernelName: 'PadV2',
    inputsToSave: ['x'],
    gradFunc(dy, [x], attributes) {
      const begin = (attributes.paddings as Pair[]).map(([before]) => before);
      return { x: () => slice(dy as Tensor, begin, x!.shape) };
    },
  },
];

/** Once a process, when its backend is open: some bring gradients of their own, and these shall be the same on every backend. */
export function registerGradients(): void {
  for (const gradient of [...GRADIENTS, ...NETWORK_GRADIENTS]) registerGradient(gradient);
}
