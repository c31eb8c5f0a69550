// Gradient steps on an autoencoder, and latents of tracks. Arrays in, arrays out: tensors stay inside.
import {
  dispose,
  type Scalar,
  type Tensor2D,
  tensor2d,
  tidy,
  transpose,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import { adamStep, type Trained } from './adam.ts';
import {
  type AutoencoderShape,
  autoencoderTensors,
  encodeColumns,
  encoderTensors,
  joined,
  type Losses,
  lossesOf,
} from './autoencoder-network.ts';
import type { Weights } from './layers.ts';
import type { TensorValues } from './tail-weights.ts';

/** What the names of the genre layer's tensors begin with. */
const GENRE_LAYER = 'genre.';
/** Tracks encoded at once. */
const ENCODE_ROWS = 256;

/** Some tracks, those with a label first. */
export interface TrackBatch {
  /** Float32Array [n x inputSize], standardised. */
  rows: Float32Array;
  n: number;
  /** Int32Array [nLabelled], 0..nClasses - 1 */
  classes: Int32Array;
}

export interface BatchLosses {
  reconstruction: number;
  /** Nats; 0 where no track has a label. */
  genre: number;
}

export interface AutoencoderStep {
  genreWeight: number;
  rate: number;
  weightDecay: number;
}

export class AutoencoderTrainer {
  readonly #shape: AutoencoderShape;
  readonly #trained: Map<string, Trained>;
  #step = 0;

  /** `openTensors` must have come first. @param values every tensor of `autoencoderTensors` */
  constructor(shape: AutoencoderShape, values: TensorValues) {
    this.#shape = shape;
    this.#trained = new Map(
      autoencoderTensors(shape).map(({ name, shape: size }) => {
        const moment = (): Variable => variable(zeros(size), false);
        const value = tidy(() => variable(tensor2d(values.get(name)!, size), true));
        // The shortcuts begin as principal components: decay would only shrink what they carry.
        const decayFactor = name.endsWith('.weight') ? 1 : 0;
        return [name, { value, first: moment(), second: moment(), rateFactor: 1, decayFactor }];
      }),
    );
  }

  #weights(): Weights {
    return Object.fromEntries([...this.#trained].map(([name, { value }]) => [name, value]));
  }

  /** One update. The genre layer stays as it is when no track has a label. @returns the batch's losses before it */
  train(batch: TrackBatch, { genreWeight, rate, weightDecay }: AutoencoderStep): BatchLosses {
    this.#step++;
    let before: BatchLosses = { reconstruction: 0, genre: 0 };
    tidy(() => {
      const { x, targets } = this.#tensors(batch);
      const weights = this.#weights();
      const learning = [...this.#trained].filter(([name]) => targets !== null || !name.startsWith(GENRE_LAYER));
      const loss = (): Scalar => {
        const losses = lossesOf(weights, this.#shape, x, targets);
        before = numbersOf(losses);
        return joined(losses, genreWeight);
      };
      const variables = learning.map(([, { value }]) => value);
      const { grads } = variableGrads(loss, variables);
      const gradients = Object.fromEntries(learning.map(([name, { value }]) => [name, grads[value.name]!]));
      adamStep(new Map(learning), gradients, { step: this.#step, rate, weightDecay });
    });
    return before;
  }

  /** Losses without an update. */
  evaluate(batch: TrackBatch): BatchLosses {
    let losses: BatchLosses = { reconstruction: 0, genre: 0 };
    tidy(() => {
      const { x, targets } = this.#tensors(batch);
      losses = numbersOf(lossesOf(this.#weights(), this.#shape, x, targets));
    });
    return losses;
  }

  #tensors({ rows, n, classes }: TrackBatch): { x: Tensor2D; targets: Tensor2D | null } {
    const { inputSize, nClasses } = this.#shape;
    const x = transpose(tensor2d(rows, [n, inputSize])) as Tensor2D;
    if (classes.length === 0 || nClasses === 0) return { x, targets: null };
    const targets = new Float32Array(classes.length * nClasses);
    for (const [i, genre] of classes.entries()) targets[i * nClasses + genre] = 1;
    return { x, targets: tensor2d(targets, [classes.length, nClasses]) };
  }

  /** Copies of all tensors. */
  values(): Map<string, Float32Array> {
    return new Map([...this.#trained].map(([name, { value }]) => [name, Float32Array.from(value.dataSync<'float32'>())]));
  }

  dispose(): void {
    for (const { value, first, second } of this.#trained.values()) dispose([value, first, second]);
  }
}

function numbersOf({ reconstruction, genre }: Losses): BatchLosses {
  const numberOf = (value: Scalar): number => value.dataSync<'float32'>()[0]!;
  return { reconstruction: numberOf(reconstruction), genre: genre ? numberOf(genre) : 0 };
}

/**
 * Latents of tracks. `openTensors` must have come first.
 * @param rows Float32Array [n x inputSize], standardised
 * @returns Float32Array [n x latentSize]
 */
export function encodeRows(shape: AutoencoderShape, values: TensorValues, rows: Float32Array, n: number): Float32Array {
  const latents = new Float32Array(n * shape.latentSize);
  const tensors = encoderTensors(shape).map(({ name, shape: size }) => [name, tensor2d(values.get(name)!, size)] as const);
  const weights: Weights = Object.fromEntries(tensors);
  for (let from = 0; from < n; from += ENCODE_ROWS) {
    const to = Math.min(n, from + ENCODE_ROWS);
    const part = tidy(() => {
      const x = transpose(tensor2d(rows.subarray(from * shape.inputSize, to * shape.inputSize), [to - from, shape.inputSize]));
      return transpose(encodeColumns(weights, shape, x as Tensor2D)).dataSync<'float32'>();
    });
    latents.set(part, from * shape.latentSize);
  }
  dispose(tensors.map(([, tensor]) => tensor));
  return latents;
}
