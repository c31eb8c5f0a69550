// The four networks of "Source separation and depthwise separable convolutions for computer audition" (Mersy and Kuan 2021): two convolutions,
// plain or depthwise separable, each with max pooling and batch normalization.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { type ConvolutionOptions, conv2d, separableConv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense, dropout, flatten } from '../../nn/tfjs/network/dense.ts';
import type { Net, Network } from '../../nn/tfjs/network/net.ts';
import { relu, type Tensor4D } from '../../nn/tfjs/network/ops.ts';
import { maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';

/** Sizes of our own: those of the paper are not known here. */
const FILTERS = [8, 16] as const;
const KERNEL = 3;
const POOL = 4;
const PENALTY = { l1: 1e-5, l2: 1e-4 };
const DROPOUT = 0.5;

/** @param options isSeparable: depthwise separable convolutions instead of plain ones; dropout: another share than the paper's */
export const stemsCnn: NetworkMaker = ({ isSeparable, dropout: share = DROPOUT }, nClasses): Network => {
  const convolve = isSeparable === true ? separableConv2d : conv2d;
  const block = (net: Net, name: string, x: Tensor4D, filters: number): Tensor4D => {
    const options: ConvolutionOptions = { filters, kernel: KERNEL, padding: 'valid', penalty: PENALTY };
    // Behind the pooling, where there are fewer values: the larger of two rectified values is the rectified larger one.
    const pooled = relu(maxPool2d(convolve(net, name, x, options), POOL));
    return batchNorm(net, `${name}.norm`, pooled);
  };
  return {
    forward(net, x) {
      // x [n x 128 x 458 x 1 or 3]
      const first = block(net, 'first', x, FILTERS[0]); // [n x 31 x 114 x 8]
      const second = block(net, 'second', first, FILTERS[1]); // [n x 7 x 28 x 16]
      const features = dropout(net, 'dropout', flatten(second), Number(share)); // [n x 3136]
      return dense(net, 'classes', features, { units: nClasses, penalty: PENALTY });
    },
  };
};
