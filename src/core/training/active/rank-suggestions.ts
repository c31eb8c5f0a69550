// What to label next: tracks that stand for many others, that the labels so far leave open, and that may belong to genres with
// few labels. Clusters keep the batch diverse (typical clustering, Hacohen et al. 2022); the labels weigh what is in them.
import type { LinearFit } from '../head/logistic-regression.ts';
import type { Random } from '../random.ts';
import { kMeans } from './k-means.ts';
import { countClasses, fitLightModel, lightProbabilities } from './light-model.ts';

/** Weight of an open question beside a settled one, and of a genre without labels beside one with its share. */
const UNCERTAINTY_WEIGHT = 3;
const NEED_POWER = 1;
const MAX_CLUSTERS = 100;
/** The first components tell clusters apart as well as all. */
const CLUSTER_COMPONENTS = 32;
/** Tracks of one album and of one artist in ten suggestions. */
const MAX_OF_ALBUM = 1;
const MAX_OF_ARTIST = 2;

export interface Pool {
  /** Float32Array [n x k], principal components, most variance first. */
  points: Float32Array;
  k: number;
  /** Float32Array [n] */
  typicality: Float32Array;
  /** Int32Array [n], 0..nGenres - 1, -1 = no label. */
  classes: Int32Array;
  nGenres: number;
  /** Uint8Array [n]: 1 for tracks that may be asked about. */
  isOpen: Uint8Array;
  /** Names or null, [n]. */
  artists: readonly (string | null)[];
  albums: readonly (string | null)[];
}

export interface Ranked {
  row: number;
  /** By the labels so far, Float32Array [nGenres]; null while they name fewer than two genres. */
  probabilities: Float32Array | null;
  /** Why it is asked, strongest reason. */
  why: 'typical' | 'uncertain' | 'rare';
  /** Open tracks that it stands for. */
  nAlike: number;
}

/** @returns at most `limit`, best first, and the fit to begin the next ranking with */
export function rankSuggestions(
  pool: Pool,
  limit: number,
  random: Random,
  start: LinearFit | null = null,
): { ranked: Ranked[]; fit: LinearFit | null } {
  const labelled = [...pool.classes.keys()].filter((i) => pool.classes[i]! >= 0);
  const open = [...pool.isOpen.keys()].filter((i) => pool.isOpen[i] === 1 && pool.classes[i]! < 0);
  if (open.length === 0) return { ranked: [], fit: start };
  const judged = judge(pool, labelled, open, start);
  const rows = [...labelled, ...open];
  const cluster = clusterRows(pool, rows, Math.min(labelled.length + limit, MAX_CLUSTERS, rows.length), random);
  return { ranked: pick(pool, labelled.length, rows, cluster, judged, limit), fit: judged.fit };
}

interface Judged {
  fit: LinearFit | null;
  probabilities: Map<number, Float32Array>;
  weight: Map<number, number>;
  isUncertain: Set<number>;
  isRare: Set<number>;
}

function judge(pool: Pool, labelled: readonly number[], open: readonly number[], start: LinearFit | null): Judged {
  const { points, k, classes, nGenres } = pool;
  const judged: Judged = { fit: null, probabilities: new Map(), weight: new Map(), isUncertain: new Set(), isRare: new Set() };
  const counts = countClasses(classes, nGenres);
  const nSeen = counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  if (nSeen >= 2)
    judged.fit = fitLightModel(
      points,
      k,
      labelled,
      Int32Array.from(labelled, (i) => classes[i]!),
      nGenres,
      start,
    );
  for (const row of open) {
    if (judged.fit === null) {
      judged.weight.set(row, 1);
      continue;
    }
    const probabilities = lightProbabilities(judged.fit, points, k, row);
    const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
    const need = probabilities.reduce((sum, p, c) => sum + p * Math.sqrt(labelled.length / nSeen / (counts[c]! + 1)), 0);
    judged.probabilities.set(row, probabilities);
    judged.weight.set(row, (1 + UNCERTAINTY_WEIGHT * (1 - (first - second))) * need ** NEED_POWER);
    if (first - second < 0.2) judged.isUncertain.add(row);
    if (counts[probabilities.indexOf(first)]! < labelled.length / nSeen / 2) judged.isRare.add(row);
  }
  return judged;
}

function clusterRows({ points, k }: Pool, rows: readonly number[], nClusters: number, random: Random): Int32Array {
  const width = Math.min(k, CLUSTER_COMPONENTS);
  const chosen = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) chosen.set(points.subarray(row * k, row * k + width), i * width);
  return kMeans(chosen, width, nClusters, random);
}

/** Again and again the heaviest cluster for its labels, and in it the most typical open track; `rows` are labelled ones first. */
function pick(
  pool: Pool,
  nLabelled: number,
  rows: readonly number[],
  cluster: Int32Array,
  { probabilities, weight, isUncertain, isRare }: Judged,
  limit: number,
): Ranked[] {
  const members = Map.groupBy(rows.slice(nLabelled).entries(), ([i]) => cluster[nLabelled + i]!);
  const nAnswered = countClasses(cluster.subarray(0, nLabelled), Math.max(...cluster) + 1);
  const mass = new Map([...members].map(([c, list]) => [c, list.reduce((sum, [, row]) => sum + weight.get(row)!, 0)]));
  const caps = new Caps(pool, limit);
  const ranked: Ranked[] = [];
  const worth = (row: number) => pool.typicality[row]! * weight.get(row)!;
  while (ranked.length < limit && members.size > 0) {
    const [c] = [...members.keys()].sort(
      (a, b) => mass.get(b)! / (1 + nAnswered[b]!) ** 2 - mass.get(a)! / (1 + nAnswered[a]!) ** 2,
    );
    const free = members.get(c!)!.filter(([, row]) => caps.allows(row));
    const best = free.reduce<number | null>(
      (found, [, row]) => (found === null || worth(row) > worth(found) ? row : found),
      null,
    );
    if (best === null) {
      members.delete(c!);
      continue;
    }
    const why = isUncertain.has(best) ? 'uncertain' : isRare.has(best) ? 'rare' : 'typical';
    ranked.push({ row: best, probabilities: probabilities.get(best) ?? null, why, nAlike: free.length - 1 });
    caps.take(best);
    members.set(
      c!,
      free.filter(([, row]) => row !== best),
    );
    nAnswered[c!] = nAnswered[c!]! + 1;
    mass.set(c!, mass.get(c!)! - weight.get(best)!);
  }
  return ranked;
}

/** No ten tracks of one album: each artist and album has its share of a batch. */
class Caps {
  readonly #pool: Pool;
  readonly #batches: number;
  readonly #taken = new Map<string, number>();

  constructor(pool: Pool, limit: number) {
    this.#pool = pool;
    this.#batches = Math.ceil(limit / 10);
  }

  allows(row: number): boolean {
    return this.#keys(row).every(([key, most]) => (this.#taken.get(key) ?? 0) < most);
  }

  take(row: number): void {
    for (const [key] of this.#keys(row)) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
  }

  #keys(row: number): [string, number][] {
    const { albums, artists } = this.#pool;
    const keys: [string, number][] = [];
    if (albums[row] != null) keys.push([`album ${artists[row] ?? ''} ${albums[row]}`, MAX_OF_ALBUM * this.#batches]);
    if (artists[row] != null) keys.push([`artist ${artists[row]}`, MAX_OF_ARTIST * this.#batches]);
    return keys;
  }
}
