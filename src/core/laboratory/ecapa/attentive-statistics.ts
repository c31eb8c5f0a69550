// Attentive statistics pooling with global context (Desplanques et al. 2020, section 3.1): a mean and a deviation over time, in which every channel weighs the
// frames for itself.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { dense } from '../../nn/tfjs/network/dense.ts';
import type { Net } from '../../nn/tfjs/network/net.ts';
import {
  add,
  concat,
  maximum,
  mean,
  mul,
  relu,
  reshape,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tanh,
  transpose,
} from '../../nn/tfjs/network/ops.ts';

/** Below it a variance counts as this: a channel that stands still has no slope otherwise. */
const VARIANCE_FLOOR = 1e-4;

/** x [n x nFrames x nChannels] to [n x 2 nChannels]. @param nAttention channels that the weights are computed through */
export function attentiveStatistics(net: Net, name: string, x: Tensor3D, nAttention: number): Tensor2D {
  const own = net.within(name);
  const [, , nChannels] = x.shape;
  const hidden = tanh(batchNorm(own, 'norm', relu(inContext(own, x, nAttention))));
  const scores = dense(own, 'score', hidden, { units: nChannels });
  const weights = transpose(softmax(transpose(scores, [0, 2, 1])), [0, 2, 1]);
  const centre = sum<Tensor2D>(mul(weights, x), 1);
  const variance = sub<Tensor2D>(sum<Tensor2D>(mul(weights, square(x)), 1), square(centre));
  return concat<Tensor2D>([centre, rootOf(variance)], 1);
}

/**
 * A dense layer of [x; mean; deviation], the same in every frame for the latter two: their kernels are parts of the published one
 * [3 nChannels x nAttention].
 */
function inContext(net: Net, x: Tensor3D, nAttention: number): Tensor3D {
  const [n, nFrames] = x.shape;
  const centre = mean<Tensor3D>(x, 1, true);
  const variance = mul<Tensor3D>(mean<Tensor3D>(square(sub(x, centre)), 1, true), nFrames / Math.max(1, nFrames - 1));
  const context = add(
    dense(net, 'mean', flat(centre), { units: nAttention }),
    dense(net, 'deviation', flat(rootOf(variance)), { units: nAttention, hasBias: false }),
  );
  return add(dense(net, 'frame', x, { units: nAttention, hasBias: false }), reshape(context, [n, 1, nAttention]));
}

function flat(x: Tensor3D): Tensor2D {
  return reshape(x, [x.shape[0], x.shape[2]]);
}

function rootOf<T extends Tensor>(variance: T): T {
  return sqrt(maximum(variance, VARIANCE_FLOOR)) as T;
}
