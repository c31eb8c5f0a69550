// Batch normalization that learns (Ioffe and Szegedy 2015): statistics of the batch while it learns, running ones otherwise.
import {
  add,
  customGrad,
  div,
  type GradSaveFunc,
  mean,
  mul,
  batchNorm as normalize,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { Net } from './net.ts';

export interface BatchNormOptions {
  /** How much of the running statistics a step keeps (PyTorch's momentum is one minus this). */
  momentum?: number;
  epsilon?: number;
  /** False without a factor and a shift of its own. */
  isAffine?: boolean;
}

/** PyTorch's defaults. */
const MOMENTUM = 0.9;
const EPSILON = 1e-5;

/** Over the last axis of x, whatever its rank: NAME.gamma, NAME.beta, and running NAME.mean and NAME.variance, all [nChannels]. */
export function batchNorm<T extends Tensor>(net: Net, name: string, x: T, options: BatchNormOptions = {}): T {
  const { momentum = MOMENTUM, epsilon = EPSILON, isAffine = true } = options;
  const shape = [x.shape.at(-1)!];
  const running = { mean: net.running(`${name}.mean`, shape, 'zeros'), variance: net.running(`${name}.variance`, shape, 'ones') };
  const gamma = isAffine ? net.weight(`${name}.gamma`, shape, 'ones') : null;
  const beta = isAffine ? net.weight(`${name}.beta`, shape, 'zeros') : null;
  const rows = reshape(x, [x.size / shape[0]!, shape[0]!]) as Tensor2D;
  const y = net.isLearning ? byBatch(rows, running, momentum, epsilon) : byRunning(rows, running, epsilon);
  const scaled = gamma && beta ? add(mul(y, gamma), beta) : y;
  return reshape(scaled, x.shape) as T;
}

interface Statistics {
  mean: Variable;
  variance: Variable;
}

function byRunning(rows: Tensor2D, { mean: centre, variance }: Statistics, epsilon: number): Tensor {
  return mul(sub(rows, centre), rsqrt(add(variance, epsilon)));
}

/** One function with a gradient written out, because a chain of operations would keep the activations five times. */
function byBatch(rows: Tensor2D, running: Statistics, momentum: number, epsilon: number): Tensor {
  const [n] = rows.shape;
  const apply = customGrad((...inputs) => {
    const [x, save] = inputs as [Tensor2D, GradSaveFunc];
    const centre = mean<Tensor1D>(x, 0);
    const variance = mean<Tensor1D>(square(sub(x, centre)), 0);
    follow(running, centre, variance, n, momentum);
    const value = normalize(x, centre, variance, undefined, undefined, epsilon);
    const inverse = rsqrt(add(variance, epsilon));
    save([value, inverse]);
    return {
      value: value as Tensor,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, factor] = saved as [Tensor2D, Tensor1D];
        const along = div(sum(mul(dy, y), 0), n);
        return mul(sub(sub(dy, div(sum(dy, 0), n)), mul(y, along)), factor);
      },
    };
  });
  return apply(rows);
}

/** The running variance is that of a sample: n / (n - 1) of the batch's, as in PyTorch and in TensorFlow's fused kernel. */
function follow(running: Statistics, centre: Tensor, variance: Tensor, n: number, momentum: number): void {
  tidy(() => {
    const unbiased = mul(variance, n / Math.max(1, n - 1));
    running.mean.assign(add(mul(running.mean, momentum), mul(centre, 1 - momentum)));
    running.variance.assign(add(mul(running.variance, momentum), mul(unbiased, 1 - momentum)));
  });
}
