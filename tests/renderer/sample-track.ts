// Tracks for the interface's tests, with only what a test names changed.
import type { ListedTrack } from '../../src/contract/index.ts';

export function sampleTrack(id: number, change: Partial<ListedTrack> = {}): ListedTrack {
  return {
    id,
    path: `/music/${id}.flac`,
    status: 'analysed',
    reason: null,
    title: `Song ${id}`,
    artist: 'Somebody',
    album: null,
    durationSec: 180,
    genre: { name: 'Jazz', confidence: 0.8, origin: 'model' },
    guess: {
      genres: [
        { name: 'Jazz', probability: 0.8 },
        { name: 'Blues', probability: 0.2 },
      ],
      isUnknown: false,
    },
    scores: { Jazz: 0.8, Blues: 0.2 },
    tempoBpm: 120,
    key: 'A minor',
    loudnessLufs: -14,
    energy: 0.4,
    modelVersion: 'test 1',
    year: 1999,
    addedAtMs: 1_000,
    nPlays: 0,
    lastPlayedAtMs: null,
    codec: 'FLAC',
    bitRateBps: 900_000,
    samplePeakDbfs: -6,
    ...change,
  };
}
