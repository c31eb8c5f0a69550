// All the figures of a training, from tracks that the fits behind them had not seen.
import type { Comparison, Evaluation, GenreFigures } from '../../domain/training.ts';
import { hardestPairs } from './hardest-pairs.ts';
import {
  accuracyOf,
  calibrationErrorOf,
  classScores,
  confidencesOf,
  confusionMatrix,
  guessesOf,
  macroF1Of,
  reliabilityBins,
  wilsonInterval,
} from './metrics.ts';
import { type Trial, testedTracks } from './trial.ts';

/** What is measured elsewhere and only shown with the rest. */
export type OtherFigures = Pick<
  Evaluation,
  'method' | 'joins' | 'candidates' | 'learningCurve' | 'gains' | 'unknownShare' | 'accuracyOfKnown'
> & { comparison: Comparison | null };

/**
 * @param outOfFold calibrated probabilities, Float32Array [nTracks x nGenres]
 * @param thresholds Float32Array [nGenres]
 */
export function evaluate(
  trial: Trial,
  genres: readonly string[],
  outOfFold: Float32Array,
  thresholds: Float32Array,
  others: OtherFigures,
): Evaluation {
  const { nGenres } = trial;
  const tested = testedTracks(trial);
  const probabilities = new Float32Array(tested.length * nGenres);
  for (const [i, track] of tested.entries()) {
    probabilities.set(outOfFold.subarray(track * nGenres, (track + 1) * nGenres), i * nGenres);
  }
  const labels = Int32Array.from(tested, (track) => trial.classes[track]!);
  const guesses = guessesOf(probabilities, nGenres);
  const reliability = reliabilityBins(confidencesOf(probabilities, nGenres), (i) => guesses[i] === labels[i]);
  const confusion = confusionMatrix(labels, guesses, nGenres);
  const accuracy = accuracyOf(labels, guesses);
  const interval = wilsonInterval(accuracy, tested.length);
  const perGenre: GenreFigures[] = classScores(labels, guesses, nGenres).map((scores, genre) => ({
    name: genres[genre]!,
    ...scores,
    threshold: thresholds[genre]!,
  }));
  return {
    nFolds: trial.nFolds,
    nTracks: tested.length,
    nGroups: new Set(tested.map((track) => trial.groups[track]!)).size,
    accuracy,
    accuracyLow: interval.low,
    accuracyHigh: interval.high,
    macroF1: macroF1Of(labels, guesses, nGenres),
    calibrationError: calibrationErrorOf(reliability),
    perGenre,
    confusion,
    reliability,
    hardestPairs: hardestPairs(genres, confusion),
    ...others,
  };
}
