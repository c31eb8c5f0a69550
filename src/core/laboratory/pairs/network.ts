// A small network that says which of two genres two seconds are of: two convolutions of 5 x 5, each with maxima of 2 x 2, and one logit.
import { conv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense, flatten } from '../../nn/tfjs/network/dense.ts';
import type { Network } from '../../nn/tfjs/network/net.ts';
import { relu } from '../../nn/tfjs/network/ops.ts';
import { maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';

/** Sizes of our own: those of the paper are not known here. */
export const PAIR_FILTERS = [8, 16] as const;
const KERNEL = 5;
const POOL = 2;

export const pairNetwork: NetworkMaker = (): Network => ({
  forward(net, x) {
    // x [n x 64 x 173 x 1]. Rectified behind the pooling, where there are fewer values: the result is the same.
    const first = relu(maxPool2d(conv2d(net, 'first', x, { filters: PAIR_FILTERS[0], kernel: KERNEL, padding: 'valid' }), POOL)); // [n x 30 x 84 x 8]
    const second = relu(
      maxPool2d(conv2d(net, 'second', first, { filters: PAIR_FILTERS[1], kernel: KERNEL, padding: 'valid' }), POOL),
    ); // [n x 13 x 40 x 16]
    return dense(net, 'second genre', flatten(second), { units: 1 }); // [n x 8320] to [n x 1]; the loss has the sigmoid
  },
});
