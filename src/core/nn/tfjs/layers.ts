// The layers that both networks are made of. Activations stand channels first, [nChannels x nWindows x nFrames], so that PyTorch's
// weights [nOut x nIn x kernel] multiply them from the left as they are.
import {
  add,
  concat,
  customGrad,
  type GradSaveFunc,
  matMul,
  mean,
  mul,
  pad,
  reshape,
  rsqrt,
  slice,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  transpose,
} from '@tensorflow/tfjs-core';

/** Tensors by the names that model.json gives them. */
export type Weights = Readonly<Record<string, Tensor>>;

/** PyTorch's default of nn.BatchNorm1d. */
const BATCH_NORM_EPSILON = 1e-5;
/** Keeps the deviation of a constant differentiable; the same number as in training/classifier. */
const VARIANCE_FLOOR = 1e-5;

const productWithGradients = customGrad((...inputs) => {
  const [a, b, save] = inputs as [Tensor2D, Tensor2D, GradSaveFunc];
  save([a, b]);
  return {
    value: matMul<Tensor>(a, b),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [left, right] = saved as [Tensor2D, Tensor2D];
      return [matMul(dy as Tensor2D, transpose(right)), matMul(transpose(left), dy as Tensor2D)];
    },
  };
});

/** a b, [m x k] times [k x n]. WebAssembly multiplies transposed matrices ten times slower than it transposes them first. */
export function product(a: Tensor2D, b: Tensor2D): Tensor2D {
  return productWithGradients(a, b) as Tensor2D;
}

/** The same where b is data that nobody wants a gradient of. */
export function productWithData(a: Tensor2D, b: Tensor2D): Tensor2D {
  const multiply = customGrad((...inputs) => {
    const [weights, save] = inputs as [Tensor2D, GradSaveFunc];
    save([b]);
    return {
      value: matMul<Tensor>(weights, b),
      gradFunc: (dy: Tensor, saved: Tensor[]) => matMul(dy as Tensor2D, transpose(saved[0] as Tensor2D)),
    };
  });
  return multiply(a) as Tensor2D;
}

/** A tensor of the network as the matrix [nOut x rest]. @throws Error when model.json does not name it */
export function matrix(weights: Weights, name: string): Tensor2D {
  const tensor = named(weights, name);
  return reshape(tensor, [tensor.shape[0]!, tensor.size / tensor.shape[0]!]);
}

/** A vector of the network that is added to, or multiplied with, every column: [n x 1], or [n x 1 x 1]. */
export function column(weights: Weights, name: string, rank: 2 | 3 = 2): Tensor {
  const tensor = named(weights, name);
  return reshape(tensor, rank === 2 ? [tensor.size, 1] : [tensor.size, 1, 1]);
}

function named(weights: Weights, name: string): Tensor {
  const tensor = weights[name];
  if (!tensor) throw new Error(`the network has no tensor named ${name}`);
  return tensor;
}

/** All frames of all windows side by side: [nChannels x nWindows * nFrames]. */
export function flat(x: Tensor3D): Tensor2D {
  return reshape(x, [x.shape[0], x.shape[1] * x.shape[2]]);
}

/** weights x for every frame: [nIn x nWindows x nFrames] to [nOut x nWindows x nFrames]. */
export function pointwise(weights: Tensor2D, x: Tensor3D): Tensor3D {
  return reshape(product(weights, flat(x)), [weights.shape[0], x.shape[1], x.shape[2]]);
}

/**
 * nn.Conv1d over time with padding kernel / 2, as shifted slices and one matrix product: no backend here has a gradient for it.
 * @param weights [nOut x nIn x kernel], odd kernel
 */
export function convolve(weights: Tensor3D, x: Tensor3D): Tensor3D {
  const [nOut, nIn, kernel] = weights.shape;
  const [, nWindows, nFrames] = x.shape;
  const padded = pad(x, [
    [0, 0],
    [0, 0],
    [(kernel - 1) / 2, (kernel - 1) / 2],
  ]);
  const shifted = Array.from({ length: kernel }, (_, k) => slice(padded, [0, 0, k], [nIn, nWindows, nFrames]));
  const taps = reshape(transpose(weights, [0, 2, 1]), [nOut, kernel * nIn]) as Tensor2D;
  return pointwise(taps, concat(shifted, 0));
}

/** nn.BatchNorm1d with its learned statistics, channel by channel; `rank` is x's. */
export function batchNorm<T extends Tensor>(weights: Weights, name: string, x: T, rank: 2 | 3): T {
  const scale = mul(
    column(weights, `${name}.weight`, rank),
    rsqrt(add(column(weights, `${name}.running_var`, rank), BATCH_NORM_EPSILON)),
  );
  return add(mul(sub(x, column(weights, `${name}.running_mean`, rank)), scale), column(weights, `${name}.bias`, rank)) as T;
}

/** Mean and deviation over time: twice [nChannels x nWindows x 1]. */
export function statistics(x: Tensor3D): { mean: Tensor3D; deviation: Tensor3D } {
  const centre = mean<Tensor3D>(x, 2, true);
  return { mean: centre, deviation: sqrt(add(mean<Tensor3D>(square(sub(x, centre)), 2, true), VARIANCE_FLOOR)) };
}

/** sqrt(variance + floor), differentiable everywhere. */
export function deviationOf<T extends Tensor>(variance: T): T {
  return sqrt(add(variance, VARIANCE_FLOOR)) as T;
}
