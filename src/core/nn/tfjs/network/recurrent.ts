// A gated recurrent unit (Cho et al. 2014) over sequences, with the reset gate behind the recurrent product, as in PyTorch and in Keras'
// `reset_after`.
import { add, mul, sigmoid, slice, stack, sub, type Tensor2D, type Tensor3D, tanh, unstack, zeros } from '@tensorflow/tfjs-core';
import { product } from '../layers.ts';
import { dense } from './dense.ts';
import type { Net } from './net.ts';

/**
 * x [n x nSteps x nIn] to every step's state [n x nSteps x units]. Gates stand in PyTorch's order (reset, update, new): NAME.input.kernel
 * [nIn x 3 units], NAME.recurrent.kernel [units x 3 units], a bias each.
 */
export function gru(net: Net, name: string, x: Tensor3D, units: number): Tensor3D {
  const own = net.within(name);
  const inputs = unstack(dense(own, 'input', x, { units: 3 * units }), 1) as Tensor2D[];
  const kernel = own.weight('recurrent.kernel', [units, 3 * units], 'orthogonal') as unknown as Tensor2D;
  const bias = own.weight('recurrent.bias', [3 * units], 'zeros');
  const n = x.shape[0];
  const part = (gates: Tensor2D, i: number): Tensor2D => slice(gates, [0, i * units], [n, units]);
  let state: Tensor2D = zeros([n, units]);
  const states = inputs.map((input) => {
    const recurrent = add(product(state, kernel), bias) as Tensor2D;
    const reset = sigmoid(add(part(input, 0), part(recurrent, 0)));
    const update = sigmoid(add(part(input, 1), part(recurrent, 1)));
    const fresh = tanh(add(part(input, 2), mul(reset, part(recurrent, 2))));
    // (1 - z) n + z h
    state = add(fresh, mul(update, sub(state, fresh)));
    return state;
  });
  return stack(states, 1) as Tensor3D;
}

/** The last step of a sequence [n x nSteps x units], [n x units]. */
export function lastStep(x: Tensor3D): Tensor2D {
  return unstack(x, 1).at(-1) as Tensor2D;
}
