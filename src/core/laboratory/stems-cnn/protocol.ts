// Protocol `stems-cnn`: the same small network on one spectrogram with vocals, on one without, and on those of three stems, with plain and with depthwise
// separable convolutions; many trials of random splits that are the same for all four.
import type { LabDistribution, LabRow, LabTable } from '../../domain/laboratory.ts';
import type { FitEpoch, FitRecipe, FitResult, FitStep, SegmentSource, SegmentSpec } from '../../domain/laboratory-networks.ts';
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { fitPiece } from '../networks/fit-piece.ts';
import { segmentSec } from '../networks/segment-plan.ts';
import { type StudySegments, segmentsOf, segmentsOfRecordings } from '../networks/segments.ts';
import { holm, pairedTTest, signedRankTest } from '../numeric/paired-tests.ts';
import { type Findings, figureOf, published, type Study } from '../study.ts';
import { inGroups, workThrough } from '../work.ts';

/** 458 frames of 512 samples at 22,050 Hz: 10.6 s. */
const SPEC: SegmentSpec = {
  sources: ['mixture', 'accompaniment', 'bass', 'drums', 'other'],
  nFrames: 458,
  nMels: 128,
  fftSamples: 2048,
  hopSamples: 512,
  stepFrames: 457,
  maxSegments: 4,
};

interface Variant {
  name: string;
  sources: readonly SegmentSource[];
  isSeparable: boolean;
  paper: { accuracy: number; macroF1: number };
}

/** Mersy and Kuan 2021; electronic dance music, one dataset of their own. */
const SOURCE = 'Mersy and Kuan 2021, electronic dance music';
const VARIANTS: readonly Variant[] = [
  { name: 'Mixture', sources: ['mixture'], isSeparable: false, paper: { accuracy: 0.38, macroF1: 0.35 } },
  { name: 'Without vocals', sources: ['accompaniment'], isSeparable: false, paper: { accuracy: 0.384, macroF1: 0.371 } },
  { name: 'Three stems', sources: ['bass', 'drums', 'other'], isSeparable: false, paper: { accuracy: 0.456, macroF1: 0.435 } },
  {
    name: 'Three stems, depthwise separable',
    sources: ['bass', 'drums', 'other'],
    isSeparable: true,
    paper: { accuracy: 0.451, macroF1: 0.419 },
  },
];

const N_TRIALS = 50;
const QUICK = { nTrials: 2, nEpochs: 1, spec: { nFrames: 130, maxSegments: 1 } };
/** One fold of five is tested: 80/20. */
const N_PARTS = 5;
const TESTED_SHARE = 1 / (N_PARTS - 1);
const RECIPE: FitRecipe = {
  nEpochs: 6,
  batchSize: 16,
  rate: 1e-3,
  schedule: { kind: 'constant' },
  weightDecay: 0,
  labelSmoothing: 0,
  loss: 'categorical',
  usesClassWeights: true,
  keep: 'leastLoss',
  patience: null,
};

/** A variant and what its trials gave, trial by trial. */
interface Tried {
  variant: Variant;
  fits: FitResult[];
  accuracy: number[];
  macroF1: number[];
}

export async function stemsCnnProtocol(study: Study): Promise<Findings> {
  const { isQuick, nTrials } = study.request;
  const segments = await segmentsOf(study, isQuick ? { ...SPEC, ...QUICK.spec } : SPEC);
  const tried = await tryAll(study, segments, isQuick ? QUICK.nTrials : (nTrials ?? N_TRIALS));
  return {
    settings: {
      spec: segments.table.spec,
      recipe: recipeOf(study),
      nSegments: segments.classes.length,
      networks: tried.map(({ variant, fits }) => ({
        name: variant.name,
        nParameters: fits[0]!.nParameters,
        backends: [...new Set(fits.map(({ backend }) => backend))],
        bestEpochs: fits.map(({ bestEpoch }) => bestEpoch),
        meanSeconds: fits.reduce((sum, { seconds }) => sum + seconds, 0) / fits.length,
      })),
    },
    tables: [figuresTable(tried), ...(tried[0]!.fits.length > 1 ? [differencesTable(tried)] : [])],
    scatters: [],
    distributions: [distributionOf(tried)],
    notes: notesOn(study, segments),
    split: `${tried[0]!.fits.length} trials of 80/20, drawn anew each time and the same for all networks, with the same shares of the genres`,
  };
}

function recipeOf({ request }: Study): FitRecipe {
  return request.isQuick ? { ...RECIPE, nEpochs: QUICK.nEpochs } : RECIPE;
}

/** Trial by trial, so that what is done when it is stopped is whole trials; every variant has the same splits and the same seeds. */
async function tryAll(study: Study, segments: StudySegments, nTrials: number): Promise<Tried[]> {
  const { context } = study;
  const pieces = Array.from({ length: nTrials }, (_, trial) => stepsOf(study, segments, trial)).flatMap((steps, trial) =>
    steps.map((step, i) => fitPiece(`${VARIANTS[i]!.name}, trial ${trial + 1} of ${nTrials}`, step, context)),
  );
  const byTrial = inGroups(await workThrough(pieces, context), VARIANTS.length);
  return VARIANTS.map((variant, i) => {
    const fits = byTrial.map((trial) => trial[i]!);
    const best = fits.map(({ epochs, bestEpoch }): FitEpoch => epochs[bestEpoch - 1]!);
    return {
      variant,
      fits,
      accuracy: best.map(({ checkedAccuracy }) => checkedAccuracy),
      macroF1: best.map(({ checkedMacroF1 }) => checkedMacroF1),
    };
  });
}

/** The paper looks at the tested part after every epoch, and so does this. */
function stepsOf(study: Study, { table, classes }: StudySegments, trial: number): FitStep[] {
  const { request, genres } = study;
  const folds = groupedFolds(study.classes, study.groups, N_PARTS, 1000 * request.seed + trial);
  const places = (isWanted: (fold: number) => boolean) =>
    segmentsOfRecordings(table, Int32Array.from([...folds.keys()].filter((recording) => isWanted(folds[recording]!))));
  const [learned, checked] = [places((fold) => fold !== 0), places((fold) => fold === 0)];
  return VARIANTS.map(({ sources, isSeparable }) => ({
    name: 'fit',
    network: 'stems-cnn',
    options: { isSeparable },
    table,
    channels: sources.map((source) => table.spec.sources.indexOf(source)),
    classes,
    nClasses: genres.length,
    learned,
    checked,
    tested: new Int32Array(0),
    recipe: recipeOf(study),
    seed: request.seed + trial,
  }));
}

function figuresTable(tried: readonly Tried[]): LabTable {
  const measured = tried.map(
    ({ variant, accuracy, macroF1 }): LabRow => ({
      name: variant.name,
      figures: [figureOf(accuracy), figureOf(macroF1)],
      source: null,
    }),
  );
  const papers = VARIANTS.map(
    ({ name, paper }): LabRow => ({
      name: `Paper, ${name.toLowerCase()}`,
      figures: [published(paper.accuracy), published(paper.macroF1)],
      source: SOURCE,
    }),
  );
  return {
    id: 'figures',
    title: 'Four networks on the same splits, at the epoch of the least loss',
    axis: '',
    columns: ['Accuracy', 'Macro F1'],
    rows: [...measured, ...papers],
  };
}

/** Every two networks, the better one first, so that differences are above zero. */
function differencesTable(tried: readonly Tried[]): LabTable {
  const order = tried.toSorted((a, b) => meanOf(b.accuracy) - meanOf(a.accuracy));
  const pairs = order.flatMap((better, i) => order.slice(i + 1).map((other) => ({ better, other })));
  const differences = pairs.map(({ better, other }) => better.accuracy.map((value, trial) => value - other.accuracy[trial]!));
  const t = holm(differences.map((each) => pairedTTest(each, TESTED_SHARE)));
  const ranks = holm(differences.map(signedRankTest));
  const rows = pairs.map(
    ({ better, other }, i): LabRow => ({
      name: `${better.variant.name} over ${other.variant.name.toLowerCase()}`,
      figures: [figureOf(differences[i]!), published(t[i]!), published(ranks[i]!)],
      source: null,
    }),
  );
  return {
    id: 'differences',
    title: 'Differences of accuracy, and how likely chance alone makes one as large (paired tests, corrected after Holm)',
    axis: '',
    columns: ['Difference', 'p, t test for overlapping splits', 'p, signed ranks'],
    rows,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function distributionOf(tried: readonly Tried[]): LabDistribution {
  const rows = tried.map(({ variant, accuracy }) => ({
    name: variant.name,
    values: accuracy,
    published: variant.paper.accuracy,
  }));
  return { id: 'distribution', title: 'Accuracy of the trials', rows };
}

function notesOn({ request, heard }: Study, { nRepeated, classes, table }: StudySegments): string[] {
  return [
    'As in the paper, the epoch is chosen by the loss on the tested part, which flatters all networks alike.',
    `${classes.length} segments of ${segmentSec(table.spec).toFixed(1)} s of ${heard.length} recordings; segments of a recording never stand on both sides.`,
    ...(nRepeated > 0
      ? [
          `${nRepeated} recordings are shorter than a segment: they are repeated until they are as long, so a segment holds less than it could.`,
        ]
      : []),
    "The paper's figures are of other recordings, so they are no measure of these; what can be compared is the order of the networks.",
    "The paper's numbers of filters, sizes of kernels and pooling, and weights of penalties are not known here: 8 and 16 filters of 3 x 3, maxima of 4 x 4.",
    ...(request.isQuick ? ['This was the smoke version: a few recordings, short segments, one epoch, two trials.'] : []),
  ];
}
