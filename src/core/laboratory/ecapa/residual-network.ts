// ResNet18, ResNet34 (He et al. 2016) and SE-ResNet34 (Hu et al. 2018) on a spectrogram as one picture, with the changes of Heo et al. 2023: activation before
// normalization in front and in the first half of a block, and a stride in the first stage too.
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { conv2d } from '../../nn/tfjs/network/convolution.ts';
import { dense } from '../../nn/tfjs/network/dense.ts';
import type { Net, Network } from '../../nn/tfjs/network/net.ts';
import { add, elu, mul, relu, reshape, sigmoid, type Tensor4D } from '../../nn/tfjs/network/ops.ts';
import { globalAveragePool2d, maxPool2d } from '../../nn/tfjs/network/pooling.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';
import { standardBands } from './spectrogram-input.ts';

const WIDTHS = [64, 128, 256, 512] as const;
/** A gate's inner layer has so many times fewer units than there are channels. */
const REDUCTION = 8;
const INITIALIZER = 'heNormal';

/** @param options nBlocks: of each of the four stages; hasGates: squeeze and excitation; narrowing: all widths divided by this (1, 2, 4 or 8) */
export const residualNetwork: NetworkMaker = ({ nBlocks, hasGates, narrowing = 1 }, nClasses): Network => {
  const widths = WIDTHS.map((width) => width / Number(narrowing));
  const stages = nBlocks as readonly number[];
  return {
    forward(net, x) {
      const options = { filters: widths[0]!, kernel: 7, stride: 2, padding: 'valid', initializer: INITIALIZER } as const;
      const first = batchNorm(net, 'first.norm', relu(conv2d(net, 'first', standardBands(x), options))); // [n x 21 x 84 x 64]
      let h = maxPool2d(first, 3, { stride: 2 }); // [n x 10 x 41 x 64]
      for (const [stage, n] of stages.entries())
        for (let i = 0; i < n; i++)
          h = block(net.within(`stage${stage + 1}.block${i + 1}`), h, widths[stage]!, i === 0 ? 2 : 1, hasGates === true);
      return dense(net, 'classes', globalAveragePool2d(h), { units: nClasses });
    },
  };
};

/** Two convolutions of 3 x 3 and a way around, which is a convolution where the size changes. */
function block(net: Net, x: Tensor4D, filters: number, stride: number, hasGate: boolean): Tensor4D {
  const options = { filters, kernel: 3, padding: 1, hasBias: false, initializer: INITIALIZER } as const;
  const first = batchNorm(net, 'first.norm', relu(conv2d(net, 'first', x, { ...options, stride })));
  const second = batchNorm(net, 'second.norm', conv2d(net, 'second', first, options));
  return relu(add(hasGate ? gated(net, second) : second, stride === 1 ? x : shortcut(net, x, filters, stride)));
}

function shortcut(net: Net, x: Tensor4D, filters: number, stride: number): Tensor4D {
  const y = conv2d(net, 'around', x, {
    filters,
    kernel: 1,
    stride,
    padding: 'valid',
    hasBias: false,
    initializer: INITIALIZER,
  });
  return batchNorm(net, 'around.norm', y);
}

/** Every channel times a number between 0 and 1 that follows from all channels' means. */
function gated(net: Net, x: Tensor4D): Tensor4D {
  const [n, , , nChannels] = x.shape;
  const squeezed = elu(dense(net, 'squeeze', globalAveragePool2d(x), { units: Math.max(1, Math.floor(nChannels / REDUCTION)) }));
  const gates = sigmoid(dense(net, 'excite', squeezed, { units: nChannels }));
  return mul(x, reshape(gates, [n, 1, 1, nChannels]));
}
