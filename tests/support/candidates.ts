// Made-up tracks for recipes.
import type { CandidateRow } from '../../src/core/db/playlist-candidates.ts';
import { CAMELOT_BY_KEY } from '../../src/core/domain/camelot.ts';
import { createRandom, type Random } from '../../src/core/training/random.ts';

const KEYS = [...CAMELOT_BY_KEY.keys()];

export function candidate(id: number, changes: Partial<CandidateRow> = {}): CandidateRow {
  return {
    id,
    title: `Song ${id}`,
    artist: `Artist ${id % 7}`,
    path: `/music/${id}.mp3`,
    genre: 'Jazz',
    confidence: 0.9,
    origin: 'model',
    durationSec: 200,
    tempoBpm: 120,
    key: 'A minor',
    energy: 0.5,
    loudnessLufs: -14,
    bass: 0.25,
    drums: 0.25,
    other: 0.25,
    vocals: 0.25,
    ...changes,
  };
}

export function randomCandidates(n: number, random: Random = createRandom(1)): CandidateRow[] {
  return Array.from({ length: n }, (_, i) =>
    candidate(i + 1, {
      durationSec: 120 + 240 * random.next(),
      tempoBpm: 60 + 120 * random.next(),
      key: KEYS[random.below(KEYS.length)]!,
      energy: random.next(),
      artist: `Artist ${random.below(n)}`,
    }),
  );
}
