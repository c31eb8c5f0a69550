// Recordings that were heard, with their classes and folds: what a protocol computes on.
import type {
  LabDatasetKind,
  LabDistribution,
  LabFigure,
  LabFold,
  LabMatrix,
  LabRequest,
  LabScatter,
  LabTable,
} from '../domain/laboratory.ts';
import { accuracyOf, macroF1Of } from '../training/evaluation/metrics.ts';
import { genresOf } from './datasets/dataset.ts';
import type { Heard } from './hear-all.ts';
import type { LabContext } from './lab-context.ts';
import { pickClasses } from './rows.ts';
import type { Split } from './split.ts';

export interface Study {
  request: LabRequest;
  context: LabContext;
  kind: LabDatasetKind;
  genres: string[];
  heard: Heard[];
  classes: Int32Array;
  groups: Int32Array;
  split: Split;
}

/** What a protocol adds to the report. */
export interface Findings {
  settings: Record<string, unknown>;
  tables: LabTable[];
  scatters: LabScatter[];
  distributions?: LabDistribution[];
  matrices?: LabMatrix[];
  /** How files were divided, where the protocol divides them itself. */
  split?: string;
  notes: string[];
}

/** A protocol: its file says what it does, `protocols.ts` lists it. */
export type Protocol = (study: Study) => Promise<Findings>;

/** Classes and groups of recordings; one without a known artist is a group of its own. */
export function classify(heard: readonly Heard[]): Pick<Study, 'genres' | 'classes' | 'groups'> {
  const genres = genresOf(heard.map(({ track }) => track));
  const numbers = new Map<string, number>();
  const groups = Int32Array.from(heard, ({ track }) => {
    const key = track.group === null ? `path ${track.path}` : `group ${track.group}`;
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
  return { genres, classes: Int32Array.from(heard, ({ track }) => genres.indexOf(track.genre)), groups };
}

/** The part of a step that says who is learned from and tested. */
export function foldOf({ classes, groups, genres, request }: Study, learned: Int32Array, tested: Int32Array): LabFold {
  return { classes, groups, nClasses: genres.length, learned, tested, seed: request.seed };
}

/** Float32Array [n x 518] */
export function descriptorTable(heard: readonly Heard[]): Float32Array {
  return tableOf(heard.map(({ hearing }) => hearing.descriptors));
}

/** Rows of the same length, one after the other. */
export function tableOf(rows: readonly Float32Array[]): Float32Array {
  const d = rows[0]?.length ?? 0;
  const table = new Float32Array(rows.length * d);
  for (const [i, row] of rows.entries()) table.set(row, i * d);
  return table;
}

export function scoresOf(
  { classes, genres }: Study,
  tested: Int32Array,
  guesses: Int32Array,
): { accuracy: number; macroF1: number } {
  const labels = pickClasses(classes, tested);
  return { accuracy: accuracyOf(labels, guesses), macroF1: macroF1Of(labels, guesses, genres.length) };
}

/** Mean and sample deviation of figures over folds or draws; null of nothing. */
export function figureOf(each: readonly number[]): LabFigure | null {
  if (each.length === 0) return null;
  const mean = each.reduce((a, b) => a + b, 0) / each.length;
  const squares = each.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: each.length > 1 ? Math.sqrt(squares / (each.length - 1)) : null, each: [...each] };
}

/** A figure that somebody published. */
export function published(mean: number): LabFigure {
  return { mean, deviation: null, each: [] };
}
