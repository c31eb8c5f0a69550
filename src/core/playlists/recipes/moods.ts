// Moods of a library: groups of tracks alike in energy, tempo, mode, loudness and stems, each named by what sets it apart.
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import type { Mood, MoodPoint } from '../../domain/recipe.ts';
import { kMeans } from '../../training/active/k-means.ts';
import { createRandom, shuffledOrder } from '../../training/random.ts';

const N_MOODS = 8;
/** More tracks than this do not change where the middles lie. */
const MAX_SAMPLE = 20_000;
/** This share of a mood's tracks lies within its radius. */
const WITHIN = 0.8;
const MIN_TRACKS = 4;
const MAX_WORDS = 4;
/** In standard deviations from the library's mean. */
const NOTABLE = 0.5;

const AXES = ['energy', 'tempoBpm', 'minor', 'loudnessLufs', 'bass', 'drums', 'other', 'vocals'] as const;
type Axis = (typeof AXES)[number];

const WORDS: Readonly<Record<Axis, readonly [low: string, high: string]>> = {
  energy: ['calm', 'energetic'],
  tempoBpm: ['slow', 'fast'],
  minor: ['major keys', 'minor keys'],
  loudnessLufs: ['quiet', 'loud'],
  bass: ['little bass', 'strong bass'],
  drums: ['few drums', 'strong drums'],
  other: ['few other instruments', 'many instruments'],
  vocals: ['hardly any vocals', 'vocals in front'],
};

/** Float64Array [AXES.length]; tempi by their logarithm. Null where something was not measured. */
function pointOf(track: CandidateRow): Float64Array | null {
  const { energy, tempoBpm, key, loudnessLufs, bass, drums, other, vocals } = track;
  if (energy === null || !tempoBpm || loudnessLufs === null) return null;
  const minor = key === null ? 0.5 : key.endsWith('minor') ? 1 : 0;
  return Float64Array.of(energy, Math.log2(tempoBpm), minor, loudnessLufs, bass, drums, other, vocals);
}

interface Scale {
  mean: Float64Array;
  deviation: Float64Array;
}

function scaleOf(points: readonly Float64Array[]): Scale {
  const mean = new Float64Array(AXES.length);
  const deviation = new Float64Array(AXES.length);
  for (const point of points) for (const j of mean.keys()) mean[j] = mean[j]! + point[j]! / points.length;
  for (const point of points)
    for (const j of mean.keys()) deviation[j] = deviation[j]! + (point[j]! - mean[j]!) ** 2 / points.length;
  return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) || 1) };
}

/** The library's moods, largest first; fewer than eight where it is small. */
export function moodsOf(tracks: readonly CandidateRow[], seed: number): Mood[] {
  const random = createRandom(seed);
  const all = tracks.flatMap((track) => pointOf(track) ?? []);
  const sample = Array.from(shuffledOrder(all.length, random).subarray(0, MAX_SAMPLE), (i) => all[i]!);
  const nMoods = Math.min(N_MOODS, Math.floor(sample.length / MIN_TRACKS));
  if (nMoods === 0) return [];
  const scale = scaleOf(all);
  const size = AXES.length;
  const flat = new Float32Array(sample.length * size);
  for (const [i, point] of sample.entries()) flat.set(standardised(point, scale), i * size);
  const cluster = kMeans(flat, size, nMoods, random);
  const groups = Map.groupBy(sample, (_, i) => cluster[i]!);
  const moods = [...groups.values()].map((points) => moodOf(points, scale, all.length / sample.length));
  return distinct(moods.sort((a, b) => b.nTracks - a.nTracks));
}

function moodOf(points: readonly Float64Array[], scale: Scale, factor: number): Mood {
  const { mean: middle } = scaleOf(points);
  const distances = points.map((point) => distanceBetween(point, middle, scale)).sort((a, b) => a - b);
  const radius = Math.max(1e-6, distances[Math.floor(WITHIN * (distances.length - 1))]!);
  const values = Object.fromEntries(AXES.map((axis, j) => [axis, middle[j]!])) as Record<Axis, number>;
  const asShare = (value: number) => Math.min(1, Math.max(0, value));
  const point: MoodPoint = {
    ...values,
    tempoBpm: 2 ** values.tempoBpm,
    ...Object.fromEntries(
      (['energy', 'minor', 'bass', 'drums', 'other', 'vocals'] as const).map((axis) => [axis, asShare(values[axis])]),
    ),
  };
  return { name: nameOf(standardised(middle, scale)), nTracks: Math.round(points.length * factor), middle: point, radius };
}

/** What is furthest from the library's mean, furthest first. */
function nameOf(middle: Float64Array): string {
  const ranked = [...middle.keys()].sort((a, b) => Math.abs(middle[b]!) - Math.abs(middle[a]!));
  const notable = ranked.filter((j, rank) => rank === 0 || Math.abs(middle[j]!) >= NOTABLE).slice(0, MAX_WORDS);
  // In the order a person would say it.
  return notable
    .sort((a, b) => a - b)
    .map((j) => WORDS[AXES[j]!][middle[j]! < 0 ? 0 : 1])
    .join(', ');
}

function distinct(moods: readonly Mood[]): Mood[] {
  const seen = new Map<string, number>();
  return moods.map((mood) => {
    const nth = (seen.get(mood.name) ?? 0) + 1;
    seen.set(mood.name, nth);
    return nth === 1 ? mood : { ...mood, name: `${mood.name} (${nth})` };
  });
}

function standardised(point: Float64Array, { mean, deviation }: Scale): Float64Array {
  return point.map((value, j) => (value - mean[j]!) / deviation[j]!);
}

/** In standard deviations of the library. */
function distanceBetween(a: Float64Array, b: Float64Array, { deviation }: Scale): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + ((value - b[j]!) / deviation[j]!) ** 2, 0));
}

/** Tracks of a mood with their distance to its middle, nearest first. */
export function tracksOfMood(tracks: readonly CandidateRow[], middle: MoodPoint, radius: number) {
  const known = tracks.flatMap((track) => {
    const point = pointOf(track);
    return point ? [{ track, point }] : [];
  });
  const scale = scaleOf(known.map(({ point }) => point));
  const centre = Float64Array.from(AXES, (axis) => (axis === 'tempoBpm' ? Math.log2(middle.tempoBpm) : middle[axis]));
  return known
    .map(({ track, point }) => ({ track, distance: distanceBetween(point, centre, scale) }))
    .filter(({ distance }) => distance <= radius)
    .sort((a, b) => a.distance - b.distance || a.track.id - b.track.id);
}
