// The convolutional-recurrent network and its variants: convolutions that take the frequencies together, a recurrent layer over what is left of time, and
// the classes from its last state.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { conv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense, dropout } from '../../nn/tfjs/network/dense.ts';
import { lstm } from '../../nn/tfjs/network/lstm.ts';
import type { Net, Network, Penalty } from '../../nn/tfjs/network/net.ts';
import { relu, reshape, type Tensor3D, type Tensor4D, transpose } from '../../nn/tfjs/network/ops.ts';
import { maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import { gru, lastStep } from '../../nn/tfjs/network/recurrent.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';

/** Sizes of our own: those of the paper are not known here. */
const KERNEL = 3;
const UNITS = 32;
const DROPOUT = 0.3;
const L2 = 1e-3;

interface Block {
  filters: number;
  /** Mel bands and frames that become one. */
  pool: readonly [number, number];
}

/** By the number of convolutions; every one leaves a sixteenth of the frames, so that the recurrent layers hear the same time. */
const BLOCKS: Record<number, readonly Block[]> = {
  4: [
    { filters: 8, pool: [4, 2] },
    { filters: 16, pool: [4, 2] },
    { filters: 32, pool: [4, 2] },
    { filters: 32, pool: [2, 2] },
  ],
  3: [
    { filters: 8, pool: [4, 2] },
    { filters: 16, pool: [4, 2] },
    { filters: 32, pool: [4, 4] },
  ],
  2: [
    { filters: 8, pool: [4, 4] },
    { filters: 16, pool: [8, 4] },
  ],
};

/** @param options nConvolutions: 2, 3 or 4; recurrent: 'lstm' or 'gru'; usesL2; dropout: another share than ours */
export const divideAndConquer: NetworkMaker = (options, nClasses): Network => {
  const { nConvolutions = 4, recurrent = 'lstm', usesL2 = false, dropout: share = DROPOUT } = options;
  const penalty: { penalty?: Penalty } = usesL2 === true ? { penalty: { l2: L2 } } : {};
  const block = (net: Net, name: string, x: Tensor4D, { filters, pool }: Block): Tensor4D => {
    // Rectified behind the pooling, where there are fewer values: the result is the same.
    const pooled = relu(maxPool2d(conv2d(net, name, x, { filters, kernel: KERNEL, ...penalty }), pool));
    return batchNorm(net, `${name}.norm`, pooled);
  };
  return {
    forward(net, x) {
      // x [n x 128 x nFrames x 1]
      const blocks = BLOCKS[Number(nConvolutions)]!;
      const features = blocks.reduce((h, each, i) => block(net, `block${i + 1}`, h, each), x);
      // [n x 1, 2 or 4 x nFrames / 16 x nFilters] to [n x nFrames / 16 x 32 or 64]
      const sequence = sequenceOf(features);
      const states = recurrent === 'gru' ? gru(net, 'gru', sequence, UNITS) : lstm(net, 'lstm', sequence, UNITS, penalty.penalty);
      return dense(net, 'classes', dropout(net, 'dropout', lastStep(states), Number(share)), { units: nClasses, ...penalty });
    },
  };
};

/** [n x height x nSteps x nChannels] to [n x nSteps x (height x nChannels)] */
function sequenceOf(x: Tensor4D): Tensor3D {
  const [n, height, nSteps, nChannels] = x.shape;
  return reshape(transpose(x, [0, 2, 1, 3]), [n, nSteps, height * nChannels]);
}
