// Minimizes a smooth function of many variables from its gradient.

export interface LbfgsOptions {
  maxIterations: number;
  /** Stop when no entry of the gradient is larger. */
  gradientTolerance: number;
  /** First guess of the inverse Hessian's diagonal; without it the identity. */
  inverseDiagonal?: Float64Array;
}

/** Steps remembered. */
const MEMORY = 8;
/** Sufficient decrease of the line search (Armijo). */
const DECREASE = 1e-4;
const MAX_HALVINGS = 30;

/**
 * Limited-memory BFGS (Nocedal & Wright, "Numerical Optimization", 2nd ed., algorithms 7.4 and 7.5) with a backtracking line search.
 * For convex functions.
 * @param evaluate writes the gradient at x and returns the value
 * @param x start; the minimum is written into it
 * @returns iterations done
 */
export function minimize(
  evaluate: (x: Float64Array, gradient: Float64Array) => number,
  x: Float64Array,
  options: LbfgsOptions,
): number {
  const n = x.length;
  const memory: Step[] = [];
  let gradient = new Float64Array(n);
  let value = evaluate(x, gradient);
  let nextGradient = new Float64Array(n);
  const next = new Float64Array(n);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    if (largest(gradient) <= options.gradientTolerance) return iteration;
    const direction = descend(gradient, memory, options.inverseDiagonal);
    const slope = dot(direction, gradient);
    let length = memory.length > 0 || options.inverseDiagonal ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < MAX_HALVINGS; halving++, length /= 2) {
      for (let i = 0; i < n; i++) next[i] = x[i]! + length * direction[i]!;
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + DECREASE * length * slope) break;
    }
    // No step goes down any more: rounding is all that is left.
    if (!(nextValue < value)) return iteration;
    remember(memory, x, next, gradient, nextGradient);
    x.set(next);
    value = nextValue;
    [gradient, nextGradient] = [nextGradient, gradient];
  }
  return options.maxIterations;
}

interface Step {
  dx: Float64Array;
  dg: Float64Array;
  /** 1 / (dx . dg) */
  rho: number;
}

/** -(inverse Hessian) gradient, by the two-loop recursion. */
function descend(gradient: Float64Array, memory: readonly Step[], inverseDiagonal: Float64Array | undefined): Float64Array {
  const q = Float64Array.from(gradient, (value) => -value);
  const alphas: number[] = [];
  for (const { dx, dg, rho } of memory.toReversed()) {
    const alpha = rho * dot(dx, q);
    alphas.unshift(alpha);
    addScaled(q, -alpha, dg);
  }
  if (inverseDiagonal) {
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * inverseDiagonal[i]!;
  } else if (memory.length > 0) {
    const { dx, dg } = memory[memory.length - 1]!;
    const gamma = dot(dx, dg) / dot(dg, dg);
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * gamma;
  }
  for (const [k, { dx, dg, rho }] of memory.entries()) addScaled(q, alphas[k]! - rho * dot(dg, q), dx);
  return q;
}

function remember(memory: Step[], x: Float64Array, next: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
  const dx = next.map((value, i) => value - x[i]!);
  const dg = nextGradient.map((value, i) => value - gradient[i]!);
  const curvature = dot(dx, dg);
  if (!(curvature > 0)) return;
  memory.push({ dx, dg, rho: 1 / curvature });
  if (memory.length > MEMORY) memory.shift();
}

function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * source[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let max = 0;
  for (const value of values) max = Math.max(max, Math.abs(value));
  return max;
}
