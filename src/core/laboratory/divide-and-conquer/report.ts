// What the convolutional-recurrent networks gave, as tables, and what a reader must know.
import type { LabRow, LabTable } from '../../domain/laboratory.ts';
import type { FitResult } from '../../domain/laboratory-networks.ts';
import { figureOf, published, type Study } from '../study.ts';
import { CUTS, type Cut } from './cuts.ts';
import { VARIANTS, type Variant } from './variants.ts';

/** A variant on a cut and what its folds gave; shares, 0..1. */
export interface Tried {
  variant: Variant;
  cut: Cut;
  fits: FitResult[];
  /** Of recordings, by the vote of their pieces. */
  accuracy: number[];
  macroF1: number[];
  /** Accuracy of the pieces, each for itself. */
  pieces: number[];
}

const PAPER = { accuracy: 0.6614, cut: CUTS.at(-1)!, source: 'Table I; pieces of 3 s, majority vote' };

/** @param isVoted whether any recording is several pieces */
export function tablesOf(tried: readonly Tried[], cuts: readonly Cut[], isVoted: boolean): LabTable[] {
  const table = (id: string, title: string, figures: (one: Tried) => number[], more: LabRow[] = []): LabTable => ({
    id,
    title,
    axis: '',
    columns: cuts.map(({ name }) => name),
    rows: [...VARIANTS.map((variant) => rowOf(variant, tried, cuts, figures)), ...more],
  });
  const paper: LabRow = {
    name: 'Paper, best',
    figures: cuts.map((cut) => (cut === PAPER.cut ? published(PAPER.accuracy) : null)),
    source: PAPER.source,
  };
  return [
    table('votes', 'Accuracy of recordings, by the majority of their pieces', ({ accuracy }) => accuracy, [paper]),
    table('macro-f1', 'Macro F1 of recordings, by the majority of their pieces', ({ macroF1 }) => macroF1),
    ...(isVoted ? [table('pieces', 'Accuracy of the pieces, each for itself', ({ pieces }) => pieces)] : []),
    parametersTable(tried),
  ];
}

function rowOf(variant: Variant, tried: readonly Tried[], cuts: readonly Cut[], figures: (one: Tried) => number[]): LabRow {
  const find = (cut: Cut) => tried.find((each) => each.variant === variant && each.cut === cut)!;
  return { name: variant.name, figures: cuts.map((cut) => figureOf(figures(find(cut)))), source: null };
}

/** The same for all cuts: a recurrent layer takes sequences of any length. */
function parametersTable(tried: readonly Tried[]): LabTable {
  const rows = VARIANTS.map((variant): LabRow => {
    const { fits } = tried.find((each) => each.variant === variant)!;
    return { name: variant.name, figures: [published(fits[0]!.nParameters)], source: null };
  });
  return { id: 'parameters', title: 'Numbers that learn', axis: '', columns: ['Parameters'], rows, isCount: true };
}

export interface Circumstances {
  nFolds: number;
  isHeldBack: boolean;
  isVoted: boolean;
  /** Recordings shorter than a piece, by cut. */
  nRepeated: readonly number[];
}

export function notesOn(
  { request, heard, split }: Study,
  tried: readonly Tried[],
  { nFolds, isHeldBack, isVoted, nRepeated }: Circumstances,
): string[] {
  const cuts = CUTS.filter((cut) => tried.some((each) => each.cut === cut));
  const left = CUTS.filter((cut) => !cuts.includes(cut)).map(({ name }) => name);
  const repeated = cuts.flatMap(({ name }, i) => (nRepeated[i]! > 0 ? [`${nRepeated[i]} in ${name}`] : []));
  const counts = tried.map(({ fits }) => fits[0]!.nParameters);
  return [
    'The middle 30 s of a recording, cut in three ways; between equally many votes the sum of the probabilities decides.',
    ...(left.length > 0
      ? [
          `The recordings are hardly longer than the shortest pieces: ${left.join(' and ')} would be the same sound repeated, so nothing is measured there.`,
        ]
      : []),
    ...(isVoted ? [] : ['Every recording is one piece, so there is nothing to vote on: this measures the networks alone.']),
    ...(repeated.length > 0
      ? [
          `Of ${heard.length} recordings some are shorter than a piece and are repeated until they are as long: ${repeated.join(', ')}.`,
        ]
      : []),
    isHeldBack
      ? 'The epoch is chosen by a fifth of the learning part that is held back from learning; the tested part chooses nothing.'
      : 'There are too few recordings to hold some back: networks learn for a fixed number of epochs, and the rate halves after every ten where it falls.',
    `The paper's sizes and recordings are not known here. These networks are small, ${count(Math.min(...counts))} to ${count(Math.max(...counts))} parameters; the paper's have 5 to 30 times fewer than those it compares them with.`,
    ...(nFolds < split.folds.length && !request.isQuick ? [`Measured in ${nFolds} of ${split.folds.length} folds.`] : []),
    ...(request.nEpochs === null ? [] : [`At most ${request.nEpochs} epochs, as asked.`]),
    ...(request.isQuick ? ['This was the smoke version: a few recordings, one fold, one epoch.'] : []),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en');
}
