// Gradient steps on a network's last layers with a classification layer for a person's genres on top. Arrays in, arrays out:
// tensors stay inside.
import {
  add,
  dispose,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor2d,
  tensor3d,
  tidy,
  transpose,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Tail } from '../model-manifest.ts';
import { adamStep, type Trained } from './adam.ts';
import { crossEntropy, logSoftmax } from './cross-entropy.ts';
import { product, type Weights } from './layers.ts';
import type { TensorValues } from './tail-weights.ts';
import { type TrainableNetwork, trainableNetwork } from './trainable-network.ts';

/** Windows of one length: frames as the graph gives them (or takes them, where every layer is trained). */
export interface FrameBatch {
  frames: Float32Array;
  nWindows: number;
  nFrames: number;
}

export interface TrainingStep extends FrameBatch {
  /** Int32Array [nWindows], 0..nGenres - 1 */
  classes: Int32Array;
  /** 0..1: this much of every target is spread over all genres (Szegedy et al. 2016). */
  labelSmoothing: number;
  rate: number;
  weightDecay: number;
}

export interface TrainerOptions {
  embeddingSize: number;
  nGenres: number;
  /** The new layer starts from nothing and may learn faster than the rest by this factor. */
  headRateFactor: number;
}

/** All that a training needs to go on as if nothing had happened. */
export interface TrainerState {
  /** Updates so far. */
  step: number;
  /** value/NAME, first/NAME and second/NAME of every trained tensor. */
  arrays: Map<string, Float32Array>;
}

const HEAD_WEIGHT = 'head.weight';
const HEAD_BIAS = 'head.bias';
const PARTS = ['value', 'first', 'second'] as const;

export class TailTrainer {
  readonly #network: TrainableNetwork;
  readonly #trained = new Map<string, Trained>();
  readonly #fixed = new Map<string, Tensor>();
  readonly #nGenres: number;
  #step = 0;

  /** `openTensors` must have come first. The classification layer starts at zero: every genre equally likely. */
  constructor(tail: Tail, values: TensorValues, { embeddingSize, nGenres, headRateFactor }: TrainerOptions) {
    this.#network = trainableNetwork(tail);
    this.#nGenres = nGenres;
    for (const { name, shape, trained } of tail.tensors) {
      const value = tensor(values.get(name)!, shape);
      if (trained) this.#train(name, value, 1);
      else this.#fixed.set(name, value);
    }
    this.#train(HEAD_WEIGHT, zeros([nGenres, embeddingSize]), headRateFactor);
    this.#train(HEAD_BIAS, zeros([nGenres, 1]), headRateFactor);
  }

  /** Decay is for the matrices: scales and biases are few and need none. */
  #train(name: string, value: Tensor, rateFactor: number): void {
    const isMatrix = value.shape.length > 1 && name !== HEAD_BIAS;
    const moment = (): Variable => variable(zeros(value.shape), false);
    this.#trained.set(name, {
      value: variable(value, true),
      first: moment(),
      second: moment(),
      rateFactor,
      decayFactor: isMatrix ? 1 : 0,
    });
    value.dispose();
  }

  #weights(): Weights {
    const variables = [...this.#trained].map(([name, { value }]) => [name, value] as const);
    return Object.fromEntries([...this.#fixed, ...variables]);
  }

  /** One update. @returns the batch's mean loss before it, nats */
  train({ frames, nWindows, nFrames, classes, labelSmoothing, rate, weightDecay }: TrainingStep): number {
    this.#step++;
    return tidy(() => {
      const data = this.#network.prepare(tensor3d(frames, this.#network.shapeOf(nWindows, nFrames)));
      const targets = smoothedTargets(classes, this.#nGenres, labelSmoothing);
      const weights = this.#weights();
      const variables = [...this.#trained].map(([, { value }]) => value);
      const { value, grads } = variableGrads(
        () => crossEntropy(this.#logits(weights, this.#network.embed(weights, data)), targets) as Scalar,
        variables,
      );
      const gradients = Object.fromEntries([...this.#trained].map(([name, tensors]) => [name, grads[tensors.value.name]!]));
      adamStep(this.#trained, gradients, { step: this.#step, rate, weightDecay });
      return value.dataSync<'float32'>()[0]!;
    });
  }

  /** Log-probabilities of the genres, Float32Array [nWindows x nGenres]. */
  score({ frames, nWindows, nFrames }: FrameBatch): Float32Array {
    return tidy(() => {
      const data = this.#network.prepare(tensor3d(frames, this.#network.shapeOf(nWindows, nFrames)));
      const weights = this.#weights();
      return logSoftmax(this.#logits(weights, this.#network.embed(weights, data))).dataSync<'float32'>();
    });
  }

  /** Embeddings [size x nWindows] to logits [nWindows x nGenres]. */
  #logits(weights: Weights, embeddings: Tensor2D): Tensor2D {
    return transpose(add(product(weights[HEAD_WEIGHT] as Tensor2D, embeddings), weights[HEAD_BIAS]!)) as Tensor2D;
  }

  /** The trained tensors of the network, without the classification layer: copies. */
  values(): Map<string, Float32Array> {
    const inNetwork = [...this.#trained].filter(([name]) => name !== HEAD_WEIGHT && name !== HEAD_BIAS);
    return new Map(inNetwork.map(([name, { value }]) => [name, copyOf(value)]));
  }

  state(): TrainerState {
    const arrays = new Map<string, Float32Array>();
    for (const [name, tensors] of this.#trained) for (const part of PARTS) arrays.set(`${part}/${name}`, copyOf(tensors[part]));
    return { step: this.#step, arrays };
  }

  restore({ step, arrays }: TrainerState): void {
    this.#step = step;
    for (const [name, tensors] of this.#trained) {
      for (const part of PARTS) {
        const target = tensors[part];
        tidy(() => target.assign(tensor(arrays.get(`${part}/${name}`)!, target.shape)));
      }
    }
  }

  dispose(): void {
    dispose([...this.#fixed.values()]);
    for (const { value, first, second } of this.#trained.values()) dispose([value, first, second]);
  }
}

/** `dataSync` of WebAssembly copies, but TensorFlow's may not. */
function copyOf(value: Variable): Float32Array {
  return Float32Array.from(value.dataSync<'float32'>());
}

function smoothedTargets(classes: Int32Array, nGenres: number, smoothing: number): Tensor2D {
  const targets = new Float32Array(classes.length * nGenres).fill(smoothing / nGenres);
  for (const [i, genre] of classes.entries()) targets[i * nGenres + genre]! += 1 - smoothing;
  return tensor2d(targets, [classes.length, nGenres]);
}
