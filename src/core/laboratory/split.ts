// Who is learned from and who is tested: the split that came with a dataset, or stratified folds that keep artists together.
import { StemscapeError } from '../domain/errors.ts';
import type { LabRequest } from '../domain/laboratory.ts';
import { groupedFolds } from '../training/evaluation/grouped-folds.ts';
import type { LabDataset } from './datasets/dataset.ts';

export interface Split {
  folds: { learned: Int32Array; tested: Int32Array }[];
  /** A sentence's part: "10 folds, ...". */
  description: string;
}

const N_FOLDS = 10;
const QUICK_FOLDS = 2;

/** The recordings that were heard, in order. */
export interface SplitTracks {
  classes: Int32Array;
  groups: Int32Array;
  parts: readonly ('learn' | 'test' | null)[];
}

/** @throws StemscapeError input.invalid when a split is asked for that the dataset does not have */
export function splitTracks(dataset: LabDataset, tracks: SplitTracks, request: LabRequest): Split {
  if (request.split === 'official' && dataset.officialSplit === null)
    throw new StemscapeError('input.invalid', 'This dataset brings no split of its own; leave --split out, or take folds.');
  if (request.split !== 'folds' && dataset.officialSplit !== null) {
    const split = officialSplit(tracks, dataset.officialSplit);
    if (split) return split;
    throw new StemscapeError('input.invalid', 'The split of this dataset names none of the recordings on one of its sides.');
  }
  return foldSplit(tracks, request);
}

function officialSplit({ parts }: SplitTracks, description: string): Split | null {
  const side = (wanted: 'learn' | 'test') => Int32Array.from([...parts.keys()].filter((i) => parts[i] === wanted));
  const [learned, tested] = [side('learn'), side('test')];
  return learned.length > 0 && tested.length > 0 ? { folds: [{ learned, tested }], description } : null;
}

function foldSplit({ classes, groups }: SplitTracks, { seed, isQuick }: LabRequest): Split {
  const nFolds = Math.max(2, Math.min(isQuick ? QUICK_FOLDS : N_FOLDS, smallestGenre(classes, groups)));
  const fold = groupedFolds(classes, groups, nFolds, seed);
  const folds = Array.from({ length: nFolds }, (_, k) => ({
    learned: Int32Array.from([...fold.keys()].filter((i) => fold[i] !== k)),
    tested: Int32Array.from([...fold.keys()].filter((i) => fold[i] === k)),
  })).filter(({ tested }) => tested.length > 0);
  const isGrouped = new Set(groups).size < groups.length;
  const who = isGrouped ? 'no artist on both sides' : 'artists unknown, so one may stand on both sides';
  return { folds, description: `${folds.length} folds with the same shares of the genres, ${who}` };
}

/** Groups of the genre that has fewest. */
function smallestGenre(classes: Int32Array, groups: Int32Array): number {
  const byClass = Map.groupBy(classes.keys(), (i) => classes[i]!);
  return Math.min(...[...byClass.values()].map((members) => new Set(members.map((i) => groups[i]!)).size));
}
