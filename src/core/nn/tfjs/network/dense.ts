// Layers over features [n x nIn]: dense, dropout, flattening.
import { add, mul, reshape, type Tensor, type Tensor2D, tensor } from '@tensorflow/tfjs-core';
import { product } from '../layers.ts';
import type { Initializer } from './initializers.ts';
import type { Net, Penalty } from './net.ts';

export interface DenseOptions {
  units: number;
  hasBias?: boolean;
  initializer?: Initializer;
  penalty?: Penalty;
}

/** x [... x nIn] to [... x units]: NAME.kernel [nIn x units] and NAME.bias [units]. */
export function dense<T extends Tensor>(net: Net, name: string, x: T, options: DenseOptions): T {
  const { units, hasBias = true, initializer = 'glorotUniform', penalty } = options;
  const nIn = x.shape.at(-1)!;
  const kernel = net.weight(`${name}.kernel`, [nIn, units], initializer, penalty) as unknown as Tensor2D;
  const rows = product(reshape(x, [x.size / nIn, nIn]) as Tensor2D, kernel);
  const y = hasBias ? add(rows, net.weight(`${name}.bias`, [units], 'zeros')) : rows;
  return reshape(y, [...x.shape.slice(0, -1), units]) as T;
}

/** [n x all the rest], in the order of the axes. */
export function flatten(x: Tensor): Tensor2D {
  return reshape(x, [x.shape[0]!, x.size / x.shape[0]!]);
}

/** While the network learns, this share of the values is 0 and the others grow for it (Srivastava et al. 2014). */
export function dropout<T extends Tensor>(net: Net, name: string, x: T, share: number): T {
  if (!net.isLearning || share === 0) return x;
  const random = net.random(name);
  const kept = 1 / (1 - share);
  const mask = Float32Array.from({ length: x.size }, () => (random.next() < share ? 0 : kept));
  return mul(x, tensor(mask, x.shape)) as T;
}
