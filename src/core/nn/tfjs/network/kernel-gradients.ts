// The gradients of further kernels, of which the laboratory's networks are made; `../gradients.ts` registers them with its own. Activations
// stand channels last.
import {
  add,
  broadcast_util,
  cast,
  concat,
  div,
  engine,
  equal,
  type GradConfig,
  getBackend,
  matMul,
  mul,
  neg,
  relu,
  reshape,
  sign,
  square,
  stack,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import { convolutionGradients, depthwiseGradients } from './convolution-gradients.ts';

/** Adds up dy over the axes along which an input of this shape was repeated. */
function reducedTo(dy: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, shape);
}

/** The shape of x with 1 along the axes that a reduction took away. */
function reducedShape(x: Tensor, axis: number | number[]): number[] {
  const shape = [...x.shape];
  for (const i of [axis].flat()) shape[(i + shape.length) % shape.length] = 1;
  return shape;
}

/**
 * The same order of values, all of them above zero: WebAssembly's kernel for the gradient of a maximum overlooks windows without one. Its other kernels
 * see the values as they are.
 */
function aboveZero(x: Tensor): Tensor {
  if (getBackend() !== 'wasm') return x;
  // x + 1 from zero on, 1 / (1 - x) below.
  return add(relu(x), div(1, add(relu(neg(x)), 1)));
}

export const NETWORK_GRADIENTS: GradConfig[] = [
  convolutionGradients,
  depthwiseGradients,
  {
    kernelName: 'MaxPool',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () => engine().runKernel('MaxPoolGrad', { dy: dy as Tensor, input: aboveZero(x!), output: y! }, attributes) as Tensor,
    }),
  },
  {
    kernelName: 'AvgPool',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => engine().runKernel('AvgPoolGrad', { dy: dy as Tensor, input: x! }, attributes) as Tensor,
    }),
  },
  {
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc(dy, [a, b], { transposeA, transposeB }) {
      if (transposeA || transposeB)
        throw new Error('transpose first: no gradient is kept for a product with a transposed matrix');
      return {
        a: () => matMul(dy as Tensor2D, swapped(b!)),
        b: () => matMul(swapped(a!), dy as Tensor2D),
      };
    },
  },
  {
    kernelName: 'RealDiv',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => reducedTo(div(dy as Tensor, b!), a!.shape),
      b: () => neg(reducedTo(div(mul(dy as Tensor, a!), square(b!)), b!.shape)),
    }),
  },
  {
    kernelName: 'Sigmoid',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => mul(dy as Tensor, mul(y!, sub(1, y!))) }),
  },
  { kernelName: 'Abs', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => mul(dy as Tensor, sign(x!)) }) },
  { kernelName: 'Cast', gradFunc: (dy) => ({ x: () => cast(dy as Tensor, 'float32') }) },
  { kernelName: 'Neg', gradFunc: (dy) => ({ x: () => neg(dy as Tensor) }) },
  { kernelName: 'Exp', outputsToSave: [true], gradFunc: (dy, [y]) => ({ x: () => mul(dy as Tensor, y!) }) },
  { kernelName: 'Log', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => div(dy as Tensor, x!) }) },
  {
    // exp(x) - 1 below zero, whose slope is one more than it.
    kernelName: 'Elu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => mul(dy as Tensor, sub(mul(sub(1, step(y!)), y!), -1)) }),
  },
  {
    kernelName: 'LeakyRelu',
    inputsToSave: ['x'],
    gradFunc(dy, [x], attributes) {
      const alpha = attributes.alpha as number;
      return { x: () => mul(dy as Tensor, add(mul(step(x!), 1 - alpha), alpha)) };
    },
  },
  {
    // Equal values all count as the largest.
    kernelName: 'Max',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc(dy, [x, y], attributes) {
      const shape = reducedShape(x!, attributes.reductionIndices as number | number[]);
      return { x: () => mul(reshape(dy as Tensor, shape), cast(equal(x!, reshape(y!, shape)), 'float32')) };
    },
  },
  {
    kernelName: 'Unpack',
    gradFunc: (dy, _, { axis }) => ({ value: () => stack(dy as unknown as Tensor[], axis as number) }),
  },
  {
    kernelName: 'Pack',
    saveAllInputs: true,
    gradFunc(dy, inputs, { axis }) {
      const parts = unstack(dy as Tensor, axis as number);
      return Object.fromEntries(inputs.map((_, i) => [i, () => parts[i]!]));
    },
  },
  {
    kernelName: 'SplitV',
    gradFunc: (dy, _, { axis }) => ({ x: () => concat(dy as unknown as Tensor[], axis as number) }),
  },
];

/** The last two axes exchanged. */
function swapped(x: Tensor): Tensor2D {
  const axes = x.shape.map((_, i) => i);
  const last = axes.length - 1;
  [axes[last - 1], axes[last]] = [last, last - 1];
  return transpose(x, axes) as Tensor2D;
}
