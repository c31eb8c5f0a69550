// The loss of a classification, with its gradient written out: the same on every backend, and safe for large logits.
import {
  customGrad,
  div,
  exp,
  type GradSaveFunc,
  log,
  max,
  mul,
  neg,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Log-probabilities of logits [n x nGenres], row by row. */
export function logSoftmax(logits: Tensor2D): Tensor2D {
  const shifted = sub(logits, max(logits, 1, true));
  return sub(shifted, log(sum(exp(shifted), 1, true))) as Tensor2D;
}

/** Mean cross-entropy of logits [n x nGenres] against target probabilities [n x nGenres], whose rows sum to one; nats. */
export function crossEntropy(logits: Tensor2D, targets: Tensor2D): Scalar {
  const loss = customGrad((...inputs) => {
    const [x, save] = inputs as [Tensor2D, GradSaveFunc];
    const logProbabilities = logSoftmax(x);
    save([logProbabilities]);
    const n = x.shape[0];
    return {
      value: neg(div(sum(mul(targets, logProbabilities)), n)) as Tensor,
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(dy, div(sub(exp(saved[0]!), targets), n)),
    };
  });
  return loss(logits) as Scalar;
}
