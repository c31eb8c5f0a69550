// The model in use and the new one, side by side on the same tracks in the same folds.
import type { Comparison, HeadDataset, Incumbent } from '../../domain/training.ts';
import type { FeatureTable } from '../head/feature-table.ts';
import type { HeadFit } from '../head/fit-head.ts';
import { mcnemarMidP } from './mcnemar.ts';
import { accuracyOf, guessesOf, macroF1Of } from './metrics.ts';
import { createTrial, guessFolds, runTrial, type Trial, testedTracks, type Verdict } from './trial.ts';

/**
 * @param guesses of the new model for every track, from folds that had not seen it
 * @param fits of the new model's folds: a place to begin for the other's
 */
export function compareWith(
  incumbent: Incumbent,
  dataset: HeadDataset,
  table: FeatureTable,
  trial: Trial,
  fits: readonly HeadFit[],
  guesses: Int32Array,
  verdict: Verdict,
): Comparison {
  const tested = testedTracks(trial);
  const otherGuesses =
    incumbent.kind === 'fixed'
      ? guessesOf(incumbent.probabilities, trial.nGenres)
      : retrainedGuesses(incumbent, dataset, table, trial, fits, verdict);
  const pick = (values: Int32Array) => Int32Array.from(tested, (track) => values[track]!);
  const [labels, own, other] = [pick(trial.classes), pick(guesses), pick(otherGuesses)];
  const onlyThisRight = labels.reduce((n, label, i) => n + (own[i] === label && other[i] !== label ? 1 : 0), 0);
  const onlyOtherRight = labels.reduce((n, label, i) => n + (own[i] !== label && other[i] === label ? 1 : 0), 0);
  return {
    otherName: incumbent.name,
    otherAccuracy: accuracyOf(labels, other),
    otherMacroF1: macroF1Of(labels, other, trial.nGenres),
    onlyThisRight,
    onlyOtherRight,
    pValue: mcnemarMidP(onlyThisRight, onlyOtherRight),
  };
}

/** The other model trained again in every fold, from the labels it had then and nothing of the fold. */
function retrainedGuesses(
  incumbent: Extract<Incumbent, { kind: 'retrained' }>,
  dataset: HeadDataset,
  table: FeatureTable,
  trial: Trial,
  fits: readonly HeadFit[],
  verdict: Verdict,
): Int32Array {
  const nComponents = Math.min(incumbent.settings.nComponents, table.k);
  const other = createTrial(dataset, table, { ...incumbent.settings, nComponents }, trial.folds, trial.nFolds);
  const starts = other.tracks.k === trial.tracks.k ? fits : [];
  const scores = runTrial(other, undefined, incumbent.classes, starts);
  return guessFolds(other, (fold) => scores.fits[fold]!, verdict);
}
