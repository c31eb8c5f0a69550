// The block of ECAPA-TDNN (Desplanques et al. 2020, section 3.2): a Res2 convolution with holes between two dense layers, a gate a channel, and a way around.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { conv1d } from '../../nn/tfjs/network/convolution.ts';
import { dense } from '../../nn/tfjs/network/dense.ts';
import type { Net } from '../../nn/tfjs/network/net.ts';
import {
  add,
  concat,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  split,
  type Tensor2D,
  type Tensor3D,
} from '../../nn/tfjs/network/ops.ts';

/** Groups of channels in a Res2 convolution. */
const SCALE = 8;

export interface BlockOptions {
  /** At least 8; inside the block, the next multiple of 8 below. */
  nOut: number;
  kernel: number;
  dilation: number;
  /** Channels that the gates are computed through. */
  nGate: number;
}

/** x [n x nFrames x nIn] to [n x nFrames x nOut]. */
export function seRes2Block(net: Net, name: string, x: Tensor3D, { nOut, kernel, dilation, nGate }: BlockOptions): Tensor3D {
  const block = net.within(name);
  const first = pointwise(block, 'first', x, SCALE * Math.floor(nOut / SCALE));
  const scales = pointwise(block, 'last', res2(block, first, kernel, dilation), nOut);
  const around = x.shape[2] === nOut ? x : dense(block, 'around', x, { units: nOut });
  return add(gated(block, scales, nGate), around);
}

/** A dense layer in every frame, rectified, then normalized. */
function pointwise(net: Net, name: string, x: Tensor3D, units: number): Tensor3D {
  return batchNorm(net, `${name}.norm`, relu(dense(net, name, x, { units })));
}

/** Each group but the last goes through a convolution together with what the group before it gave (Gao et al. 2019). */
function res2(net: Net, x: Tensor3D, kernel: number, dilation: number): Tensor3D {
  const groups = split(x, SCALE, 2) as Tensor3D[];
  const outputs: Tensor3D[] = [];
  for (const [i, group] of groups.slice(0, -1).entries()) {
    const before = outputs.at(-1);
    const sum = before ? add<Tensor3D>(group, before) : group;
    const y = relu(conv1d(net, `group${i + 1}`, sum, { filters: group.shape[2], kernel, dilation }));
    outputs.push(batchNorm(net, `group${i + 1}.norm`, y));
  }
  return concat([...outputs, groups.at(-1)!], 2);
}

/** Squeeze and excitation: every channel times a number between 0 and 1 that follows from all channels' means over time. */
function gated(net: Net, x: Tensor3D, nGate: number): Tensor3D {
  const [n, , nChannels] = x.shape;
  const squeezed = relu(dense(net, 'squeeze', mean<Tensor2D>(x, 1), { units: nGate }));
  const gates = sigmoid(dense(net, 'excite', squeezed, { units: nChannels }));
  return mul(x, reshape(gates, [n, 1, nChannels]));
}
