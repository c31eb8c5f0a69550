// What the pairs' networks gave, as tables, a map of all genres, and what a reader must know.
import type { LabMatrix, LabRow, LabTable } from '../../domain/laboratory.ts';
import type { FitResult } from '../../domain/laboratory-networks.ts';
import type { StudySegments } from '../networks/segments.ts';
import { figureOf, type Study } from '../study.ts';
import type { GenrePair } from './genre-pairs.ts';
import type { PairScores } from './pair-scores.ts';
import { MAX_RECORDINGS, TESTED_SHARE } from './split-pair.ts';

/** A pair and what its trials gave. */
export interface Tried {
  pair: GenrePair;
  fits: FitResult[];
  trials: PairScores[];
  /** Recordings in a trial. */
  nLearned: number;
  nTested: number;
}

const NAMES: Record<keyof PairScores, string> = {
  recordings: 'Recordings',
  balanced: 'Mean of both genres',
  segments: 'Segments of 2 s',
};
/** Measures that differ by less are the same. */
const SAME = 1e-9;

/** Genres of one size have the same mean, and recordings of one segment the same figure as it: what says nothing new is no column. */
function measuresOf(tried: readonly Tried[]): (keyof PairScores)[] {
  const differs = (measure: keyof PairScores) =>
    tried.some(({ trials }) => trials.some((trial) => Math.abs(trial[measure] - trial.recordings) > SAME));
  return (['recordings', 'balanced', 'segments'] as const).filter((measure) => measure === 'recordings' || differs(measure));
}

export function pairName(genres: readonly string[], { first, second }: Pick<GenrePair, 'first' | 'second'>): string {
  return `${genres[first]} and ${genres[second]}`;
}

/** Distinct, similar and all pairs; a figure and its deviation are over pairs. */
export function kindsTable(tried: readonly Tried[]): LabTable {
  const measures = measuresOf(tried);
  const rowOf = (name: string, some: readonly Tried[]): LabRow => ({
    name: `${name} (${some.length})`,
    figures: measures.map((measure) => figureOf(some.map((each) => meanOf(each, measure)))),
    source: null,
  });
  const ofKind = (kind: GenrePair['kind']) => tried.filter(({ pair }) => pair.kind === kind);
  const rows = [
    rowOf('Distinct pairs', ofKind('distinct')),
    rowOf('Similar pairs', ofKind('similar')),
    rowOf('All pairs', tried),
  ];
  return {
    id: 'kinds',
    title: 'Pairs told apart (50 is chance), mean and deviation over pairs',
    axis: '',
    columns: measures.map((measure) => NAMES[measure]),
    rows: rows.filter(({ figures }) => figures[0] !== null),
  };
}

/** All pairs, the hardest first. */
export function pairsTable(genres: readonly string[], tried: readonly Tried[]): LabTable {
  const sorted = tried.toSorted((a, b) => meanOf(a, 'balanced') - meanOf(b, 'balanced'));
  const measures = measuresOf(tried);
  const rows = sorted.map(
    ({ pair, trials }): LabRow => ({
      name: `${pairName(genres, pair)}${pair.kind === null ? '' : ` (${pair.kind})`}`,
      figures: measures.map((measure) => figureOf(trials.map((trial) => trial[measure]))),
      source: null,
    }),
  );
  return {
    id: 'pairs',
    title: 'All pairs, the hardest to tell apart first (50 is chance), mean and deviation over trials',
    axis: '',
    columns: measures.map((measure) => NAMES[measure]),
    rows,
  };
}

/** Every genre against every other. */
export function mapOf(genres: readonly string[], tried: readonly Tried[]): LabMatrix {
  const values: (number | null)[][] = genres.map(() => genres.map(() => null));
  for (const each of tried) {
    const { first, second } = each.pair;
    const share = meanOf(each, 'balanced');
    values[first]![second] = share;
    values[second]![first] = share;
  }
  return { id: 'map', title: 'How well two genres are told apart (50 is chance)', names: [...genres], values, worst: 0.5 };
}

export function notesOn(
  { request, genres, classes }: Study,
  { nRepeated, table }: StudySegments,
  tried: readonly Tried[],
): string[] {
  const nTested = tried.map((each) => each.nTested);
  const [least, most] = [Math.min(...nTested), Math.max(...nTested)];
  const nUntested = (genres.length * (genres.length - 1)) / 2 - tried.length;
  const largest = Math.max(...genres.map((_, genre) => classes.filter((each) => each === genre).length));
  return [
    `One trial tests ${least === most ? least : `${least} to ${most}`} recordings of a pair, so one recording is worth ${(100 / most).toFixed(0)} points or more: pairs that lie closer together are not told apart in difficulty.`,
    'Nothing is chosen by the tested recordings: every network learns for the same number of epochs, and the last one counts.',
    'Which pairs are called distinct and similar was decided by what the genres are, before anything was measured.',
    "The paper's figures, its pairs and its numbers of filters are not known here, so none stand beside these: 8 and 16 filters were taken.",
    ...(nRepeated > 0 ? [`${nRepeated} recordings are shorter than 2 s: they are repeated until they are as long.`] : []),
    ...(tried.some(isFarFromPlan)
      ? [
          'Genres of few recordings or artists are split as near to 70/30 as they can be: with two of each, one is learned from and one tested.',
        ]
      : []),
    ...(nUntested > 0 ? [`${nUntested} pairs are left out: a genre needs recordings of two artists.`] : []),
    ...(largest > MAX_RECORDINGS ? [`Of larger genres ${MAX_RECORDINGS} recordings are drawn anew in every trial.`] : []),
    ...(table.spec.maxSegments === null ? [] : [`Up to ${table.spec.maxSegments} segments of a recording, spread over it.`]),
    ...(request.isQuick ? ['This was the smoke version: a few recordings, two epochs, one trial.'] : []),
  ];
}

/** More than a twentieth beside 70/30. */
function isFarFromPlan({ nLearned, nTested }: Tried): boolean {
  return Math.abs(nTested / (nLearned + nTested) - TESTED_SHARE) > 0.05;
}

function meanOf({ trials }: Tried, measure: keyof PairScores): number {
  return trials.reduce((sum, trial) => sum + trial[measure], 0) / trials.length;
}
