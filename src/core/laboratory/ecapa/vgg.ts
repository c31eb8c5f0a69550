// VGG (Simonyan and Zisserman 2015, configuration C) on a spectrogram as one picture, as Heo et al. 2023 compare with;
// without the activation that their program has behind the last layer, which would let a class have no gradient.
import { conv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense, flatten } from '../../nn/tfjs/network/dense.ts';
import type { Network } from '../../nn/tfjs/network/net.ts';
import { relu, type Tensor4D } from '../../nn/tfjs/network/ops.ts';
import { maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';
import { standardBands } from './spectrogram-input.ts';

/** Channels of the five blocks, and the heights and widths of their kernels. */
const BLOCKS = [
  { filters: 64, kernels: [3, 3] },
  { filters: 128, kernels: [3, 3] },
  { filters: 256, kernels: [3, 3, 1] },
  { filters: 512, kernels: [3, 3, 1] },
  { filters: 512, kernels: [3, 3, 1] },
] as const;
const UNITS = 4096;
const INITIALIZER = 'heNormal';

/** @param options narrowing: all widths divided by this */
export const vgg: NetworkMaker = ({ narrowing = 1 }, nClasses): Network => {
  const share = (width: number): number => width / Number(narrowing);
  return {
    forward(net, x) {
      let h: Tensor4D = standardBands(x);
      for (const [b, { filters, kernels }] of BLOCKS.entries()) {
        for (const [i, kernel] of kernels.entries()) {
          const y = conv2d(net, `block${b + 1}.convolution${i + 1}`, h, {
            filters: share(filters),
            kernel,
            initializer: INITIALIZER,
          });
          // Behind the pooling, where there are fewer values: the larger of two rectified values is the rectified larger one.
          h = i + 1 < kernels.length ? relu(y) : relu(maxPool2d(y, 2));
        }
      }
      const hidden = ['dense1', 'dense2'].reduce(
        (features, name) => relu(dense(net, name, features, { units: share(UNITS), initializer: INITIALIZER })),
        flatten(h),
      );
      return dense(net, 'classes', hidden, { units: nClasses });
    },
  };
};
