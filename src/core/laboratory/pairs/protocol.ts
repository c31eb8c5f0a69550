// Protocol `pairs`: a small network for every two genres, and from all of them a map of which genres are hard to tell apart.
import { StemscapeError } from '../../domain/errors.ts';
import type { FitRecipe, FitStep, SegmentSpec } from '../../domain/laboratory-networks.ts';
import { fitPiece } from '../networks/fit-piece.ts';
import { type StudySegments, segmentsOf, segmentsOfRecordings } from '../networks/segments.ts';
import type { Findings, Study } from '../study.ts';
import { inGroups, workThrough } from '../work.ts';
import { type GenrePair, pairsOf } from './genre-pairs.ts';
import { kindsTable, mapOf, notesOn, pairName, pairsTable, type Tried } from './pair-report.ts';
import { pairScores } from './pair-scores.ts';
import { type PairSplit, splitPair } from './split-pair.ts';

/** 173 frames of 256 samples at 22,050 Hz: 2 s. */
const SPEC: SegmentSpec = {
  sources: ['mixture'],
  nFrames: 173,
  nMels: 64,
  fftSamples: 2048,
  hopSamples: 256,
  stepFrames: 172,
  maxSegments: 8,
};
const N_TRIALS = 3;
const QUICK = { nTrials: 1, nEpochs: 2 };
/** The last epoch's weights count: nothing of the tested recordings chooses anything. */
const RECIPE: FitRecipe = {
  nEpochs: 20,
  batchSize: 16,
  rate: 1e-3,
  schedule: { kind: 'constant' },
  weightDecay: 0,
  labelSmoothing: 0,
  loss: 'binary',
  usesClassWeights: true,
  keep: 'last',
  patience: null,
};

export async function pairsProtocol(study: Study): Promise<Findings> {
  const { isQuick, nTrials: wanted } = study.request;
  const nTrials = isQuick ? QUICK.nTrials : Math.max(1, wanted ?? N_TRIALS);
  const segments = await segmentsOf(study, isQuick ? { ...SPEC, maxSegments: 1 } : SPEC);
  const tried = await tryAll(study, segments, nTrials);
  const recipe = recipeOf(study);
  return {
    settings: {
      spec: segments.table.spec,
      recipe,
      nTrials,
      nSegments: segments.classes.length,
      nParameters: tried[0]!.fits[0]!.nParameters,
      backends: [...new Set(tried.flatMap(({ fits }) => fits.map(({ backend }) => backend)))],
      networks: tried.map(({ pair, nTested, fits }) => ({
        pair: pairName(study.genres, pair),
        kind: pair.kind,
        nTested,
        seconds: fits.map(({ seconds }) => seconds),
      })),
    },
    tables: [kindsTable(tried), pairsTable(study.genres, tried)],
    scatters: [],
    matrices: [mapOf(study.genres, tried)],
    notes: notesOn(study, segments, tried),
    split: `70/30 within every pair, ${nTrials === 1 ? 'drawn once' : `drawn ${nTrials} times`}, with the same shares of both genres`,
  };
}

function recipeOf({ request }: Study): FitRecipe {
  return { ...RECIPE, nEpochs: request.isQuick ? QUICK.nEpochs : (request.nEpochs ?? RECIPE.nEpochs) };
}

/** A pair with its split in every trial. */
interface SplitUp {
  pair: GenrePair;
  splits: PairSplit[];
}

function splitUp({ genres, classes, groups, request }: Study, nTrials: number): SplitUp[] {
  const all = pairsOf(genres).map((pair) => {
    const splits = Array.from({ length: nTrials }, (_, trial) => splitPair(classes, groups, pair, seedOf(request.seed, trial)));
    return { pair, splits: splits.filter((split) => split !== null) };
  });
  const whole = all.filter(({ splits }) => splits.length === nTrials);
  if (whole.length > 0) return whole;
  throw new StemscapeError(
    'training.tooFewLabels',
    'No two genres have recordings of two artists each, to learn from and to test.',
  );
}

function seedOf(seed: number, trial: number): number {
  return 1000 * seed + trial;
}

/** Trial by trial of all pairs, so that what is done when it is stopped is a whole map. */
async function tryAll(study: Study, segments: StudySegments, nTrials: number): Promise<Tried[]> {
  const { context } = study;
  const all = splitUp(study, nTrials);
  const steps = Array.from({ length: nTrials }, (_, trial) => all.map((each) => stepOf(study, segments, each, trial)));
  const pieces = steps.flatMap((trial, t) =>
    trial.map((step, i) => fitPiece(`${pairName(study.genres, all[i]!.pair)}, trial ${t + 1} of ${nTrials}`, step, context)),
  );
  const fits = inGroups(await workThrough(pieces, context), all.length);
  return all.map(({ pair, splits }, i) => ({
    pair,
    fits: fits.map((trial) => trial[i]!),
    trials: fits.map((trial, t) => {
      const { tested, classes: isSecond } = steps[t]![i]!;
      return pairScores(trial[i]!.probabilities, tested, segments.table, (segment) => isSecond[segment] === 1);
    }),
    nLearned: splits[0]!.learned.length,
    nTested: splits[0]!.tested.length,
  }));
}

function stepOf(study: Study, { table, classes }: StudySegments, { pair, splits }: SplitUp, trial: number): FitStep {
  const { learned, tested } = splits[trial]!;
  return {
    name: 'fit',
    network: 'pairs',
    options: {},
    table,
    channels: null,
    classes: classes.map((genre) => Number(genre === pair.second)),
    nClasses: 2,
    learned: segmentsOfRecordings(table, learned),
    checked: new Int32Array(0),
    tested: segmentsOfRecordings(table, tested),
    recipe: recipeOf(study),
    seed: seedOf(study.request.seed, trial),
  };
}
