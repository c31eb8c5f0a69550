// Below which confidence a guess is better left unsaid, genre by genre.
import { confidencesOf, guessesOf } from '../evaluation/metrics.ts';

/** A guess is said when guesses like it are right at least this often. */
export const TARGET_PRECISION = 0.5;
/** A genre with so many guesses believes its own record and the calibrated confidence alike. */
const PRIOR_GUESSES = 20;

/**
 * For each genre the lowest confidence from which on guesses of it are right at least as often as `target`: isotonic regression of
 * right or wrong on confidence (Zadrozny & Elkan, "Transforming classifier scores into accurate multiclass probability estimates",
 * KDD 2002). With few guesses of a genre the calibrated confidence itself counts more than its record; with none, the threshold is
 * `target`.
 * @param probabilities Float32Array [n x nGenres], from folds that had not seen the tracks
 * @returns Float32Array [nGenres], 0..1
 */
export function fitThresholds(
  probabilities: Float32Array,
  classes: Int32Array,
  nGenres: number,
  target: number = TARGET_PRECISION,
): Float32Array {
  const guesses = guessesOf(probabilities, nGenres);
  const confidences = confidencesOf(probabilities, nGenres);
  const byGenre: { confidence: number; right: number }[][] = Array.from({ length: nGenres }, () => []);
  for (const [i, guess] of guesses.entries()) {
    byGenre[guess]?.push({ confidence: confidences[i]!, right: guess === classes[i] ? 1 : 0 });
  }
  return Float32Array.from(byGenre, (record) => thresholdOf(record, target));
}

function thresholdOf(record: { confidence: number; right: number }[], target: number): number {
  const own = record.length / (record.length + PRIOR_GUESSES);
  const sorted = record.sort((a, b) => a.confidence - b.confidence);
  const fitted = isotonic(sorted.map(({ confidence, right }) => own * right + (1 - own) * confidence));
  const first = fitted.findIndex((value) => value >= target);
  const lowest = sorted[0]?.confidence ?? target;
  if (first === -1) return Math.max(target, sorted.at(-1)?.confidence ?? target);
  // Nothing is known of guesses less confident than any seen.
  if (first === 0) return Math.min(target, lowest);
  return (sorted[first - 1]!.confidence + sorted[first]!.confidence) / 2;
}

/** Non-decreasing fit of least squares, by pooling adjacent violators. */
export function isotonic(values: readonly number[]): number[] {
  const pools: { sum: number; n: number }[] = [];
  for (const value of values) {
    let pool = { sum: value, n: 1 };
    for (let last = pools.at(-1); last && last.sum / last.n >= pool.sum / pool.n; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, n: pool.n + last.n };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, n }) => new Array<number>(n).fill(sum / n));
}
