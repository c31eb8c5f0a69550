// An autoencoder with a genre layer on its latent: layers narrow to the latent and widen again, and a linear shortcut runs beside each
// half. Columns are tracks, [nFeatures x nTracks], so that weights [nOut x nIn] multiply from the left.
import { add, mean, mul, relu, type Scalar, slice, square, sub, type Tensor2D, transpose } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.ts';
import { column, matrix, product, productWithData, type Weights } from './layers.ts';

/** Widths from the input to the latent; the decoder mirrors them. */
export interface AutoencoderShape {
  inputSize: number;
  /** Widths of the hidden layers, encoder's order. */
  hidden: readonly number[];
  latentSize: number;
  nClasses: number;
}

export interface TensorSpec {
  name: string;
  shape: [number, number];
}

/** Tensors of the encoder, which is all that newcomers need. */
export function encoderTensors({ inputSize, hidden, latentSize }: AutoencoderShape): TensorSpec[] {
  return [
    ...layerTensors('encoder', [inputSize, ...hidden, latentSize]),
    { name: 'encoder.linear', shape: [latentSize, inputSize] },
  ];
}

/** Tensors of the whole network. */
export function autoencoderTensors(shape: AutoencoderShape): TensorSpec[] {
  const { inputSize, hidden, latentSize, nClasses } = shape;
  const genre: TensorSpec[] = [
    { name: 'genre.weight', shape: [nClasses, latentSize] },
    { name: 'genre.bias', shape: [nClasses, 1] },
  ];
  return [
    ...encoderTensors(shape),
    ...layerTensors('decoder', [latentSize, ...[...hidden].reverse(), inputSize]),
    { name: 'decoder.linear', shape: [inputSize, latentSize] },
    ...(nClasses > 0 ? genre : []),
  ];
}

function layerTensors(part: string, widths: readonly number[]): TensorSpec[] {
  return widths.slice(1).flatMap((width, i): TensorSpec[] => [
    { name: `${part}.${i}.weight`, shape: [width, widths[i]!] },
    { name: `${part}.${i}.bias`, shape: [width, 1] },
  ]);
}

/** x [inputSize x n], data that nobody wants a gradient of, to latents [latentSize x n]. */
export function encodeColumns(weights: Weights, shape: AutoencoderShape, x: Tensor2D): Tensor2D {
  const linear = productWithData(matrix(weights, 'encoder.linear'), x);
  const first = add(productWithData(matrix(weights, 'encoder.0.weight'), x), column(weights, 'encoder.0.bias')) as Tensor2D;
  return add(linear, restOf(weights, 'encoder', shape.hidden.length, first));
}

/** Latents [latentSize x n] to reconstructions [inputSize x n]. */
export function decodeColumns(weights: Weights, shape: AutoencoderShape, latent: Tensor2D): Tensor2D {
  const linear = product(matrix(weights, 'decoder.linear'), latent);
  const first = add(product(matrix(weights, 'decoder.0.weight'), latent), column(weights, 'decoder.0.bias')) as Tensor2D;
  return add(linear, restOf(weights, 'decoder', shape.hidden.length, first));
}

/** The layers behind the first, each after a rectifier. */
function restOf(weights: Weights, part: string, nHidden: number, first: Tensor2D): Tensor2D {
  let x = first;
  for (let i = 1; i <= nHidden; i++) {
    x = add(product(matrix(weights, `${part}.${i}.weight`), relu(x)), column(weights, `${part}.${i}.bias`));
  }
  return x;
}

export interface Losses {
  /** Mean squared error of a feature: 1 for standardised features that are all reconstructed by their mean. */
  reconstruction: Scalar;
  /** Mean cross-entropy of the labelled tracks, nats; null without any. */
  genre: Scalar | null;
}

/** @param targets [nLabelled x nClasses], of the first tracks */
export function lossesOf(weights: Weights, shape: AutoencoderShape, x: Tensor2D, targets: Tensor2D | null): Losses {
  const latent = encodeColumns(weights, shape, x);
  const reconstruction = mean<Scalar>(square(sub(decodeColumns(weights, shape, latent), x)), [0, 1]);
  if (!targets) return { reconstruction, genre: null };
  const labelled = slice(latent, [0, 0], [shape.latentSize, targets.shape[0]]) as Tensor2D;
  const logits = add(product(matrix(weights, 'genre.weight'), labelled), column(weights, 'genre.bias'));
  return { reconstruction, genre: crossEntropy(transpose(logits) as Tensor2D, targets) };
}

/** Reconstruction and genre, weighed. */
export function joined({ reconstruction, genre }: Losses, genreWeight: number): Scalar {
  return genre ? add(reconstruction, mul(genre, genreWeight)) : reconstruction;
}
