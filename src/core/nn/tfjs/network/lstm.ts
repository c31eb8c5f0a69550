// A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) over sequences.
import { add, mul, sigmoid, slice, stack, type Tensor2D, type Tensor3D, tanh, unstack, zeros } from '@tensorflow/tfjs-core';
import { product } from '../layers.ts';
import { dense } from './dense.ts';
import type { Net, Penalty } from './net.ts';

/**
 * x [n x nSteps x nIn] to every step's state [n x nSteps x units]. Gates stand in PyTorch's order (input, forget, cell, output): NAME.input.kernel
 * [nIn x 4 units], NAME.recurrent.kernel [units x 4 units], a bias each. The penalty is that of both kernels.
 */
export function lstm(net: Net, name: string, x: Tensor3D, units: number, penalty?: Penalty): Tensor3D {
  const own = net.within(name);
  const inputs = unstack(dense(own, 'input', x, { units: 4 * units, ...(penalty && { penalty }) }), 1) as Tensor2D[];
  const kernel = own.weight('recurrent.kernel', [units, 4 * units], 'orthogonal', penalty) as unknown as Tensor2D;
  const bias = own.weight('recurrent.bias', [4 * units], 'zeros');
  const n = x.shape[0];
  let state: Tensor2D = zeros([n, units]);
  let cell: Tensor2D = zeros([n, units]);
  const states = inputs.map((input) => {
    const gates = add(input, add(product(state, kernel), bias)) as Tensor2D;
    const part = (i: number): Tensor2D => slice(gates, [0, i * units], [n, units]);
    // c = f c + i g; h = o tanh(c)
    cell = add(mul(sigmoid(part(1)), cell), mul(sigmoid(part(0)), tanh(part(2))));
    state = mul(sigmoid(part(3)), tanh(cell));
    return state;
  });
  return stack(states, 1) as Tensor3D;
}
