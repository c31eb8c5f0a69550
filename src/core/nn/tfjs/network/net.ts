// A network under way: the tensors that its layers ask for by name, made when they are first asked for, and whether it learns just now. A network is
// a function from data to logits that calls layers in the paper's order.
import {
  abs,
  add,
  mul,
  type Scalar,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { type Chance, type Initializer, initialValues, seedOf } from './initializers.ts';

export interface Network {
  /** Spectrograms [n x nMels x nFrames x nChannels], 0 = floor .. 1 = loudest, to logits [n x nClasses]; [n x 1] for a yes or no. */
  forward(net: Net, x: Tensor4D): Tensor2D;
}

/** What large weights cost. */
export interface Penalty {
  /** Times the sum of |w|. */
  l1?: number;
  /** Times the sum of w squared. */
  l2?: number;
}

/** The tensors of one network: those that learn, and the running statistics that come with them. */
export class Tensors {
  readonly trained = new Map<string, Variable>();
  readonly running = new Map<string, Variable>();
  readonly #seed: number;
  readonly chance: Chance;

  constructor(seed: number, chance: Chance) {
    this.#seed = seed;
    this.chance = chance;
  }

  trainedOne(name: string, shape: number[], initializer: Initializer): Variable {
    return ask(this.trained, name, shape, true, () => initialValues(initializer, shape, name, this.#seed, this.chance));
  }

  runningOne(name: string, shape: number[], initializer: Initializer): Variable {
    return ask(this.running, name, shape, false, () => initialValues(initializer, shape, name, this.#seed, this.chance));
  }

  /** Numbers that learn. */
  get nParameters(): number {
    return [...this.trained.values()].reduce((n, { size }) => n + size, 0);
  }

  dispose(): void {
    for (const each of [...this.trained.values(), ...this.running.values()]) each.dispose();
  }
}

function ask(
  known: Map<string, Variable>,
  name: string,
  shape: number[],
  isTrained: boolean,
  make: () => Float32Array,
): Variable {
  const found = known.get(name);
  if (found) {
    if (found.shape.join() === shape.join()) return found;
    throw new Error(`two layers of the network are named ${name}, or its input has changed`);
  }
  const made = tidy(() => variable(tensor(make(), shape), isTrained));
  known.set(name, made);
  return made;
}

/** What a network's layers are given: names below a scope, tensors, chance, and a place for penalties. */
export class Net {
  /** Whether batch statistics and dropout are those of learning. */
  readonly isLearning: boolean;
  readonly #tensors: Tensors;
  readonly #scope: string;
  readonly #seed: number;
  readonly #penalties: Scalar[];

  constructor(tensors: Tensors, isLearning: boolean, seed: number, scope = '', penalties: Scalar[] = []) {
    this.#tensors = tensors;
    this.isLearning = isLearning;
    this.#seed = seed;
    this.#scope = scope;
    this.#penalties = penalties;
  }

  /** The same network, whose layers' names begin with `scope.` from here on. */
  within(scope: string): Net {
    return new Net(this.#tensors, this.isLearning, this.#seed, `${this.#scope}${scope}.`, this.#penalties);
  }

  /** A tensor that learns. Filters are [... x nIn x nOut]. */
  weight(name: string, shape: number[], initializer: Initializer, penalty?: Penalty): Variable {
    const made = this.#tensors.trainedOne(`${this.#scope}${name}`, shape, initializer);
    if (penalty && this.isLearning) this.#penalties.push(penaltyOf(made, penalty));
    return made;
  }

  /** A tensor that only follows the data. */
  running(name: string, shape: number[], initializer: Initializer): Variable {
    return this.#tensors.runningOne(`${this.#scope}${name}`, shape, initializer);
  }

  /** Chance of a layer in this step. */
  random(name: string): ReturnType<Chance> {
    return this.#tensors.chance(seedOf(`${this.#scope}${name}`, this.#seed));
  }

  /** The sum of what was charged so far, or null. */
  penalty(): Scalar | null {
    return this.#penalties.length === 0 ? null : this.#penalties.reduce((a, b) => add(a, b));
  }
}

function penaltyOf(weights: Tensor, { l1 = 0, l2 = 0 }: Penalty): Scalar {
  const parts = [...(l1 > 0 ? [mul(sum(abs(weights)), l1)] : []), ...(l2 > 0 ? [mul(sum(square(weights)), l2)] : [])];
  return parts.reduce((a, b) => add(a, b)) as Scalar;
}
