// Gradient steps on a network, and what it says of examples. Arrays in, arrays out: tensors stay inside.
import {
  add,
  dispose,
  type Scalar,
  sigmoid,
  softmax,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor2d,
  tensor4d,
  tidy,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import { adamStep, type Trained } from '../adam.ts';
import type { Chance } from './initializers.ts';
import { weightedBinaryCrossEntropy, weightedCrossEntropy } from './losses.ts';
import { Net, type Network, Tensors } from './net.ts';

/** One example's [nMels x nFrames x nChannels]. */
export type ExampleShape = readonly [number, number, number];

export interface ExampleBatch {
  /** Float32Array [n x nMels x nFrames x nChannels], 0..1 */
  x: Float32Array;
  n: number;
}

export interface LearningBatch extends ExampleBatch {
  /** Int32Array [n] */
  classes: Int32Array;
  /** Float32Array [n]: how much each example counts; 1 without class weights. */
  weights: Float32Array;
}

export interface LearningStep {
  rate: number;
  /** Decoupled, for tensors of two axes and more. */
  weightDecay: number;
  /** 0..1: this much of every target is spread over all classes; none of a yes or no. */
  labelSmoothing: number;
}

export type NetworkLoss = 'categorical' | 'binary';

export interface NetworkOptions {
  shape: ExampleShape;
  /** The network ends in so many logits; 2 and a binary loss mean one. */
  nClasses: number;
  loss: NetworkLoss;
  seed: number;
  chance: Chance;
}

/** Values of all tensors by name, running statistics too. */
export type NetworkValues = ReadonlyMap<string, Float32Array>;

export class NetworkTrainer {
  readonly #network: Network;
  readonly #options: NetworkOptions;
  readonly #tensors: Tensors;
  readonly #moments = new Map<string, { first: Variable; second: Variable }>();
  #step = 0;

  /** `openTensors` must have come first. @throws Error when the network's logits are not as many as the classes */
  constructor(network: Network, options: NetworkOptions) {
    this.#network = network;
    this.#options = options;
    this.#tensors = new Tensors(options.seed, options.chance);
    const nLogits = tidy(() => this.#forward(zeros([1, ...options.shape]), null).shape[1]);
    const wanted = options.loss === 'binary' ? 1 : options.nClasses;
    if (nLogits !== wanted) throw new Error(`the network ends in ${nLogits} logits, not in ${wanted}`);
    for (const [name, { shape }] of this.#tensors.trained) {
      const moment = (): Variable => tidy(() => variable(zeros(shape), false));
      this.#moments.set(name, { first: moment(), second: moment() });
    }
  }

  get nParameters(): number {
    return this.#tensors.nParameters;
  }

  /** The shapes of all tensors that learn, in the order in which layers asked for them. */
  get shapes(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#tensors.trained].map(([name, { shape }]) => [name, shape]));
  }

  /** @param net the network under way, or null to look at examples without learning */
  #forward(x: Tensor4D, net: Net | null): Tensor2D {
    return this.#network.forward(net ?? new Net(this.#tensors, false, 0), x);
  }

  /** One update. @returns the batch's loss before it, nats, penalties included */
  learn(batch: LearningBatch, { rate, weightDecay, labelSmoothing }: LearningStep): number {
    this.#step++;
    return tidy(() => {
      const x = this.#examples(batch);
      const { value, grads } = this.#gradients(x, batch, labelSmoothing);
      const trained = new Map<string, Trained>();
      for (const [name, value] of this.#tensors.trained) {
        const decayFactor = value.shape.length > 1 ? 1 : 0;
        trained.set(name, { value, ...this.#moments.get(name)!, rateFactor: 1, decayFactor });
      }
      adamStep(trained, grads, { step: this.#step, rate, weightDecay });
      return value.dataSync<'float32'>()[0]!;
    });
  }

  #gradients(x: Tensor4D, batch: LearningBatch, labelSmoothing: number) {
    const net = new Net(this.#tensors, true, this.#options.seed + Math.imul(this.#step, 0x2c1b3c6d));
    const { value, grads } = variableGrads(() => {
      const loss = this.#loss(this.#forward(x, net), batch, labelSmoothing);
      const penalty = net.penalty();
      return penalty ? add<Scalar>(loss, penalty) : loss;
    }, [...this.#tensors.trained.values()]);
    const byName = [...this.#tensors.trained].map(([name, { name: id }]) => [name, grads[id]!] as const);
    return { value, grads: Object.fromEntries(byName) };
  }

  #lossWhileLearning(x: Tensor4D, batch: LearningBatch, labelSmoothing: number): Scalar {
    const net = new Net(this.#tensors, true, this.#options.seed + Math.imul(this.#step, 0x2c1b3c6d));
    const loss = this.#loss(this.#forward(x, net), batch, labelSmoothing);
    const penalty = net.penalty();
    return penalty ? add<Scalar>(loss, penalty) : loss;
  }

  #loss(logits: Tensor2D, { classes, weights, n }: LearningBatch, labelSmoothing: number): Scalar {
    const counts = tensor2d(weights, [n, 1]);
    if (this.#options.loss === 'binary')
      return weightedBinaryCrossEntropy(logits, tensor2d(Float32Array.from(classes), [n, 1]), counts);
    const { nClasses } = this.#options;
    const targets = new Float32Array(n * nClasses).fill(labelSmoothing / nClasses);
    for (let i = 0; i < n; i++) targets[i * nClasses + classes[i]!]! += 1 - labelSmoothing;
    return weightedCrossEntropy(logits, tensor2d(targets, [n, nClasses]), counts);
  }

  /** Probabilities of the classes, Float32Array [n x nClasses]. */
  score(batch: ExampleBatch): Float32Array {
    return tidy(() => {
      const logits = this.#forward(this.#examples(batch), null);
      if (this.#options.loss === 'categorical') return Float32Array.from(softmax(logits).dataSync<'float32'>());
      const yes = sigmoid(logits).dataSync<'float32'>();
      return Float32Array.from({ length: 2 * batch.n }, (_, i) => (i % 2 === 1 ? yes[i >> 1]! : 1 - yes[i >> 1]!));
    });
  }

  /** Logits as the network gives them, [n x nLogits]. */
  logits(batch: ExampleBatch): Float32Array {
    return tidy(() => Float32Array.from(this.#forward(this.#examples(batch), null).dataSync<'float32'>()));
  }

  /** Loss of a batch as a step would meet it. */
  loss(batch: LearningBatch): number {
    return tidy(() => this.#lossWhileLearning(this.#examples(batch), batch, 0).dataSync<'float32'>()[0]!);
  }

  /** The same with its gradients, without an update. */
  gradients(batch: LearningBatch): { loss: number; gradients: Map<string, Float32Array> } {
    const gradients = new Map<string, Float32Array>();
    const loss = tidy(() => {
      const { value, grads } = this.#gradients(this.#examples(batch), batch, 0);
      for (const [name, grad] of Object.entries(grads)) gradients.set(name, Float32Array.from(grad.dataSync<'float32'>()));
      return value.dataSync<'float32'>()[0]!;
    });
    return { loss, gradients };
  }

  #examples({ x, n }: ExampleBatch): Tensor4D {
    return tensor4d(x, [n, ...this.#options.shape]);
  }

  /** Copies of all tensors. */
  values(): NetworkValues {
    const all = [...this.#tensors.trained, ...this.#tensors.running];
    return new Map(all.map(([name, value]) => [name, Float32Array.from(value.dataSync<'float32'>())]));
  }

  /** @throws Error when a tensor is missing or has another size */
  restore(values: NetworkValues): void {
    for (const [name, target] of [...this.#tensors.trained, ...this.#tensors.running]) {
      const value = values.get(name);
      if (value?.length !== target.size) throw new Error(`no fitting values for ${name}`);
      tidy(() => target.assign(tensor(value, target.shape)));
    }
  }

  dispose(): void {
    this.#tensors.dispose();
    for (const { first, second } of this.#moments.values()) dispose([first, second]);
  }
}
