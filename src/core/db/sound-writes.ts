// Writes what neighbours and duplicates are found by, beside the analysis it comes from and in the same transaction.
import type Database from 'better-sqlite3';
import type { TrackAnalysis } from '../domain/analysis.ts';
import { STEMS } from '../domain/stem.ts';
import { signCode } from './sign-code.ts';
import { toBlob } from './vector-blob.ts';

type Sound = Pick<TrackAnalysis, 'classifierVersion' | 'embedding' | 'stemEmbeddings' | 'fingerprint'>;

/** For a track whose analysis has just been stored, and that has no other rows of it. */
export function createSoundWrites(sqlite: Database.Database): (trackId: number, sound: Sound) => void {
  const insertCode = sqlite.prepare<[number, string, ...(Uint8Array | null)[]]>(
    'INSERT INTO sound_code (track_id, encoder, mixture, bass, drums, other, vocals) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertStem = sqlite.prepare<[number, string, Uint8Array]>('INSERT INTO stem_embedding VALUES (?, ?, ?)');
  const insertFingerprint = sqlite.prepare<[number, Uint8Array]>('INSERT INTO fingerprint VALUES (?, ?)');
  return (trackId, { classifierVersion, embedding, stemEmbeddings, fingerprint }) => {
    const stems = STEMS.map((stem) => stemEmbeddings[stem]);
    insertCode.run(trackId, classifierVersion, signCode(embedding), ...stems.map((vector) => vector && signCode(vector)));
    for (const [i, vector] of stems.entries()) if (vector) insertStem.run(trackId, STEMS[i]!, toBlob(vector));
    insertFingerprint.run(trackId, new Uint8Array(fingerprint.buffer, fingerprint.byteOffset, fingerprint.byteLength));
  };
}
