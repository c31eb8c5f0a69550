// Protocol `divide-and-conquer`: a convolutional-recurrent network and its variants, on 30 seconds whole and in pieces whose majority decides.
import type { FitRecipe, FitStep } from '../../domain/laboratory-networks.ts';
import { accuracyOf, guessesOf } from '../../training/evaluation/metrics.ts';
import { fitPiece } from '../networks/fit-piece.ts';
import { type StudySegments, segmentsOf, segmentsOfRecordings } from '../networks/segments.ts';
import { pickClasses } from '../rows.ts';
import { type Findings, type Study, scoresOf } from '../study.ts';
import { inGroups, workThrough } from '../work.ts';
import { type Cut, cutsFor, specOf } from './cuts.ts';
import { holdBack, type Sides } from './hold-back.ts';
import { notesOn, type Tried, tablesOf } from './report.ts';
import { VARIANTS, type Variant } from './variants.ts';
import { majorityVote } from './vote.ts';

const QUICK = { nFolds: 1, nEpochs: 1 };
const RECIPE: Omit<FitRecipe, 'batchSize' | 'schedule'> = {
  nEpochs: 30,
  rate: 1e-3,
  weightDecay: 0,
  labelSmoothing: 0,
  loss: 'categorical',
  usesClassWeights: true,
  keep: 'leastLoss',
  patience: 6,
};
const BLIND_SCHEDULE = { kind: 'steps', everyEpochs: 10, factor: 0.5 } as const;

/** A cut with its segments. */
interface CutUp {
  cut: Cut;
  segments: StudySegments;
}

export async function divideAndConquerProtocol(study: Study): Promise<Findings> {
  const cuts = cutsFor(Math.max(...study.heard.map(({ hearing }) => hearing.durationSec)));
  const cutUps: CutUp[] = [];
  for (const cut of cuts) cutUps.push({ cut, segments: await segmentsOf(study, specOf(cut)) });
  const nFolds = foldsOf(study);
  const tried = await tryAll(study, cutUps, nFolds);
  const isVoted = cutUps.some(({ segments }) => segments.classes.length > study.heard.length);
  const isHeldBack = holdBack(study, 0).checked.length > 0;
  return {
    settings: {
      cuts: cutUps.map(({ cut, segments }) => ({ ...cut, spec: segments.table.spec, nSegments: segments.classes.length })),
      recipe: recipeOf(study, cuts[0]!, VARIANTS[0]!, isHeldBack),
      networks: tried.map(({ variant, cut, fits, accuracy }) => ({
        ...variant,
        name: `${variant.name}, ${cut.name}`,
        nParameters: fits[0]!.nParameters,
        backends: [...new Set(fits.map(({ backend }) => backend))],
        bestEpochs: fits.map(({ bestEpoch }) => bestEpoch),
        seconds: fits.map(({ seconds }) => seconds),
        accuracy,
      })),
    },
    tables: tablesOf(tried, cuts, isVoted),
    scatters: [],
    notes: notesOn(study, tried, { nFolds, isHeldBack, isVoted, nRepeated: cutUps.map(({ segments }) => segments.nRepeated) }),
  };
}

/** Folds in which networks are trained. */
function foldsOf({ request, split }: Study): number {
  return Math.min(split.folds.length, request.isQuick ? QUICK.nFolds : Math.max(1, request.nTunedFolds ?? split.folds.length));
}

/** Fold by fold, so that what is done when it is stopped is whole folds; the short pieces first, because they are the paper's best. */
async function tryAll(study: Study, cutUps: readonly CutUp[], nFolds: number): Promise<Tried[]> {
  const { context, genres } = study;
  const asked = cutUps.toReversed().flatMap((cutUp) => VARIANTS.map((variant) => ({ ...cutUp, variant })));
  const steps = Array.from({ length: nFolds }, (_, fold) => asked.map((each) => stepOf(study, each, each.variant, fold)));
  const pieces = steps.flatMap((ofFold, fold) =>
    ofFold.map((step, i) => fitPiece(`${asked[i]!.variant.name}, ${asked[i]!.cut.name}, fold ${fold + 1}`, step, context)),
  );
  const fits = inGroups(await workThrough(pieces, context), asked.length);
  return asked.map(({ variant, cut, segments }, i) => {
    const own = fits.map((ofFold) => ofFold[i]!);
    const scores = own.map((fit, fold) => {
      const voted = majorityVote(fit.probabilities, genres.length, steps[fold]![i]!.tested, segments.table);
      return scoresOf(study, voted.recordings, voted.guesses);
    });
    return {
      variant,
      cut,
      fits: own,
      accuracy: scores.map(({ accuracy }) => accuracy),
      macroF1: scores.map(({ macroF1 }) => macroF1),
      pieces: own.map(({ probabilities }, fold) => {
        const labels = pickClasses(segments.classes, steps[fold]![i]!.tested);
        return accuracyOf(labels, guessesOf(probabilities, genres.length));
      }),
    };
  });
}

function stepOf(study: Study, { cut, segments }: CutUp, variant: Variant, fold: number): FitStep {
  const { table, classes } = segments;
  const sides = holdBack(study, fold);
  const places = (side: keyof Sides) => segmentsOfRecordings(table, sides[side]);
  return {
    name: 'fit',
    network: 'divide-and-conquer',
    options: variant.options,
    table,
    channels: null,
    classes,
    nClasses: study.genres.length,
    learned: places('learned'),
    checked: places('checked'),
    tested: places('tested'),
    recipe: recipeOf(study, cut, variant, sides.checked.length > 0),
    seed: study.request.seed + fold,
  };
}

function recipeOf({ request }: Study, { batchSize }: Cut, { schedule }: Variant, isHeldBack: boolean): FitRecipe {
  const nEpochs = request.isQuick ? QUICK.nEpochs : (request.nEpochs ?? RECIPE.nEpochs);
  if (isHeldBack) return { ...RECIPE, nEpochs, batchSize, schedule };
  // No loss says when to stop, nor when to go slower.
  const blind = schedule.kind === 'plateau' ? BLIND_SCHEDULE : schedule;
  return { ...RECIPE, nEpochs, batchSize, schedule: blind, keep: 'last', patience: null };
}
