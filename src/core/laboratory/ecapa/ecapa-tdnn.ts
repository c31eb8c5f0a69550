// ECAPA-TDNN (Desplanques et al. 2020) for genres, with convolution channel separation and frequency sub-band aggregation (Heo et al. 2023;
// sizes that the paper leaves open are those of its authors' program).
import { batchNorm } from '../../nn/tfjs/network/batch-norm.ts';
import { conv1d } from '../../nn/tfjs/network/convolution.ts';
import { dense } from '../../nn/tfjs/network/dense.ts';
import type { Net, Network } from '../../nn/tfjs/network/net.ts';
import { add, concat, relu, slice, type Tensor2D, type Tensor3D } from '../../nn/tfjs/network/ops.ts';
import type { NetworkMaker } from '../networks/network-maker.ts';
import { attentiveStatistics } from './attentive-statistics.ts';
import { seRes2Block } from './se-res2-block.ts';
import { centredBands } from './spectrogram-input.ts';

const DILATIONS = [2, 3, 4] as const;
const FRONT_KERNEL = 5;
const KERNEL = 3;
const N_GATE = 128;
const N_ATTENTION = 256;
/** Last-Conv's channels, as a multiple of those of a block: 1,536 of 1,024. */
const LAST = 1.5;
/** Four bands of 18 mels, each 10 above the one before. */
const BANDS = [0, 10, 20, 30] as const;
const BAND_MELS = 18;

/** Channels of every block: those that stop here and those that go on. */
interface Widths {
  nStop: number;
  nContinue: number;
  nGate: number;
}

/** What the blocks give: continue channels [n x nFrames x 3 nContinue], stop channels [n x nFrames x 3 nStop]. */
interface Streams {
  onward: Tensor3D;
  stopped: Tensor3D | null;
}

/**
 * @param options nStop, nContinue: channels of a block (0 and 1,024 without separation); isByBands: four bands with a quarter of the channels each;
 * narrowing: all widths divided by this (1, 2, 4, 8 or 16)
 */
export const ecapaTdnn: NetworkMaker = ({ nStop, nContinue, isByBands, narrowing = 1 }, nClasses): Network => {
  const share = (width: number): number => width / Number(narrowing);
  const [s, c, nGate] = [share(Number(nStop)), share(Number(nContinue)), share(N_GATE)];
  return {
    forward(net, x) {
      const mels = centredBands(x); // [n x nFrames x 48]
      const frames =
        isByBands === true
          ? aggregatedBands(net, mels, { nStop: s / BANDS.length, nContinue: c / BANDS.length, nGate }, LAST * c)
          : aggregated(net, mels, { nStop: s, nContinue: c, nGate }, LAST * (s + c));
      const pooled = attentiveStatistics(net, 'pooling', frames, share(N_ATTENTION));
      const logits = dense(net, 'classes', batchNorm(net, 'pooling.pooled', pooled), { units: nClasses });
      return batchNorm(net, 'classes.norm', logits) as Tensor2D;
    },
  };
};

/** Fst-Conv and the blocks, each of which reads the front and all continue channels before it. */
function streamsOf(net: Net, mels: Tensor3D, { nStop, nContinue, nGate }: Widths): Streams {
  const front = relu(conv1d(net, 'front', mels, { filters: nContinue, kernel: FRONT_KERNEL }));
  let input: Tensor3D = batchNorm(net, 'front.norm', front);
  const [onward, stopped]: [Tensor3D[], Tensor3D[]] = [[], []];
  const [n, nFrames] = mels.shape;
  for (const [i, dilation] of DILATIONS.entries()) {
    const y = seRes2Block(net, `block${i + 1}`, input, { nOut: nStop + nContinue, kernel: KERNEL, dilation, nGate });
    const goesOn = nStop === 0 ? y : slice(y, [0, 0, 0], [n, nFrames, nContinue]);
    if (nStop > 0) stopped.push(slice(y, [0, 0, nContinue], [n, nFrames, nStop]));
    onward.push(goesOn);
    input = add(input, goesOn);
  }
  return { onward: concat(onward, 2), stopped: nStop === 0 ? null : concat(stopped, 2) };
}

/** Last-Conv reads the continue channels; the stop channels go past it. */
function aggregated(net: Net, mels: Tensor3D, widths: Widths, nLast: number): Tensor3D {
  const { onward, stopped } = streamsOf(net, mels, widths);
  const last = relu(dense(net, 'last', onward, { units: nLast }));
  return stopped ? concat([stopped, last], 2) : last;
}

/** Each band has a front and blocks of its own; Last-Conv is a block without width in time over the continue channels of all. */
function aggregatedBands(net: Net, mels: Tensor3D, widths: Widths, nLast: number): Tensor3D {
  const [n, nFrames] = mels.shape;
  const bands = BANDS.map((low, i) =>
    streamsOf(net.within(`band${i + 1}`), slice(mels, [0, 0, low], [n, nFrames, BAND_MELS]), widths),
  );
  const onward = concat(
    bands.map((band) => band.onward),
    2,
  );
  const last = seRes2Block(net, 'last', onward, { nOut: nLast, kernel: 1, dilation: 1, nGate: widths.nGate });
  const stopped = bands.flatMap((band) => (band.stopped ? [band.stopped] : []));
  return concat([last, ...stopped], 2);
}
