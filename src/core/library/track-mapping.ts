// From the row a list shows to the public Track.

import { errorCodeFrom } from '../db/skipped-store.ts';
import type { ListedRow, PagedRow } from '../db/track-listing.ts';
import { fromBlob } from '../db/vector-blob.ts';
import type { ListedTrack, Track } from '../domain/track.ts';

/** Probability by genre name. */
export function scoresOf(genres: readonly string[], probabilities: Float32Array): Record<string, number> {
  return Object.fromEntries(genres.map((name, i) => [name, probabilities[i] ?? 0]));
}

export function toListed(row: PagedRow, toTrack: (row: ListedRow) => Track): ListedTrack {
  return {
    ...toTrack(row),
    year: row.year,
    addedAtMs: row.added_at_ms,
    nPlays: row.n_plays,
    lastPlayedAtMs: row.last_played_at_ms,
    codec: row.codec,
    bitRateBps: row.bit_rate_bps,
    samplePeakDbfs: row.sample_peak_dbfs,
  };
}

/** Remembers the few class lists of a library instead of parsing them for every row. */
export function createTrackMapper(): (row: ListedRow) => Track {
  const classLists = new Map<string, string[]>();
  const genresOf = (json: string): string[] => {
    const genres = classLists.get(json) ?? (JSON.parse(json) as string[]);
    classLists.set(json, genres);
    return genres;
  };
  return (row) => ({
    ...verdictOf(row, genresOf),
    id: row.id,
    path: row.path,
    status: row.status,
    reason: row.reason_code === null ? null : { code: errorCodeFrom(row.reason_code), message: row.reason_message ?? '' },
    title: row.title,
    artist: row.artist,
    album: row.album,
    durationSec: row.duration_sec,
    genre: genreOf(row),
    tempoBpm: row.tempo_bpm,
    key: row.music_key,
    loudnessLufs: row.loudness_lufs,
    energy: row.energy,
    modelVersion: row.model_version,
  });
}

const N_GUESSES = 3;

function verdictOf(row: ListedRow, genresOf: (json: string) => string[]): Pick<Track, 'scores' | 'guess'> {
  if (!row.genres_json || !row.probabilities) return { scores: {}, guess: null };
  const scores = scoresOf(genresOf(row.genres_json), fromBlob(row.probabilities));
  const ranked = Object.entries(scores).sort(([, a], [, b]) => b - a);
  const genres = ranked.slice(0, N_GUESSES).map(([name, p]) => ({ name, probability: Math.min(1, p) }));
  return { scores, guess: { genres, isUnknown: row.is_unknown === 1 } };
}

function genreOf(row: ListedRow): Track['genre'] {
  if (row.genre_name === null || row.genre_origin === null) return null;
  return { name: row.genre_name, confidence: row.genre_confidence ?? 0, origin: row.genre_origin };
}
