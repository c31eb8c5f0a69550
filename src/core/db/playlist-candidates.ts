// What recipes read of tracks: facts to choose and order by, sounds to compare, plays to avoid.
import type Database from 'better-sqlite3';
import type { GenreOrigin } from '../domain/track.ts';

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
  /** Tracks that can be played, by id; what was not heard yet has no energy. */
  all(): CandidateRow[];
  /** Directions of their sounds: Float32Array [ids.length x size], unit length; a row of zeros where there is none. */
  directions(ids: readonly number[]): { size: number; vectors: Float32Array };
  /** By track: plays, each counting half after every half life, how many, and the last. */
  plays(nowMs: number, halfLifeDays: number): Map<number, { heat: number; n: number; lastAtMs: number }>;
}

const ALL = `SELECT track.id, title, artist, path, genre_name AS genre, genre_confidence AS confidence, genre_origin AS origin,
  track.duration_sec AS durationSec, track.tempo_bpm AS tempoBpm, track.music_key AS key, track.energy,
  track.loudness_lufs AS loudnessLufs, coalesce(share_bass, 0) AS bass, coalesce(share_drums, 0) AS drums,
  coalesce(share_other, 0) AS other, coalesce(share_vocals, 0) AS vocals
  FROM track LEFT JOIN analysis AS facts INDEXED BY analysis_facts ON facts.track_id = track.id
  WHERE track.status IN ('analysed', 'pending') ORDER BY track.id`;

export function createPlaylistCandidates(sqlite: Database.Database): PlaylistCandidates {
  const all = sqlite.prepare<[], CandidateRow>(ALL);
  const sounds = sqlite
    .prepare<[string], [id: number, embedding: Uint8Array]>(
      'SELECT track_id, embedding FROM analysis WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id',
    )
    .raw();
  const plays = sqlite.prepare<{ nowMs: number; halfLifeMs: number }, { id: number; heat: number; n: number; lastAtMs: number }>(
    `SELECT track_id AS id, total(pow(0.5, max(0, $nowMs - at_ms) / $halfLifeMs)) AS heat, count(*) AS n, max(at_ms) AS lastAtMs
     FROM play WHERE track_id IS NOT NULL GROUP BY track_id`,
  );
  return {
    all: () => all.all(),
    directions: (ids) => readDirections(sounds, ids),
    plays: (nowMs, halfLifeDays) =>
      new Map(plays.all({ nowMs, halfLifeMs: halfLifeDays * 86_400_000 }).map(({ id, ...play }) => [id, play])),
  };
}

type Sounds = Database.Statement<[string], [id: number, embedding: Uint8Array]>;

/** Networks of other sizes than the first track's are left at zero. */
function readDirections(sounds: Sounds, ids: readonly number[]): ReturnType<PlaylistCandidates['directions']> {
  const place = new Map(ids.map((id, i) => [id, i]));
  let size = 0;
  let vectors = new Float32Array(0);
  for (const [id, embedding] of sounds.iterate(JSON.stringify(ids))) {
    if (size === 0) {
      size = embedding.byteLength / 4;
      vectors = new Float32Array(ids.length * size);
    }
    if (embedding.byteLength !== 4 * size) continue;
    const row = vectors.subarray(place.get(id)! * size, (place.get(id)! + 1) * size);
    new Uint8Array(row.buffer, row.byteOffset, row.byteLength).set(embedding);
    normalise(row);
  }
  return { size, vectors };
}

function normalise(row: Float32Array): void {
  let squares = 0;
  for (let j = 0; j < row.length; j++) squares += row[j]! * row[j]!;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let j = 0; j < row.length; j++) row[j] = row[j]! * scale;
}
