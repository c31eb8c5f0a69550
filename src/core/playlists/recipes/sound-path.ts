// A path in sound from one track to another: even steps, no detours, nothing twice. Tracks are placed along the great circle
// between the two sounds; one a stage is chosen so that the sum of squared steps is least (Viterbi 1967), which shuns large steps.
import type { CandidateRow } from '../../db/playlist-candidates.ts';

export interface PathOptions {
  /** Tracks between the ends; null chooses a number that fits their distance. */
  nSteps: number | null;
  spreadArtists: boolean;
}

export interface SoundPath {
  /** Positions among the tracks, both ends included. */
  order: number[];
  /** Cosine distance of each step, one less than `order`. */
  steps: number[];
}

/** Cosine distance of a comfortable step, for a number of steps of its own choice. */
const COMFORTABLE_STEP = 0.12;
const MAX_OWN_STEPS = 20;
const PER_STAGE = 48;
const SAME_ARTIST_COST = 4;
const FLAT = 1e-6;

/**
 * @param vectors Float32Array [n x size], unit length; rows of zeros are passed over
 * @param from, to positions of the ends
 */
export function soundPath(
  tracks: readonly CandidateRow[],
  vectors: Float32Array,
  size: number,
  [from, to]: [number, number],
  options: PathOptions,
): SoundPath {
  const sounds = { vectors, size };
  const direct = distanceOf(sounds, from, to);
  const wanted = options.nSteps ?? Math.min(MAX_OWN_STEPS, Math.max(1, Math.round(4 * (direct / COMFORTABLE_STEP)) - 1));
  const stages = stagesBetween(sounds, [from, to], wanted);
  const cost = (a: number, b: number) => {
    const step = distanceOf(sounds, a, b);
    const isSame = options.spreadArtists && tracks[a]!.artist !== null && tracks[a]!.artist === tracks[b]!.artist;
    return step * step + (isSame ? SAME_ARTIST_COST : 0);
  };
  const order = cheapestWay([[from], ...stages, [to]], cost);
  return { order, steps: order.slice(1).map((track, i) => distanceOf(sounds, order[i]!, track)) };
}

interface Sounds {
  vectors: Float32Array;
  size: number;
}

function distanceOf({ vectors, size }: Sounds, a: number, b: number): number {
  let dot = 0;
  for (let j = 0, at = a * size, to = b * size; j < size; j++, at++, to++) dot += vectors[at]! * vectors[to]!;
  return Math.min(2, Math.max(0, 1 - dot));
}

/**
 * Candidates of every stage, each track in the one stage it lies nearest to, so that no path can use it twice. A stage without
 * any is left out.
 */
function stagesBetween(sounds: Sounds, [from, to]: [number, number], nStages: number): number[][] {
  const placed = alongCircle(sounds, from, to);
  if (nStages === 0 || placed.length === 0) return [];
  if (placed[0]!.isFlat) return dealt(placed, nStages);
  const stages: { track: number; nearness: number }[][] = Array.from({ length: nStages }, () => []);
  for (const { track, part, nearnessAt } of placed) {
    const stage = Math.min(nStages, Math.max(1, Math.round(part * (nStages + 1))));
    stages[stage - 1]!.push({ track, nearness: nearnessAt(stage / (nStages + 1)) });
  }
  return stages
    .map((stage) => stage.sort((a, b) => b.nearness - a.nearness || a.track - b.track).slice(0, PER_STAGE))
    .map((stage) => stage.map(({ track }) => track))
    .filter((stage) => stage.length > 0);
}

interface Placed {
  track: number;
  /** Where on the way it lies, 0 = at the start, 1 = at the end. */
  part: number;
  /** Cosine to the point at a part of the way. */
  nearnessAt(part: number): number;
  isFlat: boolean;
}

/** Projects every track on the plane of the two ends (spherical interpolation, Shoemake 1985). */
function alongCircle({ vectors, size }: Sounds, from: number, to: number): Placed[] {
  const a = vectors.subarray(from * size, (from + 1) * size);
  const b = vectors.subarray(to * size, (to + 1) * size);
  const cosine = Math.min(1, Math.max(-1, dotOf(a, b)));
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  const isFlat = sine < FLAT;
  const across = a.map((value, j) => (isFlat ? 0 : (b[j]! - cosine * value) / sine));
  const placed: Placed[] = [];
  for (let track = 0; track < vectors.length / size; track++) {
    if (track === from || track === to) continue;
    const sound = vectors.subarray(track * size, (track + 1) * size);
    const [u, v] = [dotOf(sound, a), dotOf(sound, across)];
    if (u === 0 && v === 0) continue;
    const part = isFlat ? 0.5 : Math.atan2(v, u) / angle;
    placed.push({ track, part, isFlat, nearnessAt: (at) => u * Math.cos(at * angle) + v * Math.sin(at * angle) });
  }
  return placed;
}

/** Between two that sound the same every stage is the same place: the nearest tracks, dealt out in turn. */
function dealt(placed: readonly Placed[], nStages: number): number[][] {
  const nearest = placed.toSorted((a, b) => b.nearnessAt(0) - a.nearnessAt(0)).slice(0, nStages * PER_STAGE);
  const stages = Array.from({ length: nStages }, (_, stage) => nearest.filter((_track, i) => i % nStages === stage));
  return stages.map((stage) => stage.map(({ track }) => track)).filter((stage) => stage.length > 0);
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function cheapestWay(stages: readonly (readonly number[])[], cost: (a: number, b: number) => number): number[] {
  let totals = stages[0]!.map(() => 0);
  const came: number[][] = [];
  for (let s = 1; s < stages.length; s++) {
    const back: number[] = [];
    totals = stages[s]!.map((track) => {
      let [best, least] = [0, Number.POSITIVE_INFINITY];
      for (const [i, before] of stages[s - 1]!.entries()) {
        const total = totals[i]! + cost(before, track);
        if (total < least) [best, least] = [i, total];
      }
      back.push(best);
      return least;
    });
    came.push(back);
  }
  let at = totals.indexOf(Math.min(...totals));
  const way = [stages.at(-1)![at]!];
  for (let s = stages.length - 2; s >= 0; s--) {
    at = came[s]![at]!;
    way.push(stages[s]![at]!);
  }
  return way.reverse();
}
