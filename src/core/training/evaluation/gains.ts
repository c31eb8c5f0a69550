// What more labels of a genre would bring: "50 more labels of Jazz would bring about +3 points".
import type { Evaluation } from '../../domain/training.ts';
import { firstColumns, learningSide, linearScores, type Rows, selectRows, testSide } from '../head/fit-linear.ts';
import { argmax } from '../head/join-rules.ts';
import { type ClassMoments, classMoments, discriminantOf, momentsOf } from '../head/shrinkage-discriminant.ts';
import { firstOfEachClass, learningOrder } from './learning-order.ts';
import { classScores, NO_GUESS } from './metrics.ts';
import type { Trial } from './trial.ts';

const FRACTIONS = [0.25, 0.5, 1];
/** Of power laws a - b n^-c. */
const EXPONENTS = [0.25, 0.5, 0.75, 1];
/** Numbers of further labels spoken of, and how far beyond the present number a curve is believed. */
const STEPS = [50, 20, 10];
const MAX_GROWTH = 3;
/** Less is not worth a sentence. */
const MIN_POINTS = 0.05;
/** A genre's own slope counts half against the mean slope of all genres at so many labels. */
const PRIOR_LABELS = 30;
/** The discriminant stands in for every family, because it refits in milliseconds. */
const SHRINKAGE = 0.5;
const MAX_COMPONENTS = 64;
const MANY_TRACKS = 2000;

/** Learning tracks of a genre and the F1 they gave. */
interface CurvePoint {
  n: number;
  f1: number;
}

/**
 * Expected gain of further labels of each genre, in points of macro F1, largest first; genres that would gain next to nothing are left out.
 * Each genre's labels alone are cut to 25 and 50 %, its F1 on the folds follows a power law (Hestness et al., "Deep learning scaling
 * is predictable, empirically", 2017) with one exponent for all genres, and the law is read at the larger number. Only what the
 * genre's own F1 gains is counted.
 */
export function labelGains(trial: Trial, genres: readonly string[], seed: number): Evaluation['gains'] {
  const curves = genreCurves({ ...trial, tracks: firstColumns(trial.components, MAX_COMPONENTS) }, seed);
  const known = curves.map((curve, genre) => ({ curve, genre })).filter(({ curve }) => curve.length === FRACTIONS.length);
  if (known.length === 0) return [];
  const exponent = commonExponent(known.map(({ curve }) => curve));
  const slopes = known.map(({ curve }) => fitLaw(curve, exponent).slope);
  const meanSlope = slopes.reduce((a, b) => a + b, 0) / slopes.length;
  return known
    .flatMap(({ curve, genre }, i) => {
      const { n, f1 } = curve.at(-1)!;
      const moreLabels = STEPS.find((step) => step <= MAX_GROWTH * n);
      if (moreLabels === undefined) return [];
      const own = n / (n + PRIOR_LABELS);
      const slope = own * slopes[i]! + (1 - own) * meanSlope;
      const growth = Math.min(1 - f1, slope * (n ** -exponent - (n + moreLabels) ** -exponent));
      return [{ genre: genres[genre]!, moreLabels, points: (100 * growth) / known.length }];
    })
    .filter(({ points }) => points >= MIN_POINTS)
    .sort((a, b) => b.points - a.points);
}

/** F1 of each genre by how many of its labels were learned from; empty for a genre without tests or with too few labels to cut. */
function genreCurves(trial: Trial, seed: number): CurvePoint[][] {
  const { classes, nGenres } = trial;
  const nFolds = classes.length > MANY_TRACKS ? Math.min(2, trial.nFolds) : trial.nFolds;
  const ranks = learningOrder(trial.groups, seed);
  const guesses = Array.from({ length: nGenres }, () => FRACTIONS.map(() => new Int32Array(classes.length).fill(NO_GUESS)));
  const counts = Array.from({ length: nGenres }, () => FRACTIONS.map(() => 0));
  const tested: number[] = [];
  for (let fold = 0; fold < nFolds; fold++) {
    const learned = learningSide(trial.folds, classes, fold);
    const own = testSide(trial.folds, fold);
    const rows = selectRows(trial.tracks, own);
    const moments = momentsByClass(trial, learned);
    tested.push(...own);
    const full = guessRows(moments, rows, nGenres);
    for (let genre = 0; genre < nGenres; genre++) {
      const members = learned.filter((track) => classes[track] === genre);
      for (const [f, fraction] of FRACTIONS.entries()) {
        const part = fraction === 1 ? members : firstOfEachClass(members, classes, ranks, fraction);
        const cut = moments.with(genre, fraction === 1 ? moments[genre]! : momentsOf(trial.tracks.values, trial.tracks.k, part));
        const found = fraction === 1 ? full : guessRows(cut, rows, nGenres);
        for (const [i, track] of own.entries()) guesses[genre]![f]![track] = found[i]!;
        counts[genre]![f] = counts[genre]![f]! + part.length / nFolds;
      }
    }
  }
  const labels = Int32Array.from(tested, (track) => classes[track]!);
  return guesses.map((byFraction, genre) => {
    if (!labels.includes(genre) || counts[genre]![0]! === counts[genre]![2]!) return [];
    return byFraction.map((all, f) => {
      const scores = classScores(
        labels,
        Int32Array.from(tested, (track) => all[track]!),
        nGenres,
      );
      return { n: counts[genre]![f]!, f1: scores[genre]!.f1 };
    });
  });
}

function momentsByClass(trial: Trial, learned: readonly number[]): ClassMoments[] {
  const labels = Int32Array.from(learned, (track) => trial.classes[track]!);
  return classMoments(selectRows(trial.tracks, learned).values, trial.tracks.k, labels, trial.nGenres);
}

function guessRows(moments: readonly ClassMoments[], rows: Rows, nGenres: number): Int32Array {
  const scores = Float32Array.from(linearScores(discriminantOf(moments, rows.k, SHRINKAGE), rows));
  return Int32Array.from({ length: scores.length / nGenres }, (_, i) => argmax(scores, i * nGenres, nGenres));
}

/** The exponent with which all curves are closest to their laws. */
function commonExponent(curves: readonly CurvePoint[][]): number {
  const errorOf = (exponent: number) => curves.reduce((sum, curve) => sum + fitLaw(curve, exponent).error, 0);
  return EXPONENTS.reduce((best, each) => (errorOf(each) < errorOf(best) ? each : best));
}

/** Least squares of f1 = limit - slope n^-exponent with slope >= 0 and limit <= 1. */
export function fitLaw(curve: readonly CurvePoint[], exponent: number): { limit: number; slope: number; error: number } {
  const xs = curve.map(({ n }) => n ** -exponent);
  const ys = curve.map(({ f1 }) => f1);
  const meanX = xs.reduce((a, b) => a + b, 0) / xs.length;
  const meanY = ys.reduce((a, b) => a + b, 0) / ys.length;
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  let slope = spread > 0 ? Math.max(0, -xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i]! - meanY), 0) / spread) : 0;
  let limit = meanY + slope * meanX;
  if (limit > 1) {
    limit = 1;
    slope = xs.reduce((sum, x, i) => sum + x * (1 - ys[i]!), 0) / xs.reduce((sum, x) => sum + x * x, 0);
  }
  const error = ys.reduce((sum, y, i) => sum + (y - limit + slope * xs[i]!) ** 2, 0);
  return { limit, slope, error };
}
