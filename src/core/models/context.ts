// Optional context: what the person's labels of the same artist, album and folder say about a track beside its sound.
import { dirname } from 'node:path';

/** A track as its neighbours see it. */
export interface Neighbour {
  trackId: number;
  path: string;
  /** Keys as people see them, any case; null when the file does not say. */
  artist: string | null;
  album: string | null;
  /** Class of the person's label among the model's genres; -1 when it has none of them. */
  label: number;
}

/** Labels counted as if each genre had been seen so often before: one lone label does not decide alone. */
const PRIOR_COUNT = 1;

/**
 * For each track the share of its neighbours' labels by genre, Float32Array [n x nGenres], rows sum to 1: the mean of the
 * histograms of its artist, its album and its folder, each with PRIOR_COUNT labels spread evenly over the genres, without
 * the track's own label. A track without labelled neighbours has an even row.
 */
export function contextPriors(tracks: readonly Neighbour[], nGenres: number): Float32Array {
  const keys = tracks.map(keysOf);
  const histograms = new Map<string, Float64Array>();
  for (const [i, { label }] of tracks.entries()) {
    if (label < 0) continue;
    for (const key of keys[i]!) {
      const histogram = histograms.get(key) ?? new Float64Array(nGenres);
      histograms.set(key, histogram);
      histogram[label]!++;
    }
  }
  const priors = new Float32Array(tracks.length * nGenres);
  for (const [i, { label }] of tracks.entries()) {
    const known = keys[i]!.map((key) => histograms.get(key)).filter((histogram) => histogram !== undefined);
    const row = priors.subarray(i * nGenres, (i + 1) * nGenres);
    mixInto(row, known, label);
  }
  return priors;
}

function keysOf({ path, artist, album }: Neighbour): string[] {
  const keys = [`folder ${dirname(path)}`];
  if (artist !== null) keys.push(`artist ${artist.toLowerCase()}`);
  if (album !== null) keys.push(`album ${album.toLowerCase()} ${artist?.toLowerCase() ?? dirname(path)}`);
  return keys;
}

function mixInto(row: Float32Array, histograms: readonly Float64Array[], ownLabel: number): void {
  row.fill(1 / row.length);
  if (histograms.length === 0) return;
  row.fill(0);
  for (const histogram of histograms) {
    const total = histogram.reduce((a, b) => a + b, 0) - (ownLabel >= 0 ? 1 : 0) + PRIOR_COUNT;
    for (let c = 0; c < row.length; c++) {
      const others = histogram[c]! - (c === ownLabel ? 1 : 0);
      row[c] = row[c]! + (others + PRIOR_COUNT / row.length) / total / histograms.length;
    }
  }
}

/** p' ~ p * (prior * nGenres)^weight, rows sum to 1 again; in place. Weight 0 changes nothing. */
export function applyContext(probabilities: Float32Array, priors: Float32Array, nGenres: number, weight: number): void {
  if (weight === 0) return;
  for (let start = 0; start < probabilities.length; start += nGenres) {
    let sum = 0;
    for (let i = start; i < start + nGenres; i++) {
      probabilities[i] = probabilities[i]! * (priors[i]! * nGenres) ** weight;
      sum += probabilities[i]!;
    }
    for (let i = start; i < start + nGenres; i++) probabilities[i] = sum > 0 ? probabilities[i]! / sum : 1 / nGenres;
  }
}
