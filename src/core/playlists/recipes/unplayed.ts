// Unplayed corners: regions of the sound space whose tracks were played least, and in them the tracks not heard for longest.
import type { CandidateRow, PlaylistCandidates } from '../../db/playlist-candidates.ts';
import type { PlaceReason } from '../../domain/place-reason.ts';
import { kMeans, squaredDistance } from '../../training/active/k-means.ts';
import { type Random, shuffledOrder } from '../../training/random.ts';

export type Plays = ReturnType<PlaylistCandidates['plays']>;

export interface FromCorner {
  track: CandidateRow;
  reasons: PlaceReason[];
}

const MAX_REGIONS = 40;
const TRACKS_PER_REGION = 25;
const MAX_SAMPLE = 4000;
/** A region counts as a corner up to this share of the plays a track has in the library. */
const COLD_SHARE = 0.5;
/** Directions are compared on so many random axes: enough for regions (Johnson and Lindenstrauss 1984). */
const N_AXES = 32;

/**
 * Round the cold regions in turn, then round the others: of each first the track not heard for longest, among those the one nearest its middle.
 * @param vectors Float32Array [tracks.length x size], unit length
 */
export function unplayedCorners(
  tracks: readonly CandidateRow[],
  { vectors, size }: { vectors: Float32Array; size: number },
  plays: Plays,
  random: Random,
): FromCorner[] {
  if (tracks.length === 0 || size === 0) return [];
  const points = onRandomAxes(vectors, size, random);
  const { region, spread, nRegions } = regionsOf(points, tracks.length, random);
  const regions = Array.from({ length: nRegions }, () => [] as number[]);
  for (const i of tracks.keys()) regions[region[i]!]!.push(i);
  const corners = regions
    .filter((members) => members.length > 0)
    .map((members) => ({
      members: coldestFirst(members, tracks, plays, spread),
      heat: heatOf(members, tracks, plays),
      played: cornerReason(members, tracks, plays),
    }))
    .sort((a, b) => a.heat - b.heat || b.members.length - a.members.length);
  const usual = tracks.reduce((sum, { id }) => sum + (plays.get(id)?.heat ?? 0), 0) / tracks.length;
  const nCold = Math.max(1, corners.filter(({ heat }) => heat <= COLD_SHARE * usual).length);
  const inTurn = [corners.slice(0, nCold), corners.slice(nCold)].flatMap(roundOf);
  return inTurn.map(({ i, played }) => ({ track: tracks[i]!, reasons: [ownReason(tracks[i]!, plays), played] }));
}

interface Corner {
  members: readonly number[];
  heat: number;
  played: PlaceReason;
}

/** The first of each, then the second of each ... */
function roundOf(corners: readonly Corner[]): { i: number; played: PlaceReason }[] {
  const longest = Math.max(0, ...corners.map(({ members }) => members.length));
  const turns = Array.from({ length: longest }, (_, turn) => turn);
  return turns.flatMap((turn) =>
    corners.flatMap(({ members, played }) => (turn < members.length ? [{ i: members[turn]!, played }] : [])),
  );
}

/** Plays a track, by how long ago. */
function heatOf(members: readonly number[], tracks: readonly CandidateRow[], plays: Plays): number {
  return members.reduce((sum, i) => sum + (plays.get(tracks[i]!.id)?.heat ?? 0), 0) / members.length;
}

function coldestFirst(members: readonly number[], tracks: readonly CandidateRow[], plays: Plays, spread: Float64Array): number[] {
  const lastPlayed = (i: number) => plays.get(tracks[i]!.id)?.lastAtMs ?? 0;
  return members.toSorted((a, b) => lastPlayed(a) - lastPlayed(b) || spread[a]! - spread[b]! || a - b);
}

function cornerReason(members: readonly number[], tracks: readonly CandidateRow[], plays: Plays): PlaceReason {
  return { code: 'corner', nPlayed: members.filter((i) => plays.has(tracks[i]!.id)).length, nTracks: members.length };
}

function ownReason(track: CandidateRow, plays: Plays): PlaceReason {
  const play = plays.get(track.id);
  return play ? { code: 'lastPlayed', atMs: play.lastAtMs } : { code: 'neverPlayed' };
}

function onRandomAxes(vectors: Float32Array, size: number, random: Random): Float32Array {
  const k = Math.min(N_AXES, size);
  const n = vectors.length / size;
  // Signs at random instead of normal numbers (Achlioptas 2003).
  const axes = Float32Array.from({ length: k * size }, () => (random.next() < 0.5 ? -1 : 1) / Math.sqrt(k));
  const points = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += vectors[i * size + j]! * axes[a * size + j]!;
      points[i * k + a] = sum;
    }
  }
  return points;
}

/** Groups a sample, then puts every track to the nearest middle. */
function regionsOf(points: Float32Array, n: number, random: Random) {
  const k = points.length / n;
  const nRegions = Math.max(1, Math.min(MAX_REGIONS, Math.floor(n / TRACKS_PER_REGION)));
  const sample = shuffledOrder(n, random).subarray(0, MAX_SAMPLE);
  const sampled = new Float32Array(sample.length * k);
  for (const [at, i] of sample.entries()) sampled.set(points.subarray(i * k, (i + 1) * k), at * k);
  const middles = middlesOf(sampled, k, kMeans(sampled, k, nRegions, random), nRegions);
  const region = new Int32Array(n);
  const spread = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < nRegions; c++) {
      const distance = squaredDistance(points, i, middles, c, k, spread[i]!);
      if (distance >= spread[i]!) continue;
      spread[i] = distance;
      region[i] = c;
    }
  }
  return { region, spread, nRegions };
}

function middlesOf(points: Float32Array, k: number, cluster: Int32Array, nRegions: number): Float32Array {
  const middles = new Float32Array(nRegions * k);
  const counts = new Int32Array(nRegions);
  for (const [i, c] of cluster.entries()) {
    counts[c] = counts[c]! + 1;
    for (let j = 0; j < k; j++) middles[c * k + j] = middles[c * k + j]! + points[i * k + j]!;
  }
  // A region without tracks lies out of everyone's reach.
  return middles.map((sum, at) => (counts[Math.floor(at / k)] === 0 ? 1e6 : sum / counts[Math.floor(at / k)]!));
}
