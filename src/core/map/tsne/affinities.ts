// The attractive half of t-SNE: how much every pair of neighbours belongs together.
// van der Maaten and Hinton 2008, section 2 (perplexity), van der Maaten 2014, section 4.1 (nearest neighbours only).

/** Pairs i < j with their joint probability; over both orders the probabilities sum to one. */
export interface Affinities {
  nPoints: number;
  /** Int32Array [nPoints + 1]: the pairs of i are rows start[i] .. start[i + 1]. */
  start: Int32Array;
  /** Int32Array: the other point of each pair, larger than i. */
  other: Int32Array;
  /** Float32Array: p_ij. */
  weight: Float32Array;
}

/** Neighbours a point needs for a perplexity. */
export function neighboursFor(perplexity: number, nPoints: number): number {
  return Math.min(nPoints - 1, Math.floor(3 * perplexity + 1));
}

const MAX_STEPS = 100;
const TOLERANCE = 1e-5;

/**
 * Probabilities of one point's neighbours: a Gaussian over squared distances whose width gives the wanted perplexity.
 * @param squared Float32Array [k], ascending
 * @param out Float64Array [k], written, sums to 1
 */
export function conditional(squared: Float32Array, perplexity: number, out: Float64Array): void {
  const target = Math.log(perplexity);
  const nearest = squared[0]!;
  let [low, high, beta] = [0, Infinity, 1];
  for (let step = 0; step < MAX_STEPS; step++) {
    let sum = 0;
    let weighted = 0;
    for (let j = 0; j < squared.length; j++) {
      const distance = squared[j]! - nearest;
      const p = Math.exp(-distance * beta);
      out[j] = p;
      sum += p;
      weighted += distance * p;
    }
    const entropy = Math.log(sum) + (beta * weighted) / sum;
    for (let j = 0; j < squared.length; j++) out[j] = out[j]! / sum;
    if (Math.abs(entropy - target) < TOLERANCE) return;
    if (entropy > target) [low, beta] = [beta, high === Infinity ? beta * 2 : (beta + high) / 2];
    else [high, beta] = [beta, (beta + low) / 2];
  }
}

/**
 * p_ij = (p_j|i + p_i|j) / 2n over the union of both points' neighbour lists.
 * @param index Int32Array [nPoints x k], neighbours without the point itself
 * @param squared Float32Array [nPoints x k], their squared distances, ascending
 */
export function jointAffinities(index: Int32Array, squared: Float32Array, nPoints: number, perplexity: number): Affinities {
  const k = index.length / nPoints;
  const directed = new Float64Array(index.length);
  const row = new Float64Array(k);
  for (let i = 0; i < nPoints; i++) {
    conditional(squared.subarray(i * k, (i + 1) * k), perplexity, row);
    directed.set(row, i * k);
  }
  return symmetric(index, directed, nPoints, k);
}

/** Gathers both directions of every pair under its smaller point, sorts them by the other one and adds up what is double. */
function symmetric(index: Int32Array, directed: Float64Array, nPoints: number, k: number): Affinities {
  const bucket = new Int32Array(nPoints + 1);
  for (let e = 0; e < index.length; e++) {
    const smaller = Math.min(Math.floor(e / k), index[e]!);
    bucket[smaller + 1] = bucket[smaller + 1]! + 1;
  }
  for (let i = 0; i < nPoints; i++) bucket[i + 1] = bucket[i + 1]! + bucket[i]!;
  const place = bucket.slice(0, nPoints);
  const pair = new Int32Array(index.length);
  const value = new Float64Array(index.length);
  for (let e = 0; e < index.length; e++) {
    const i = Math.floor(e / k);
    const smaller = Math.min(i, index[e]!);
    const at = place[smaller]!;
    pair[at] = Math.max(i, index[e]!);
    value[at] = directed[e]!;
    place[smaller] = at + 1;
  }
  return mergeDoubles(bucket, pair, value, nPoints);
}

function mergeDoubles(bucket: Int32Array, pair: Int32Array, value: Float64Array, nPoints: number): Affinities {
  const start = new Int32Array(nPoints + 1);
  const other = new Int32Array(pair.length);
  const weight = new Float32Array(pair.length);
  let n = 0;
  for (let i = 0; i < nPoints; i++) {
    const [from, to] = [bucket[i]!, bucket[i + 1]!];
    const order = Array.from({ length: to - from }, (_, e) => from + e).sort((a, b) => pair[a]! - pair[b]!);
    for (const e of order) {
      const p = value[e]! / (2 * nPoints);
      if (n > start[i]! && other[n - 1] === pair[e]!) weight[n - 1] = weight[n - 1]! + p;
      else {
        other[n] = pair[e]!;
        weight[n++] = p;
      }
    }
    start[i + 1] = n;
  }
  return { nPoints, start, other: other.slice(0, n), weight: weight.slice(0, n) };
}
