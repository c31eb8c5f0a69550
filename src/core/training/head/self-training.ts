// What a kernel head learns from. Where labels are few, guesses on tracks without labels help (self-training, Scudder 1965): they tell
// which features matter, and teach beside the labels. A guess is the geometric mean of what the labels' own fit and the tracks around
// say: sharper ones make the head too sure of tracks of genres that have no labels.
import type { KernelMap } from '../../domain/training.ts';
import { relevanceOf, varianceRatios } from './feature-relevance.ts';
import { type Rows, selectRows } from './fit-linear.ts';
import { softmaxRows } from './head-scores.ts';
import { mapFrom } from './kernel-map.ts';
import { fitOnMap, kernelScores, type Lesson } from './kernel-regression.ts';
import { type Neighbourhood, spreadLabels } from './label-spreading.ts';
import { balancedWeights } from './logistic-regression.ts';

/** Scaled features of tracks without labels; none are needed. */
export interface UnlabelledRows extends Rows {
  /** What squared differences weigh while each class has one row, so that no label tells which features matter, Float32Array [k]. */
  prior: Float32Array;
  /** How they lie among themselves; null where no guesses are wanted. */
  around: Neighbourhood | null;
}

/** More tracks than these are stood for by so many of them: the time to score a library grows with the landmarks. */
export const MAX_LANDMARKS = 384;
/** With as many labels, guesses no longer help. */
export const FEW_LABELS = 200;
export const MAX_GUESSED = 400;
/** Guesses on fewer tracks say more of these tracks than of the genres. */
export const MIN_GUESSED = 100;
/** The first guessed tracks also teach: room for all of them among the landmarks. */
const MAX_TAUGHT = MAX_LANDMARKS - FEW_LABELS;
/** Beside a label, where features are weighed. */
const GUESS_WEIGHT = 0.5;
/** Beside a label, where genres are learned. */
const TAUGHT_WEIGHT = 0.1;
const GUESS_PENALTY = 0.1;
/** Scores are near 1 for the right class and near 0 for the others. */
const GUESS_TEMPERATURE = 0.1;
/** Share of a class that no label's spreading reaches. */
const UNREACHED = 1e-6;

/** Where a kernel head measures from, and what it then learns. */
export interface KernelPlan {
  map: KernelMap;
  lesson: Lesson;
}

/** @param rows of labelled tracks; more than MAX_LANDMARKS are stood for by some of them */
export function planKernel(rows: Rows, others: UnlabelledRows, classes: Int32Array, nClasses: number): KernelPlan {
  const labelled = lessonOf(rows, classes, nClasses);
  const isTold = classes.length > new Set(classes).size;
  const first = isTold ? relevanceOf(varianceRatios(rows, labelled.memberships, nClasses)) : others.prior;
  if (!others.around || !rows.toOthers)
    return { map: mapFrom(first, selectRows(rows, landmarkPlaces(classes, nClasses))), lesson: labelled };
  const reached = spreadLabels(others.around, rows.toOthers, classes, nClasses);
  const relevance = relevanceWith(guessesOf(first, labelled, others, reached), labelled, others);
  const lesson = withGuesses(labelled, others, guessesOf(relevance, labelled, others, reached));
  return { map: mapFrom(relevance, lesson.rows), lesson };
}

/** Labels alone; every class weighs the same. */
export function lessonOf(rows: Rows, classes: Int32Array, nClasses: number): Lesson {
  const memberships = new Float64Array(classes.length * nClasses);
  for (const [i, label] of classes.entries()) memberships[i * nClasses + label] = 1;
  return { rows, memberships, weights: balancedWeights(classes, nClasses), nClasses };
}

/** Shares of the classes, Float64Array [nOthers x nClasses]. @param reached by the spreading labels */
function guessesOf(relevance: Float32Array, lesson: Lesson, others: UnlabelledRows, reached: Float64Array): Float64Array {
  const { nClasses } = lesson;
  const [fit] = fitOnMap(mapFrom(relevance, lesson.rows), lesson, [GUESS_PENALTY]);
  const said = softmaxRows(Float32Array.from(kernelScores(fit!, others)), nClasses, GUESS_TEMPERATURE);
  const guesses = new Float64Array(said.length);
  for (let start = 0; start < guesses.length; start += nClasses) {
    const row = guesses.subarray(start, start + nClasses);
    const near = shares(reached.subarray(start, start + nClasses));
    row.set(shares(Float64Array.from(near, (share, c) => Math.sqrt(said[start + c]! * (share + UNREACHED)))));
  }
  return guesses;
}

/** From labels and guesses. */
function relevanceWith(guesses: Float64Array, { rows, memberships, nClasses }: Lesson, others: UnlabelledRows): Float32Array {
  const all = { values: joined(rows.values, others.values), k: rows.k };
  const halved = guesses.map((share) => GUESS_WEIGHT * share);
  return relevanceOf(varianceRatios(all, joined(memberships, halved), nClasses));
}

/** The lesson and the first guessed tracks. The more of them a class claims, the less each weighs, so that none drowns the others. */
function withGuesses({ rows, memberships, weights, nClasses }: Lesson, others: UnlabelledRows, guesses: Float64Array): Lesson {
  const taught = guesses.subarray(0, MAX_TAUGHT * nClasses);
  const n = taught.length / nClasses;
  const sizes = new Float64Array(nClasses);
  for (let at = 0; at < taught.length; at++) sizes[at % nClasses] = sizes[at % nClasses]! + taught[at]!;
  const even = n / sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  const own = Float64Array.from({ length: n }, (_, i) => {
    let weight = 0;
    for (let c = 0; c < nClasses; c++) weight += taught[i * nClasses + c]! * Math.min(1, even / Math.max(sizes[c]!, UNREACHED));
    return TAUGHT_WEIGHT * weight;
  });
  return {
    rows: { values: joined(rows.values, others.values.subarray(0, n * others.k)), k: rows.k },
    memberships: joined(memberships, taught),
    weights: joined(weights, own),
    nClasses,
  };
}

function shares(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum > 0 ? values.map((value) => value / sum) : values;
}

/** All rows, or of every class as many as there is room for, spread over its rows. */
function landmarkPlaces(classes: Int32Array, nClasses: number): number[] {
  if (classes.length <= MAX_LANDMARKS) return [...classes.keys()];
  const members: number[][] = Array.from({ length: nClasses }, () => []);
  for (const [i, label] of classes.entries()) members[label]!.push(i);
  let room = MAX_LANDMARKS;
  const places: number[] = [];
  const bySize = members.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
  for (const [i, own] of bySize.entries()) {
    const n = Math.min(own.length, Math.floor(room / (bySize.length - i)));
    for (let q = 0; q < n; q++) places.push(own[Math.floor((q * own.length) / n)]!);
    room -= n;
  }
  return places.sort((a, b) => a - b);
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
