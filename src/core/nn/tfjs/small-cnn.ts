// The small network for training from scratch, equal to ScratchCnn in training/classifier/scratch_cnn.py: three convolutions over
// time, halved by their maximum after the first two, mean and deviation over time, a linear embedding.
import { add, concat, div, maximum, relu, reshape, slice, type Tensor2D, type Tensor3D, transpose } from '@tensorflow/tfjs-core';
import { column, convolve, matrix, product, statistics, type Weights } from './layers.ts';

const N_BLOCKS = 3;

/** Mel spectrograms [nWindows x nFrames x 128], dB -80..0, channels first and about -2..2. */
export function smallCnnFrames(frames: Tensor3D): Tensor3D {
  return div(add(transpose(frames, [2, 0, 1]), 40), 20);
}

/** [128 x nWindows x nFrames] to embeddings [96 x nWindows]. */
export function embedSmallCnnFrames(weights: Weights, data: Tensor3D): Tensor2D {
  let x = data;
  for (let i = 0; i < N_BLOCKS; i++) {
    const convolved = convolve(weights[`blocks.${i}.weight`] as Tensor3D, x);
    x = relu(add<Tensor3D>(convolved, column(weights, `blocks.${i}.bias`, 3)));
    if (i < N_BLOCKS - 1) x = halve(x);
  }
  const { mean, deviation } = statistics(x);
  const pooled = reshape(concat([mean, deviation], 0), [2 * x.shape[0], x.shape[1]]) as Tensor2D;
  return add(product(matrix(weights, 'project.weight'), pooled), column(weights, 'project.bias'));
}

/** nn.MaxPool1d(2): the larger of each two frames; an odd last one is left out. */
function halve(x: Tensor3D): Tensor3D {
  const [nChannels, nWindows, nFrames] = x.shape;
  const half = Math.floor(nFrames / 2);
  const even = slice(x, [0, 0, 0], [nChannels, nWindows, 2 * half]);
  const pairs = reshape(even, [nChannels, nWindows, half, 2]);
  const side = (i: number): Tensor3D =>
    reshape(slice(pairs, [0, 0, 0, i], [nChannels, nWindows, half, 1]), [nChannels, nWindows, half]);
  return maximum(side(0), side(1));
}
