// How the figures grow with the number of labels: the folds again, with a part of their labels.
import type { Evaluation } from '../../domain/training.ts';
import type { HeadFit } from '../head/fit-head.ts';
import { learningSide, testSide } from '../head/fit-linear.ts';
import { firstOfEachClass, learningOrder } from './learning-order.ts';
import { accuracyOf, macroF1Of } from './metrics.ts';
import { fitTracks, guessFolds, type Trial, type Verdict } from './trial.ts';

const FRACTIONS = [0.25, 0.5, 0.75];
/** With more tracks, two folds say as much as all. */
const MANY_TRACKS = 2000;

/**
 * Accuracy and macro F1 from 25, 50, 75 and 100 % of the labels of each fold's learning side, tested on the same folds.
 * @param fits of the folds, from all their labels
 */
export function learningCurve(
  trial: Trial,
  fits: readonly HeadFit[],
  verdict: Verdict,
  seed: number,
  onProgress: (fraction: number) => void,
): Evaluation['learningCurve'] {
  const nFolds = trial.classes.length > MANY_TRACKS ? Math.min(2, trial.nFolds) : trial.nFolds;
  const tested = Array.from({ length: nFolds }, (_, fold) => testSide(trial.folds, fold)).flat();
  const learned = Array.from({ length: nFolds }, (_, fold) => learningSide(trial.folds, trial.classes, fold));
  const ranks = learningOrder(trial.groups, seed);
  const labels = Int32Array.from(tested, (track) => trial.classes[track]!);
  return [...FRACTIONS, 1].map((fraction, i) => {
    const parts = learned.map((tracks) => (fraction === 1 ? tracks : firstOfEachClass(tracks, trial.classes, ranks, fraction)));
    const fitOf = (fold: number) => (fraction === 1 ? fits[fold]! : fitTracks(trial, parts[fold]!, trial.classes, fits[fold]));
    const guesses = guessFolds(trial, fitOf, verdict, nFolds);
    const guessed = Int32Array.from(tested, (track) => guesses[track]!);
    onProgress((i + 1) / (FRACTIONS.length + 1));
    return {
      nTracks: Math.round(parts.reduce((sum, part) => sum + part.length, 0) / nFolds),
      accuracy: accuracyOf(labels, guessed),
      macroF1: macroF1Of(labels, guessed, trial.nGenres),
    };
  });
}
