// Protocol `ecapa`: ECAPA-TDNN with convolution channel separation and frequency sub-bands, and the networks that it was compared with, trained from nothing on
// the same folds; each recording is judged by its middle window, and by the mean over all its windows.
import type { LabDistribution, LabRow, LabTable } from '../../domain/laboratory.ts';
import type { FitRecipe, FitResult, FitStep, SegmentSpec } from '../../domain/laboratory-networks.ts';
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { guessesOf } from '../../training/evaluation/metrics.ts';
import { fitPiece } from '../networks/fit-piece.ts';
import { type StudySegments, segmentsOf, segmentsOfRecordings } from '../networks/segments.ts';
import { pickClasses } from '../rows.ts';
import { type Findings, figureOf, published, type Study, scoresOf } from '../study.ts';
import { inGroups, workThrough } from '../work.ts';
import { notesOn } from './notes.ts';
import { PAPER_AVERAGED, SOURCE, VARIANTS, type Variant } from './variants.ts';
import { joinWindows } from './windows.ts';

/** 2 s, as published (crops of 44,356 samples); windows begin half a second apart, at most as many as were averaged there. */
const SPEC: SegmentSpec = {
  sources: ['mixture'],
  nFrames: 174,
  nMels: 48,
  fftSamples: 2048,
  hopSamples: 256,
  stepFrames: 43,
  maxSegments: 16,
};

/** Forty times sixteen windows of a recording are as many as the published eighty times eight crops. */
const RECIPE: FitRecipe = {
  nEpochs: 40,
  batchSize: 16,
  rate: 1e-3,
  schedule: { kind: 'cosine', warmupEpochs: 0 },
  weightDecay: 1e-5,
  labelSmoothing: 0,
  loss: 'categorical',
  usesClassWeights: false,
  keep: 'leastLoss',
  patience: null,
};
const QUICK = { nEpochs: 1, narrowing: 16, nFolds: 1 } as const;
/** Where there is no next fold to choose the epoch by: one part of so many of those that are learned from. */
const N_PARTS = 5;

/** A variant and what its folds gave, fold by fold. */
interface Tried {
  variant: Variant;
  fits: FitResult[];
  /** From the middle window of each recording, and from all of them. */
  single: { accuracy: number; macroF1: number }[];
  all: { accuracy: number; macroF1: number }[];
}

export async function ecapaProtocol(study: Study): Promise<Findings> {
  const { isQuick, nTunedFolds } = study.request;
  const segments = await segmentsOf(study, isQuick ? { ...SPEC, maxSegments: 2 } : SPEC);
  const nFolds = Math.min(study.split.folds.length, isQuick ? QUICK.nFolds : (nTunedFolds ?? Number.POSITIVE_INFINITY));
  const tried = await tryAll(study, segments, Math.max(1, nFolds));
  return {
    settings: {
      spec: segments.table.spec,
      recipe: recipeOf(study),
      narrowing: narrowingOf(study),
      nFolds: tried[0]!.fits.length,
      networks: tried.map(({ variant, fits }) => ({
        name: variant.name,
        nParameters: fits[0]!.nParameters,
        backends: [...new Set(fits.map(({ backend }) => backend))],
        bestEpochs: fits.map(({ bestEpoch }) => bestEpoch),
        meanSeconds: fits.reduce((sum, { seconds }) => sum + seconds, 0) / fits.length,
      })),
    },
    tables: [figuresTable(tried), sizesTable(tried)],
    scatters: [],
    distributions: tried[0]!.fits.length > 1 ? [distributionOf(tried)] : [],
    notes: notesOn(study, {
      segments,
      nFolds: tried[0]!.fits.length,
      nEpochs: recipeOf(study).nEpochs,
      narrowing: narrowingOf(study),
    }),
  };
}

function recipeOf({ request }: Study): FitRecipe {
  return { ...RECIPE, nEpochs: request.nEpochs ?? (request.isQuick ? QUICK.nEpochs : RECIPE.nEpochs) };
}

function narrowingOf({ request }: Study): number {
  return request.narrowing ?? (request.isQuick ? QUICK.narrowing : 1);
}

/** Fold by fold, so that what is done when it is stopped is whole folds; every variant has the same folds and the same seeds. */
async function tryAll(study: Study, segments: StudySegments, nFolds: number): Promise<Tried[]> {
  const { context, genres } = study;
  const steps = Array.from({ length: nFolds }, (_, fold) => stepsOf(study, segments, fold));
  const pieces = steps.flatMap((group, fold) =>
    group.map((step, i) => fitPiece(`${VARIANTS[i]!.name}, fold ${fold + 1} of ${nFolds}`, step, context)),
  );
  const byFold = inGroups(await workThrough(pieces, context), VARIANTS.length);
  return VARIANTS.map((variant, i) => {
    const fits = byFold.map((fold) => fold[i]!);
    const joined = fits.map((fit, fold) => joinWindows(segments.table.recordings, steps[fold]![i]!.tested, fit, genres.length));
    const scores = (of: 'single' | 'all') =>
      joined.map((each) => scoresOf(study, each.recordings, guessesOf(each[of], genres.length)));
    return { variant, fits, single: scores('single'), all: scores('all') };
  });
}

function stepsOf(study: Study, { table, classes }: StudySegments, fold: number): FitStep[] {
  const { request, genres } = study;
  const { learned, checked, tested } = partsOf(study, fold);
  const recipe = recipeOf(study);
  const narrowing = narrowingOf(study);
  return VARIANTS.map(({ network, options }) => ({
    name: 'fit',
    network,
    options: { ...options, narrowing },
    table,
    channels: null,
    classes,
    nClasses: genres.length,
    learned: segmentsOfRecordings(table, learned),
    checked: segmentsOfRecordings(table, checked),
    tested: segmentsOfRecordings(table, tested),
    recipe: checked.length > 0 ? recipe : { ...recipe, keep: 'last' },
    seed: request.seed + fold,
  }));
}

/** As published, the fold after the tested one chooses the epoch; with fewer than three folds, a part of the learned recordings. */
function partsOf({ split, classes, groups, request }: Study, fold: number): Record<'learned' | 'checked' | 'tested', Int32Array> {
  const { folds } = split;
  const { learned, tested } = folds[fold]!;
  const inner = groupedFolds(pickClasses(classes, learned), pickClasses(groups, learned), N_PARTS, request.seed);
  const checked = folds.length > 2 ? folds[(fold + 1) % folds.length]!.tested : learned.filter((_, i) => inner[i] === 0);
  const kept = new Set(checked);
  return { learned: learned.filter((recording) => !kept.has(recording)), checked, tested };
}

function figuresTable(tried: readonly Tried[]): LabTable {
  const measured = tried.map(({ variant, single, all }): LabRow => {
    const figures = [
      single.map(({ accuracy }) => accuracy),
      all.map(({ accuracy }) => accuracy),
      all.map(({ macroF1 }) => macroF1),
    ];
    return { name: variant.name, figures: figures.map(figureOf), source: null };
  });
  const last = VARIANTS.at(-1)!;
  const papers = VARIANTS.filter(({ paper }) => paper !== null).map(
    (variant): LabRow => ({
      name: `Paper, ${variant.name}`,
      figures: [published(variant.paper!), variant === last ? published(PAPER_AVERAGED) : null, null],
      source: SOURCE,
    }),
  );
  return {
    id: 'figures',
    title: 'Networks on the same folds',
    axis: '',
    columns: ['Accuracy, one window', 'Accuracy, all windows', 'Macro F1, all windows'],
    rows: [...measured, ...papers],
  };
}

function sizesTable(tried: readonly Tried[]): LabTable {
  const rows = tried.map(
    ({ variant, fits }): LabRow => ({ name: variant.name, figures: [published(fits[0]!.nParameters)], source: null }),
  );
  return { id: 'parameters', title: 'Numbers that learn', axis: '', columns: ['Parameters'], rows, isCount: true };
}

function distributionOf(tried: readonly Tried[]): LabDistribution {
  const rows = tried.map(({ variant, all }) => ({
    name: variant.name,
    values: all.map(({ accuracy }) => accuracy),
    published: variant.paper,
  }));
  return { id: 'distribution', title: 'Accuracy of the folds, all windows', rows };
}
