// Fingerprints of tracks' beginnings, and what tells whether two files may hold the same recording.
import type Database from 'better-sqlite3';

export interface FingerprintedTrack {
  trackId: number;
  /** Length of the decoded audio. */
  durationSec: number;
  /** Uint32Array [nHops], see dsp/fingerprint.ts. */
  words: Uint32Array;
}

export interface FingerprintStore {
  /** Null when the track is not analysed. */
  of(trackId: number): Uint32Array | null;
  /** Every analysed track whose file is there, by id. */
  all(): IterableIterator<FingerprintedTrack>;
  /** Changes when a fingerprint is added, replaced or removed, or a file goes or comes. */
  state(): string;
}

interface Row {
  track_id: number;
  duration_sec: number;
  words: Uint8Array;
}

const PRESENT = 'FROM fingerprint JOIN analysis USING (track_id) JOIN track ON track.id = track_id WHERE track.is_missing = 0';

export function createFingerprintStore(sqlite: Database.Database): FingerprintStore {
  const of = sqlite.prepare<[number], Uint8Array>('SELECT words FROM fingerprint WHERE track_id = ?').pluck();
  const all = sqlite.prepare<[], Row>(`SELECT track_id, analysis.duration_sec, words ${PRESENT} ORDER BY track_id`);
  const state = sqlite
    .prepare<[], string>(`SELECT count(*) || ' ' || total(track_id) || ' ' || total(analysed_at_ms) ${PRESENT}`)
    .pluck();
  return {
    of(trackId) {
      const blob = of.get(trackId);
      return blob ? wordsOf(blob) : null;
    },
    *all() {
      for (const row of all.iterate()) {
        yield { trackId: row.track_id, durationSec: row.duration_sec, words: wordsOf(row.words) };
      }
    },
    state: () => state.get() ?? '',
  };
}

/** Copies, because a blob need not lie on a 4-byte boundary. */
function wordsOf(blob: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(blob).buffer);
}
