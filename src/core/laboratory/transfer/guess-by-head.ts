// A head on frozen features, trained as the application's quick training does, on one fold's learned tracks; and what it says of the
// tested ones, their windows joined in every way.
import type { HeadGuesses, HeadStep, LabFeatures } from '../../domain/laboratory.ts';
import { featureShapeOf, type HeadDataset, type HeadSettings, JOIN_RULES, type JoinRule } from '../../domain/training.ts';
import { neighboursOf } from '../../training/evaluation/cross-fit.ts';
import { groupedFolds, NEVER_TESTED } from '../../training/evaluation/grouped-folds.ts';
import { guessesOf } from '../../training/evaluation/metrics.ts';
import { createTrial, fitAll, runTrial, scoredTracks, type Trial, testedTracks } from '../../training/evaluation/trial.ts';
import { chooseSettings, firstChoice, MAX_COMPONENTS } from '../../training/head/choose-settings.ts';
import { buildFeatureTable, type FeatureTable } from '../../training/head/feature-table.ts';
import { createHeadScorer, softmaxRows } from '../../training/head/head-scores.ts';
import { joinWindows, type Neighbours } from '../../training/head/join-rules.ts';
import { fitTemperature, selectTracks } from '../../training/head/temperature.ts';
import { pickClasses } from '../rows.ts';
import { meanEmbeddings, middleWindows, selectFeatures } from './lab-features.ts';

const N_CALIBRATION_FOLDS = 5;

/** What turns a head's scores into verdicts. */
interface Calibration {
  mean: number;
  geometricMean: number;
  neighbours: Neighbours | null;
}

/** With `usesUnlabelled` the tested tracks' features, never their classes, give scales and directions too. */
export function guessByHead(step: HeadStep, pulse: (fraction: number | null) => void): HeadGuesses {
  const { tested, nClasses, features, seed, joins } = step;
  const dataset = learnedDataset(step);
  const table = buildFeatureTable(dataset, MAX_COMPONENTS, seed);
  pulse(0.3);
  const settings = settingsFor(dataset, table, seed, () => pulse(null));
  const trial = trialOf(dataset, table, settings, seed);
  const calibration = joins ? calibrate(trial, seed) : { mean: 1, geometricMean: 1, neighbours: null };
  pulse(0.8);
  const scorer = createHeadScorer({
    ...table.toHead(fitAll(trial)),
    genres: dataset.genres,
    ...featureShapeOf(features),
    temperature: 1,
    thresholds: new Float32Array(nClasses),
    join: 'mean',
    neighbours: null,
    settings,
  });
  const rules: readonly JoinRule[] = joins ? JOIN_RULES : ['mean'];
  const heard = selectFeatures(features, tested);
  const guess = (rule: JoinRule, some: LabFeatures) =>
    joined(rule, scorer.windowLogits(some), some.windowStart, nClasses, calibration);
  return {
    byRule: Object.fromEntries(rules.map((rule) => [rule, guess(rule, heard)])),
    single: guess('mean', middleWindows(heard)),
  };
}

/** The learned tracks, and of the others no more than their features where those may be looked at. */
function learnedDataset({ learned, tested, classes, groups, nClasses, features, usesUnlabelled }: HeadStep): HeadDataset {
  const others = selectFeatures(features, usesUnlabelled ? tested : new Int32Array(0));
  return {
    ...selectFeatures(features, learned),
    genres: Array.from({ length: nClasses }, (_, i) => String(i)),
    trackIds: learned,
    classes: pickClasses(classes, learned),
    groups: pickClasses(groups, learned),
    background: { embeddings: meanEmbeddings(others), trackFeatures: others.trackFeatures },
  };
}

function settingsFor(
  { classes, groups, genres }: HeadDataset,
  table: FeatureTable,
  seed: number,
  onStep: () => void,
): HeadSettings {
  const components = { values: table.tracks, k: table.k };
  const labelled = { components, scaled: table.scaled, classes, groups, nGenres: genres.length };
  const chosen = chooseSettings(labelled, seed, onStep)[0]?.settings ?? firstChoice(classes.length);
  return { ...chosen, nComponents: Math.min(chosen.nComponents, table.k) };
}

/** Folds inside the learned tracks: what calibration is taken from. */
function trialOf(dataset: HeadDataset, table: FeatureTable, settings: HeadSettings, seed: number): Trial {
  const folds = groupedFolds(dataset.classes, dataset.groups, N_CALIBRATION_FOLDS, seed);
  return createTrial(dataset, table, settings, folds, N_CALIBRATION_FOLDS);
}

function calibrate(trial: Trial, seed: number): Calibration {
  if (trial.folds.every((fold) => fold === NEVER_TESTED)) return { mean: 1, geometricMean: 1, neighbours: null };
  const scored = selectTracks(scoredTracks(trial, runTrial(trial).logits), testedTracks(trial));
  const mean = fitTemperature(scored, 'mean');
  return { mean, geometricMean: fitTemperature(scored, 'geometricMean'), neighbours: neighboursOf(scored, mean, seed) };
}

function joined(
  rule: JoinRule,
  logits: Float32Array,
  windowStart: Int32Array,
  nClasses: number,
  calibration: Calibration,
): Int32Array {
  const temperature = rule === 'geometricMean' ? calibration.geometricMean : calibration.mean;
  const windows = softmaxRows(logits, nClasses, temperature);
  return guessesOf(joinWindows(rule, windows, windowStart, nClasses, calibration.neighbours), nClasses);
}
