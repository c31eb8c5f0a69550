// How the networks of this protocol read a spectrogram: as natural logarithms without their mean over time, or also without their deviation.
import {
  add,
  div,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor3D,
  type Tensor4D,
  transpose,
} from '../../nn/tfjs/network/ops.ts';

/** 0..1 stands for 80 dB, which are eight decades of power. */
const NATURAL_LOGS = 8 * Math.log(10);
/** PyTorch's default of nn.InstanceNorm1d. */
const EPSILON = 1e-5;

/** [n x nMels x nFrames x 1], 0..1, to [n x nFrames x nMels]; the mean of every band over time is 0. */
export function centredBands(x: Tensor4D): Tensor3D {
  const [n, nMels, nFrames] = x.shape;
  const frames = transpose(reshape(x, [n, nMels, nFrames]) as Tensor3D, [0, 2, 1]);
  return mul(sub(frames, mean(frames, 1, true)), NATURAL_LOGS);
}

/** The picture as it was, [n x nMels x nFrames x 1]; every band has the mean 0 and the deviation 1 over time. */
export function standardBands(x: Tensor4D): Tensor4D {
  const logs = mul(x, NATURAL_LOGS);
  const centred = sub(logs, mean(logs, 2, true));
  return div(centred, sqrt(add(mean(square(centred), 2, true), EPSILON)));
}
