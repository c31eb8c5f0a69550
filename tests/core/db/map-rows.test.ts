// What maps are drawn from: one vector a track, the mean of its windows where there are several.
import { expect, test } from 'vitest';
import { CLASSIFIER, EMBEDDING_SIZE, fillLibrary, openHeard } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

function opened(nTracks: number) {
  const db = openHeard(tempDir());
  fillLibrary(db, { nTracks });
  return db;
}

test('the bundled network: the stored embedding of each track', () => {
  const db = opened(5);
  const { trackIds, vectors, size } = db.mapRows.embeddings({ kind: 'bundled', version: CLASSIFIER }, EMBEDDING_SIZE);
  expect([...trackIds]).toEqual([1, 2, 3, 4, 5]);
  expect(vectors.slice(2 * size, 3 * size)).toEqual(db.analyses.get(3)!.embedding);
  expect(db.mapRows.embeddings({ kind: 'bundled', version: 'another' }, EMBEDDING_SIZE).trackIds).toHaveLength(0);
  db.close();
});

test('an own network: the mean of its windows, of the tracks it has heard', () => {
  const db = opened(3);
  const window = (...embedding: number[]) => ({ startSec: 0, lengthSec: 10, embedding: Float32Array.from(embedding) });
  db.encoderWindows.put(1, 'mine', [window(1, 2), window(3, 6)]);
  db.encoderWindows.put(3, 'mine', [window(5, 5)]);
  const { trackIds, vectors } = db.mapRows.embeddings({ kind: 'own', version: 'mine' }, 2);
  expect([...trackIds]).toEqual([1, 3]);
  expect([...vectors]).toEqual([2, 4, 5, 5]);
  db.close();
});

test('more tracks than fit the first buffer', () => {
  const db = opened(1500);
  const { trackIds, vectors } = db.mapRows.embeddings({ kind: 'bundled', version: CLASSIFIER }, EMBEDDING_SIZE);
  expect(trackIds).toHaveLength(1500);
  expect(vectors.subarray(1499 * EMBEDDING_SIZE)).toEqual(db.analyses.get(1500)!.embedding);
  db.close();
});

test('facts and colours of every analysed track', () => {
  const db = opened(2);
  db.labels.set(1, ['Ska'], 'hand', 1);
  db.tracks.refreshListing(1);
  expect(db.mapRows.facts().get(2)).toMatchObject({ tempoBpm: 120, energy: 0.5, stemShares: { bass: 0.25 } });
  expect(db.mapRows.colours().get(1)).toMatchObject({ genre: 'Ska', label: 'Ska', confidence: 1, key: 'A minor' });
  expect(db.mapRows.colours().get(2)?.label).toBeNull();
  db.close();
});
