// The last layers of ECAPA-TDNN (Desplanques et al. 2020, sections 2.1 and 3.1): multi-layer feature aggregation of the continue
// channels, attentive statistics pooling of these and of the stop channels with global context, and the embedding; equal to
// EcapaTdnn.embed_frames in training/classifier/model.py.
import {
  add,
  concat,
  mul,
  relu,
  reshape,
  slice,
  softmax,
  square,
  sub,
  sum,
  type Tensor2D,
  type Tensor3D,
  tanh,
  transpose,
} from '@tensorflow/tfjs-core';
import {
  batchNorm,
  column,
  deviationOf,
  flat,
  matrix,
  pointwise,
  product,
  productWithData,
  statistics,
  type Weights,
} from './layers.ts';

/** The graph's frames [nWindows x nChannels x nFrames], channels first. */
export function ecapaFrames(frames: Tensor3D): Tensor3D {
  return transpose(frames, [1, 0, 2]);
}

/** Frames [nChannels x nWindows x nFrames], stop channels first, to embeddings [192 x nWindows]. */
export function embedEcapaFrames(weights: Weights, data: Tensor3D): Tensor2D {
  const x = aggregate(weights, data);
  const [nChannels, nWindows] = x.shape;
  const attention = softmax(attentionScores(weights, x), 2);
  const mean = sum<Tensor3D>(mul(attention, x), 2, true);
  const deviation = deviationOf(sum<Tensor3D>(mul(attention, square(sub(x, mean))), 2, true));
  const pooled = reshape(concat([mean, deviation], 0), [2 * nChannels, nWindows]) as Tensor2D;
  const projected = product(matrix(weights, 'project.weight'), batchNorm(weights, 'pooled_norm', pooled, 2));
  return batchNorm(weights, 'embedding_norm', add<Tensor2D>(projected, column(weights, 'project.bias')), 2);
}

/** The aggregation reads the continue channels; the stop channels stand before what it says, as they are. */
function aggregate(weights: Weights, data: Tensor3D): Tensor3D {
  const [nChannels, nWindows, nFrames] = data.shape;
  const kernel = matrix(weights, 'aggregate.0.weight');
  const nStop = nChannels - kernel.shape[1];
  const onward = slice(data, [nStop, 0, 0], [kernel.shape[1], nWindows, nFrames]);
  const aggregated = relu(add(productWithData(kernel, flat(onward)), column(weights, 'aggregate.0.bias')));
  const joined = reshape(aggregated, [kernel.shape[0], nWindows, nFrames]) as Tensor3D;
  return nStop === 0 ? joined : concat([slice(data, [0, 0, 0], [nStop, nWindows, nFrames]), joined], 0);
}

/**
 * A score per channel and frame. The context [x; mean; deviation] is multiplied part by part, because the mean and the deviation
 * are the same in every frame.
 */
function attentionScores(weights: Weights, x: Tensor3D): Tensor3D {
  const [nChannels, nWindows] = x.shape;
  const whole = matrix(weights, 'pooling.tdnn.0.weight');
  const part = (i: number): Tensor2D => slice(whole, [0, i * nChannels], [whole.shape[0], nChannels]);
  const { mean, deviation } = statistics(x);
  const global = add(
    add(
      product(part(1), reshape(mean, [nChannels, nWindows]) as Tensor2D),
      product(part(2), reshape(deviation, [nChannels, nWindows]) as Tensor2D),
    ),
    column(weights, 'pooling.tdnn.0.bias'),
  );
  const hidden = relu(add(pointwise(part(0), x), reshape(global, [whole.shape[0], nWindows, 1]))) as Tensor3D;
  const normed = tanh(batchNorm(weights, 'pooling.tdnn.2', hidden, 3));
  return add(pointwise(matrix(weights, 'pooling.score.weight'), normed), column(weights, 'pooling.score.bias', 3));
}
