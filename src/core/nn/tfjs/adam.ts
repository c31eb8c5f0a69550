// AdamW (Kingma and Ba 2015, algorithm 1; decoupled decay: Loshchilov and Hutter 2019, algorithm 2). tfjs has Adam, but sets its
// powers of beta anew when it is restored, so that a resumed training would differ in its last bits.
import {
  add,
  div,
  mul,
  type NamedTensorMap,
  scalar,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** One trained tensor and its moments. */
export interface Trained {
  value: Variable;
  /** Running mean of the gradient, and of its square. */
  first: Variable;
  second: Variable;
  /** Factors on the learning rate and on the decay. */
  rateFactor: number;
  decayFactor: number;
}

/** One update. @param step number of this update, from 1 @param gradients by the names of `trained` */
export function adamStep(
  trained: ReadonlyMap<string, Trained>,
  gradients: NamedTensorMap,
  { step, rate, weightDecay }: { step: number; rate: number; weightDecay: number },
): void {
  const firstCorrection = 1 - BETA_1 ** step;
  const secondCorrection = 1 - BETA_2 ** step;
  for (const [name, { value, first, second, rateFactor, decayFactor }] of trained) {
    tidy(() => {
      const gradient = gradients[name]!;
      const mean = blend(first, gradient, BETA_1);
      const meanSquare = blend(second, square(gradient), BETA_2);
      const direction = div(
        div(mean, scalar(firstCorrection)),
        add(sqrt(div(meanSquare, scalar(secondCorrection))), scalar(EPSILON)),
      );
      const tensorRate = rate * rateFactor;
      const kept = mul(value, scalar(1 - tensorRate * weightDecay * decayFactor));
      value.assign(sub(kept, mul(direction, scalar(tensorRate))));
      first.assign(mean);
      second.assign(meanSquare);
    });
  }
}

function blend(old: Tensor, fresh: Tensor, beta: number): Tensor {
  return add(mul(old, scalar(beta)), mul(fresh, scalar(1 - beta)));
}
