// Whether one of two things that were measured in the same trials is really better.

/**
 * Paired t test, two-sided, for trials that draw their splits from the same recordings: the variance is widened by 1 / n + tested / learned,
 * because what the trials learn from overlaps (Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52, 2003).
 * @param differences of each trial, at least two
 * @param testedShare tested over learned recordings, 0.25 for an 80/20 split; 0 for independent trials, the plain test
 * @returns the probability of a difference as large by chance, 0..1
 */
export function pairedTTest(differences: readonly number[], testedShare: number): number {
  const n = differences.length;
  const mean = differences.reduce((a, b) => a + b, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1);
  if (variance === 0) return mean === 0 ? 1 : 0;
  const t = mean / Math.sqrt(variance * (1 / n + testedShare));
  return studentTail(Math.abs(t), n - 1);
}

/** P(|T| >= t) of Student's distribution: the incomplete beta function at df / (df + t^2). */
function studentTail(t: number, df: number): number {
  return incompleteBeta(df / 2, 0.5, df / (df + t * t));
}

const MAX_TERMS = 300;
const PRECISION = 1e-14;

/** The regularized incomplete beta function by its continued fraction (Lentz; Press et al., Numerical Recipes, 6.4). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let fraction = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d, tiny);
      c = nonZero(1 + term / c, tiny);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return front * fraction;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Lanczos' approximation (g = 7, nine terms), x > 0. */
function logGamma(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const sum = terms.slice(1).reduce((total, term, i) => total + term / (x + i), terms[0]!);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Wilcoxon's signed-rank test, two-sided: exact without ties and up to 50 trials, else by the normal distribution with corrections for ties and
 * continuity, as scipy. Trials without a difference are left out.
 * @returns the probability of a difference as large by chance, 0..1; 1 when nothing differs
 */
export function signedRankTest(differences: readonly number[]): number {
  const some = differences.filter((d) => d !== 0);
  const n = some.length;
  if (n === 0) return 1;
  const { ranks, nTied } = ranksOf(some.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => sum + (some[i]! > 0 ? rank : 0), 0);
  const smaller = Math.min(positive, (n * (n + 1)) / 2 - positive);
  if (nTied === 0 && n <= 50 && n === differences.length) return Math.min(1, 2 * exactBelow(smaller, n));
  const mean = (n * (n + 1)) / 4;
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - nTied / 48);
  const z = (Math.abs(smaller - mean) - 0.5) / deviation;
  return Math.min(1, normalTail(Math.max(0, z)));
}

/** Mean ranks from 1, and the sum of t^3 - t over groups of equals. */
function ranksOf(values: readonly number[]): { ranks: number[]; nTied: number } {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  let nTied = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (const i of order.slice(from, to)) ranks[i] = (from + 1 + to) / 2;
    nTied += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { ranks, nTied };
}

/** P(W <= w) where every sign is a toss of a coin. */
function exactBelow(w: number, n: number): number {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = ways.length - 1; sum >= rank; sum--) ways[sum] = ways[sum]! + ways[sum - rank]!;
  }
  return ways.subarray(0, Math.floor(w) + 1).reduce((a, b) => a + b, 0) / 2 ** n;
}

/** P(|Z| >= z), through the incomplete gamma function's kin: erfc by a continued fraction or a series. */
function normalTail(z: number): number {
  const x = z / Math.SQRT2;
  if (x < 2.5) {
    let [term, sum] = [x, x];
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < MAX_TERMS; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** Holm's step-down correction of several tests at once (1979): in the given order, 0..1. */
export function holm(probabilities: readonly number[]): number[] {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[a]! - probabilities[b]!);
  const corrected = new Array<number>(probabilities.length);
  let least = 0;
  for (const [i, which] of order.entries()) {
    least = Math.max(least, Math.min(1, (probabilities.length - i) * probabilities[which]!));
    corrected[which] = least;
  }
  return corrected;
}
