// Losses of a batch in which every example has a weight, with their gradients written out: the same on every backend, and safe for large logits.
import {
  abs,
  add,
  customGrad,
  div,
  exp,
  type GradSaveFunc,
  log,
  maximum,
  mul,
  neg,
  type Scalar,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { logSoftmax } from '../cross-entropy.ts';

/**
 * Categorical cross-entropy of logits [n x k] against target probabilities [n x k], nats: each row times its weight [n x 1], summed, and divided by n, as
 * Keras weighs classes.
 */
export function weightedCrossEntropy(logits: Tensor2D, targets: Tensor2D, weights: Tensor2D): Scalar {
  const loss = customGrad((...inputs) => {
    const [x, save] = inputs as [Tensor2D, GradSaveFunc];
    const logProbabilities = logSoftmax(x);
    // What is made inside the function that is differentiated is gone by then, unless it is saved.
    save([logProbabilities, targets, weights]);
    const n = x.shape[0];
    return {
      value: neg(div(sum(mul(mul(targets, weights), logProbabilities)), n)) as Tensor,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [logs, wanted, counts] = saved as [Tensor, Tensor, Tensor];
        return mul(dy, mul(counts, div(sub(exp(logs), wanted), n)));
      },
    };
  });
  return loss(logits) as Scalar;
}

/** Binary cross-entropy of logits [n x 1] against 0 or 1 [n x 1], weighed the same way. */
export function weightedBinaryCrossEntropy(logits: Tensor2D, targets: Tensor2D, weights: Tensor2D): Scalar {
  const loss = customGrad((...inputs) => {
    const [x, save] = inputs as [Tensor2D, GradSaveFunc];
    save([x, targets, weights]);
    const n = x.shape[0];
    // max(x, 0) - x t + log(1 + exp(-|x|))
    const each = add(sub(maximum(x, 0), mul(x, targets)), log(add(exp(neg(abs(x))), 1)));
    return {
      value: div(sum(mul(weights, each)), n) as Tensor,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [z, wanted, counts] = saved as [Tensor, Tensor, Tensor];
        return mul(dy, mul(counts, div(sub(sigmoid(z), wanted), n)));
      },
    };
  });
  return loss(logits) as Scalar;
}
