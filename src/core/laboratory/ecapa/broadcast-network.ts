// The bottom-up broadcast network (Liu et al. 2021): three modules of convolutions of several sizes, each of which reads what all before it gave. It takes the
// spectrogram as it is.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { conv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense } from '../../nn/tfjs/network/dense.ts';
import type { Net, Network } from '../../nn/tfjs/network/net.ts';
import { concat, relu, type Tensor4D } from '../../nn/tfjs/network/ops.ts';
import { averagePool2d, globalAveragePool2d, maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';

const FILTERS = 32;
const N_MODULES = 3;
/** Frames that the first pooling makes one of. */
const FRAMES = 4;

/** @param options narrowing: all widths divided by this */
export const broadcastNetwork: NetworkMaker = ({ narrowing = 1 }, nClasses): Network => {
  const filters = FILTERS / Number(narrowing);
  return {
    forward(net, x) {
      const first = batchNorm(net, 'shallow.norm', conv2d(net, 'shallow', x, { filters, kernel: 3 }));
      let known: Tensor4D = maxPool2d(relu(first), [1, FRAMES]); // [n x 48 x 43 x 32]
      for (let i = 1; i <= N_MODULES; i++) known = concat([known, broadcast(net.within(`module${i}`), known, filters)], 3);
      const joined = averagePool2d(convolved(net, 'transition', known, filters, 1), 2); // [n x 24 x 21 x 32]
      const features = globalAveragePool2d(relu(batchNorm(net, 'features', joined)));
      return dense(net, 'classes', features, { units: nClasses });
    },
  };
};

/** Four ways of other sizes side by side, [n x height x width x 4 filters]. */
function broadcast(net: Net, x: Tensor4D, filters: number): Tensor4D {
  const narrow = convolved(net, 'one', x, filters, 1);
  const middle = convolved(net, 'three.wide', convolved(net, 'three', x, filters, 1), filters, 3);
  const wide = convolved(net, 'five.wide', convolved(net, 'five', x, filters, 1), filters, 5);
  const largest = convolved(net, 'pooled', maxPool2d(x, 3, { stride: 1, padding: 1 }), filters, 1);
  return concat([narrow, middle, wide, largest], 3);
}

/** Normalization, activation, convolution. */
function convolved(net: Net, name: string, x: Tensor4D, filters: number, kernel: number): Tensor4D {
  return conv2d(net, name, relu(batchNorm(net, `${name}.norm`, x)), { filters, kernel, initializer: 'heNormal' });
}
