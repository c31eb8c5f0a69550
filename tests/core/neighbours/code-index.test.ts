// Codes in memory: the nearest by plain counting of bits, and always what the library holds now.
import { beforeEach, expect, test } from 'vitest';
import type { LibraryDb } from '../../../src/core/db/open.ts';
import { signCode } from '../../../src/core/db/sign-code.ts';
import type { WeightedDirection } from '../../../src/core/db/vector-store.ts';
import { SILENT_DISTANCE } from '../../../src/core/domain/neighbour.ts';
import { CodeIndex } from '../../../src/core/neighbours/code-index.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { analysisOf, CLASSIFIER, EMBEDDING_SIZE, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const N_TRACKS = 1500;
const QUESTION: WeightedDirection[] = [
  { source: 'mixture', weight: 1, direction: vector(EMBEDDING_SIZE, createRandom(5)) },
  { source: 'drums', weight: 0.5, direction: vector(EMBEDDING_SIZE, createRandom(6)) },
  { source: 'vocals', weight: -0.5, direction: vector(EMBEDDING_SIZE, createRandom(7)) },
];

let db: LibraryDb;
beforeEach(() => {
  db = openHeard(tempDir());
  fillLibrary(db, { nTracks: N_TRACKS });
  return () => db.close();
});

function byCounting(limit: number): number[] {
  const scored = [...db.vectors.codesAfter(0)].map(({ trackId, codes }) => {
    const score = QUESTION.reduce((sum, { source, weight, direction }) => {
      const code = codes[source];
      const differing = code ? countDifferent(code, signCode(direction)) : SILENT_DISTANCE * 4 * (EMBEDDING_SIZE / 8);
      return sum + weight * differing;
    }, 0);
    return { trackId, score };
  });
  return scored
    .sort((a, b) => a.score - b.score || a.trackId - b.trackId)
    .slice(0, limit)
    .map(({ trackId }) => trackId);
}

function countDifferent(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, byte, i) => sum + (byte ^ b[i]!).toString(2).replaceAll('0', '').length, 0);
}

test.each([1, 20, 700, N_TRACKS])('finds the %i nearest that plain counting finds', (limit) => {
  expect(new CodeIndex(db.vectors).nearest(QUESTION, CLASSIFIER, limit)).toEqual(byCounting(limit));
});

test('reads on from where it was: new tracks, tracks heard again, another network', () => {
  const index = new CodeIndex(db.vectors);
  const [first] = index.nearest(QUESTION, CLASSIFIER, 1);
  const opposite = (direction: Float32Array) => direction.map((value) => -value);
  const far = analysisOf(vector(EMBEDDING_SIZE, createRandom(1)), createRandom(2));
  db.analyses.put(first!, { ...far, embedding: opposite(QUESTION[0]!.direction) }, 9);
  expect(index.nearest(QUESTION, CLASSIFIER, 1)).not.toEqual([first]);

  const late = db.tracks.insert({ path: '/late', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: null }, 1);
  const near = { ...far, embedding: QUESTION[0]!.direction };
  const stems = { ...far.stemEmbeddings, drums: QUESTION[1]!.direction, vocals: opposite(QUESTION[2]!.direction) };
  db.analyses.put(late, { ...near, stemEmbeddings: stems }, 9);
  expect(index.nearest(QUESTION, CLASSIFIER, 1)).toEqual([late]);

  db.analyses.put(late, { ...near, stemEmbeddings: stems, classifierVersion: 'another 2' }, 10);
  expect(index.nearest(QUESTION, 'another 2', 5)).toEqual([late]);
  expect(index.nearest(QUESTION, 'nobody', 5)).toEqual([]);
});
