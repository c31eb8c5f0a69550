// What recipes read of tracks: facts to choose and order by, sounds to compare, plays to avoid.
import type Database from 'better-sqlite3';
import type { GenreOrigin } from '../domain/track.ts';
import { fromBlob } from './vector-blob.ts';

export interface CandidateRow {
  id: number;
  title: string | null;
  artist: string | null;
  path: string;
  genre: string | null;
  confidence: number | null;
  origin: GenreOrigin | null;
  durationSec: number | null;
  tempoBpm: number | null;
  key: string | null;
  energy: number | null;
  loudnessLufs: number | null;
  bass: number;
  drums: number;
  other: number;
  vocals: number;
}

export interface PlaylistCandidates {
  /** Tracks that were analysed and whose files are there, by id. */
  all(): CandidateRow[];
  /** Directions of their sounds: Float32Array [ids.length x size], unit length; a row of zeros where there is none. */
  directions(ids: readonly number[]): { size: number; vectors: Float32Array };
  /** By track: plays, each counting half after every half life, how many, and the last. */
  plays(nowMs: number, halfLifeDays: number): Map<number, { heat: number; n: number; lastAtMs: number }>;
}

const ALL = `SELECT track.id, title, artist, path, genre_name AS genre, genre_confidence AS confidence, genre_origin AS origin,
  track.duration_sec AS durationSec, track.tempo_bpm AS tempoBpm, track.music_key AS key, track.energy, track.loudness_lufs AS loudnessLufs,
  share_bass AS bass, share_drums AS drums, share_other AS other, share_vocals AS vocals
  FROM track JOIN (SELECT track_id, share_bass, share_drums, share_other, share_vocals FROM analysis INDEXED BY analysis_facts) AS facts
    ON facts.track_id = track.id WHERE track.status = 'analysed' ORDER BY track.id`;

export function createPlaylistCandidates(sqlite: Database.Database): PlaylistCandidates {
  const all = sqlite.prepare<[], CandidateRow>(ALL);
  const sound = sqlite.prepare<[number], Uint8Array>('SELECT embedding FROM analysis WHERE track_id = ?').pluck();
  const plays = sqlite.prepare<{ nowMs: number; halfLifeMs: number }, { id: number; heat: number; n: number; lastAtMs: number }>(
    `SELECT track_id AS id, total(pow(0.5, max(0, $nowMs - at_ms) / $halfLifeMs)) AS heat, count(*) AS n, max(at_ms) AS lastAtMs
     FROM play WHERE track_id IS NOT NULL GROUP BY track_id`,
  );
  return {
    all: () => all.all(),
    directions(ids) {
      const blobs = ids.map((id) => sound.get(id));
      const size = Math.max(0, ...new Set(blobs.map((blob) => (blob?.byteLength ?? 0) / 4)));
      const vectors = new Float32Array(ids.length * size);
      for (const [i, blob] of blobs.entries()) if (blob?.byteLength === 4 * size) vectors.set(directionOf(blob), i * size);
      return { size, vectors };
    },
    plays: (nowMs, halfLifeDays) =>
      new Map(plays.all({ nowMs, halfLifeMs: halfLifeDays * 86_400_000 }).map(({ id, ...play }) => [id, play])),
  };
}

function directionOf(blob: Uint8Array): Float32Array {
  const vector = fromBlob(blob);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
