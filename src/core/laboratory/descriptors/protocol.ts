// Protocol `descriptors`: the 518 descriptors, reduced by singular vectors, by a random forest's importances or by a deep autoencoder, and a
// support vector classifier behind each.
import type { LabScatter, LabTable, ReducedGuesses, Reduction } from '../../domain/laboratory.ts';
import { REDUCTIONS } from '../../domain/laboratory.ts';
import { descriptorTable, type Findings, figureOf, foldOf, published, type Study, scoresOf } from '../study.ts';
import { stepPiece, workThrough } from '../work.ts';

const SIZES = [10, 50, 100, 200, 400, 518];
const QUICK_SIZES = [10, 50];
const LATENT_SIZE = 50;
/** "Tables II and III"; the best figure is the one that is known here. */
const PAPER = { size: 10, accuracy: 0.626, source: 'deep autoencoder and support vector classifier, Tables II and III' };

const NAMES: Record<Reduction, string> = {
  svd: 'Singular vectors (SVD)',
  forest: 'Random-forest importance',
  autoencoder: 'Deep autoencoder',
};

export async function descriptorsProtocol(study: Study): Promise<Findings> {
  const { isQuick } = study.request;
  const sizes = isQuick ? QUICK_SIZES : SIZES;
  const found = await guessesOfFolds(study, sizes);
  const cellOf = (reduction: Reduction, size: number, what: 'accuracy' | 'macroF1') =>
    figureOf(found.filter((each) => each.reduction === reduction && each.size === size).map((each) => each[what]));
  const rowsOf = (what: 'accuracy' | 'macroF1') =>
    REDUCTIONS.map((reduction) => ({
      name: NAMES[reduction],
      figures: sizes.map((size) => cellOf(reduction, size, what)),
      source: null,
    }));
  const tableOf = (id: string, title: string, rows: LabTable['rows']): LabTable => {
    return { id, title, axis: 'Dimensions', columns: sizes.map(String), rows };
  };
  const paper = sizes.map((size) => (size === PAPER.size ? published(PAPER.accuracy) : null));
  return {
    settings: { sizes, reductions: REDUCTIONS, chosen: found.map(({ accuracy: _a, macroF1: _f, ...settings }) => settings) },
    tables: [
      tableOf('accuracy', 'Accuracy of the support vector classifier', [
        ...rowsOf('accuracy'),
        { name: 'Paper, best', figures: paper, source: PAPER.source },
      ]),
      tableOf('macro-f1', 'Macro F1', rowsOf('macroF1')),
    ],
    scatters: [await latentPicture(study)],
    notes: notesOn(study, found),
  };
}

interface Found {
  fold: number;
  reduction: Reduction;
  size: number;
  nDimensions: number;
  isUntrained?: true;
  cost: number;
  gammaFactor: number;
  accuracy: number;
  macroF1: number;
}

/** The autoencoder learns anew for every size, so each of them is a piece of its own. */
async function guessesOfFolds(study: Study, sizes: readonly number[]): Promise<Found[]> {
  const { request, context, split, heard } = study;
  const descriptors = descriptorTable(heard);
  const asked = split.folds.flatMap(({ learned, tested }, fold) =>
    REDUCTIONS.flatMap((reduction) =>
      (reduction === 'autoencoder' ? sizes.map((size) => [size]) : [sizes]).map((some) => ({
        fold,
        reduction,
        tested,
        step: {
          name: 'reduce' as const,
          ...foldOf(study, learned, tested),
          reduction,
          sizes: some,
          descriptors,
          isQuick: request.isQuick,
        },
      })),
    ),
  );
  const results = await workThrough(
    asked.map(({ fold, reduction, step }) => stepPiece(`${NAMES[reduction]}, fold ${fold + 1}`, step, context)),
    context,
  );
  return results.flatMap((bySize, i) =>
    bySize.map(({ guesses, ...facts }: ReducedGuesses) => {
      const { fold, reduction, tested } = asked[i]!;
      return { fold, reduction, ...facts, ...scoresOf(study, tested, guesses) };
    }),
  );
}

async function latentPicture(study: Study): Promise<LabScatter> {
  const { context, split, heard, genres, classes, request } = study;
  const { learned, tested } = split.folds[0]!;
  const step = {
    name: 'latent' as const,
    ...foldOf(study, learned, tested),
    descriptors: descriptorTable(heard),
    latentSize: LATENT_SIZE,
    isQuick: request.isQuick,
  };
  const [positions] = await workThrough([stepPiece('Picture of the latent space', step, context)], context);
  const unseen = new Set(tested);
  return {
    id: 'latent',
    title: `t-SNE of the autoencoder's ${LATENT_SIZE} latent dimensions; rings: not seen by it`,
    positions: Array.from(positions!),
    classes: Array.from(classes),
    classNames: genres,
    isUnseen: heard.map((_, i) => unseen.has(i)),
  };
}

function notesOn({ kind, request }: Study, found: readonly Found[]): string[] {
  const largest = Math.max(...found.filter(({ reduction }) => reduction === 'svd').map(({ nDimensions }) => nDimensions));
  const asked = Math.max(...found.map(({ size }) => size));
  return [
    'Scales, reductions, and the cost and width of the classifier come from the learning part of each fold alone.',
    ...(largest < asked ? [`A fold has too few recordings for ${asked} singular vectors: there are at most ${largest}.`] : []),
    ...(found.some(({ isUntrained }) => isUntrained)
      ? ['A fold has too few recordings to train an autoencoder: principal components stand in for it.']
      : []),
    ...(kind === 'fma' ? [] : ["The paper's figure is of the FMA dataset, so it is no measure of this one."]),
    ...(request.isQuick ? ['This was the smoke version: a few recordings, small networks, no choice of settings.'] : []),
  ];
}
