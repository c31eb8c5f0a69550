// Protocol `transfer`: a new head on the bundled network's frozen features against training its last layers further; one window against
// all; ways of joining windows; and a few labels only.
import type { HeadGuesses, LabFeatures, LabRow, LabTable } from '../../domain/laboratory.ts';
import { JOIN_RULES, type JoinRule } from '../../domain/training.ts';
import { type Findings, figureOf, foldOf, published, type Study, scoresOf } from '../study.ts';
import { inGroups, stepPiece, workThrough } from '../work.ts';
import { fewShotTable } from './few-shot.ts';
import { canTune, featuresOf, KIND_NAMES, KINDS, type TunedFeatures, tunePiece } from './fine-tuning.ts';

const PAPER = { accuracy: 0.78, source: 'GTZAN, about; transfer of a network trained on other music' };
const BASELINE = {
  accuracy: 0.649,
  source: '350 librosa descriptors and a support vector classifier, on 399 excerpts of 2 to 3 s of ten genres',
};
const QUICK_TUNED_FOLDS = 1;

const RULE_NAMES: Record<JoinRule, string> = {
  mean: 'Mean',
  geometricMean: 'Geometric mean',
  majorityVote: 'Majority vote',
  nearestNeighbours: 'Nearest neighbours',
};
const FROZEN = [
  ...KINDS.map((kinds) => ({ name: KIND_NAMES[kinds], from: 'windows' as const, kinds })),
  ...KINDS.map((kinds) => ({ name: `${KIND_NAMES[kinds]}, pieces of 1 s`, from: 'pieces' as const, kinds })),
];

/** A way of learning and what it guessed, fold by fold. */
interface Tried {
  name: string;
  folds: HeadGuesses[];
}

export async function transferProtocol(study: Study): Promise<Findings> {
  const frozen = await tryFrozen(study);
  const fewShot = await fewShotTable(study);
  // Last, because it takes longest.
  const { tried: tuned, trainings } = await tryTuned(study);
  return {
    settings: { trainings },
    tables: [waysTable(study, frozen, tuned), joinsTable(study, frozen), ...(fewShot ? [fewShot] : [])],
    scatters: [],
    notes: notesOn(study, trainings.length),
  };
}

async function tryFrozen(study: Study): Promise<Tried[]> {
  const { context, split } = study;
  const pieces = FROZEN.flatMap(({ name, from, kinds }) => {
    const features = featuresOf(study, from, kinds);
    return split.folds.map((_, fold) => stepPiece(`${name}, fold ${fold + 1}`, headStep(study, features, fold), context));
  });
  const results = inGroups(await workThrough(pieces, context), split.folds.length);
  return FROZEN.map(({ name }, i) => ({ name, folds: results[i]! }));
}

/** Nothing of the tested tracks is looked at, not even without their labels. */
function headStep(study: Study, features: LabFeatures, fold: number) {
  const { learned, tested } = study.split.folds[fold]!;
  return { name: 'head' as const, ...foldOf(study, learned, tested), features, usesUnlabelled: false, joins: true };
}

type Training = Omit<TunedFeatures, 'embeddings' | 'embeddingSize'>;

async function tryTuned(study: Study): Promise<{ tried: Tried[]; trainings: Training[] }> {
  const { context, split, request } = study;
  const wanted = request.isQuick ? QUICK_TUNED_FOLDS : (request.nTunedFolds ?? split.folds.length);
  const isPossible = split.folds.every((_, fold) => canTune(study, fold));
  const folds = split.folds.map((_, fold) => fold).slice(0, isPossible ? wanted : 0);
  const { classifierDir } = await context.models();
  const tuned = await workThrough(
    folds.map((fold) => tunePiece(study, fold, classifierDir)),
    context,
  );
  const pieces = KINDS.flatMap((kinds) =>
    folds.map((fold, i) =>
      stepPiece(
        `Head on the trained network, fold ${fold + 1}`,
        headStep(study, featuresOf(study, tuned[i]!, kinds), fold),
        context,
      ),
    ),
  );
  const results = await workThrough(pieces, context);
  const tried = KINDS.map((kinds, i) => ({
    name: `Last layers trained, ${KIND_NAMES[kinds].toLowerCase()}`,
    folds: results.slice(i * folds.length, (i + 1) * folds.length),
  }));
  const trainings = tuned.map(({ bestEpoch, nEpochs, backend }) => ({ bestEpoch, nEpochs, backend }));
  return { tried, trainings };
}

function rowOf(study: Study, name: string, folds: readonly HeadGuesses[], pick: (guesses: HeadGuesses) => Int32Array): LabRow {
  const scores = folds.map((guesses, fold) => scoresOf(study, study.split.folds[fold]!.tested, pick(guesses)));
  const figures = [figureOf(scores.map(({ accuracy }) => accuracy)), figureOf(scores.map(({ macroF1 }) => macroF1))];
  return { name, figures, source: null };
}

function waysTable(study: Study, frozen: readonly Tried[], tuned: readonly Tried[]): LabTable {
  const nFolds = study.split.folds.length;
  const ofFolds = (n: number) => (n === nFolds ? '' : ` (${n} of ${nFolds} folds)`);
  const rows = [
    ...frozen
      .slice(0, KINDS.length)
      .flatMap(({ name, folds }) => [
        rowOf(study, `${name}, all windows`, folds, ({ byRule }) => byRule.mean!),
        rowOf(study, `${name}, one window`, folds, ({ single }) => single),
      ]),
    ...tuned.flatMap(({ name, folds }) =>
      folds.length === 0 ? [] : [rowOf(study, `${name}${ofFolds(folds.length)}`, folds, ({ byRule }) => byRule.mean!)],
    ),
    // Beside the trained network the frozen one on the same folds.
    ...(tuned[0]!.folds.length > 0 && tuned[0]!.folds.length < nFolds
      ? frozen.slice(0, KINDS.length).map(({ name, folds }) => {
          const same = folds.slice(0, tuned[0]!.folds.length);
          return rowOf(study, `${name}, all windows${ofFolds(same.length)}`, same, ({ byRule }) => byRule.mean!);
        })
      : []),
    { name: 'Baseline', figures: [published(BASELINE.accuracy), null], source: BASELINE.source },
    { name: 'Paper', figures: [published(PAPER.accuracy), null], source: PAPER.source },
  ];
  return {
    id: 'ways',
    title: 'A new head on frozen features, and a network trained further',
    axis: '',
    columns: ['Accuracy', 'Macro F1'],
    rows,
  };
}

function joinsTable(study: Study, frozen: readonly Tried[]): LabTable {
  const accuracyOf = (folds: readonly HeadGuesses[], pick: (guesses: HeadGuesses) => Int32Array) =>
    rowOf(study, '', folds, pick).figures[0]!;
  const rows = JOIN_RULES.map((rule) => ({
    name: RULE_NAMES[rule],
    figures: frozen.map(({ folds }) => accuracyOf(folds, ({ byRule }) => byRule[rule]!)),
    source: null,
  }));
  const single = {
    name: 'The middle one alone',
    figures: frozen.map(({ folds }) => accuracyOf(folds, (g) => g.single)),
    source: null,
  };
  const columns = frozen.map(({ name }) => name);
  return { id: 'joins', title: 'Accuracy by the way of joining windows or pieces', axis: '', columns, rows: [...rows, single] };
}

function notesOn({ heard, request, split }: Study, nTuned: number): string[] {
  const nWindows = heard.reduce((sum, { hearing }) => sum + hearing.windows.length, 0);
  const isShort = nWindows === heard.length;
  return [
    'In the folds, scales, directions, settings, calibration and neighbours come from the learning part alone.',
    ...(isShort ? ['Every recording is so short that it is one window: one window and all windows are the same here.'] : []),
    ...(nTuned === 0 && request.nTunedFolds !== 0 ? ['There are too few recordings to train the network itself.'] : []),
    ...(nTuned > 0 && nTuned < split.folds.length && !request.isQuick
      ? [`The network was trained in ${nTuned} of ${split.folds.length} folds.`]
      : []),
    ...(request.isQuick ? ['This was the smoke version: a few recordings, one step of training.'] : []),
  ];
}
