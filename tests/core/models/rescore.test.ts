// Taking a model into use: all lists change at once, exactly as if every track had been refreshed by itself.
import { describe, expect, it } from 'vitest';
import type { LibraryDb } from '../../../src/core/db/open.ts';
import { rescore } from '../../../src/core/models/rescore.ts';
import { scoreRange } from '../../../src/core/models/score-tracks.ts';
import { encodeHead } from '../../../src/core/training/head/head-file.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { analysisOf, CLASSIFIER, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { sampleHead } from '../../support/sample-head.ts';
import { sampleModel } from '../../support/sample-model.ts';
import { tempDir } from '../../support/temp-dir.ts';

const ENCODER = { kind: 'bundled', version: CLASSIFIER } as const;
const EVERYTHING = { afterId: 0, throughId: 1e9 };
const GENRES = ['Dub', 'Jazz', 'Ska'];

function library(nTracks = 60, thresholds = 0.5) {
  const dir = tempDir();
  const db = openHeard(dir);
  fillLibrary(db, { nTracks });
  const head = sampleHead({
    genres: GENRES,
    embeddingSize: 192,
    nDescriptors: 518,
    temperature: 25,
    thresholds: new Float32Array(3).fill(thresholds),
  });
  db.models.add(sampleModel({ id: 'own', genres: GENRES, head: encodeHead(head), encoder: CLASSIFIER }));
  db.labels.set(1, ['Ska'], 'hand', 1);
  db.labels.set(2, ['Jazz', 'Ska'], 'import', 1);
  for (const id of [1, 2]) db.tracks.refreshListing(id);
  return { dir, db, head };
}

type Library = ReturnType<typeof library>;
const use = ({ db, head }: Library, change: Partial<Parameters<typeof rescore>[1]> = {}) =>
  rescore(db, {
    ...{ modelId: 'own', use: 'add', atMs: 1, contextWeight: 0 },
    scores: scoreRange(db.trainingRows, ENCODER, head, EVERYTHING),
    ...change,
  });

/** Every track's row, as the lists show it. */
function rows(db: LibraryDb): unknown[] {
  return Array.from({ length: 200 }, (_, i) => db.tracks.byId(i + 1));
}

function expectAsRefreshed({ db }: Library): void {
  const bulk = rows(db);
  for (let id = 1; id <= 200; id++) db.tracks.refreshListing(id);
  expect(bulk).toEqual(rows(db));
}

describe('taking a model into use', () => {
  it('writes what refreshing each track would write, labels and unknowns among them', () => {
    const made = library();
    expect(use(made)).toBe(60);
    const predictions = Array.from({ length: 60 }, (_, i) => made.db.predictions.of(i + 1)!);
    const nUnknown = predictions.filter(({ isUnknown }) => isUnknown).length;
    expect(nUnknown).toBeGreaterThan(5);
    expect(nUnknown).toBeLessThan(55);
    expectAsRefreshed(made);
    // The person's word stays; what nobody knows shows the file's tag.
    expect(made.db.tracks.byId(1)).toMatchObject({ genre_name: 'Ska', genre_origin: 'hand' });
    const unknown = predictions.findIndex(({ isUnknown }, i) => isUnknown && i > 1) + 1;
    expect(made.db.tracks.byId(unknown)).toMatchObject({ genre_name: 'Polka', genre_origin: 'tag' });
    made.db.close();
  });

  it('goes back to exactly what was', () => {
    const made = library();
    const before = rows(made.db);
    use(made);
    expect(rows(made.db)).not.toEqual(before);
    use(made, { modelId: 'bundled', use: 'goBack', scores: null });
    expect(rows(made.db)).toEqual(before);
    expect([made.db.models.activeId(), made.db.predictions.count()]).toEqual(['bundled', 0]);
    expectAsRefreshed(made);
    made.db.close();
  });

  it('scores what was analysed since, and forgets what is gone', () => {
    const made = library(20);
    const { db, head } = made;
    const scores = scoreRange(db.trainingRows, ENCODER, head, EVERYTHING);
    const random = createRandom(9);
    const again = analysisOf(vector(192, random), random);
    db.analyses.put(5, again, 99_999);
    db.tracks.remove(7);
    const added = db.tracks.insert({ path: '/new.mp3', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 'new' }, 1);
    db.analyses.put(added, again, 99_999);
    for (const id of [5, added]) db.tracks.refreshListing(id);
    expect(use(made, { scores })).toBe(20);
    const [five, fresh] = [db.predictions.of(5)!, db.predictions.of(added)!];
    expect([...five.probabilities]).toEqual([...fresh.probabilities]);
    expect(db.predictions.of(7)).toBeNull();
    expectAsRefreshed(made);
    db.close();
  });

  it('has no verdict for tracks of another network version, and shows none', () => {
    const made = library(10);
    const { db } = made;
    const random = createRandom(3);
    db.analyses.put(4, { ...analysisOf(vector(192, random), random), classifierVersion: 'older 0.9' }, 5);
    expect(use(made)).toBe(9);
    expect(db.tracks.byId(4)).toMatchObject({ guess_name: null, genre_origin: 'tag' });
    expectAsRefreshed(made);
    db.close();
  });

  it('scores tracks without descriptors by their embeddings alone', () => {
    const made = library(6);
    const random = createRandom(3);
    made.db.analyses.put(3, { ...analysisOf(vector(192, random), random), descriptors: null }, 5);
    expect(use(made)).toBe(6);
    const { probabilities } = made.db.predictions.of(3)!;
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    made.db.close();
  });

  it('leans on labelled neighbours only when the context has weight', () => {
    const made = library(60, 0);
    const { db } = made;
    use(made);
    const plain = db.predictions.of(7)!;
    // Tracks 1 and 4 are by track 7's neighbours: same folder or artist.
    for (const id of [1, 4, 8, 15]) {
      db.labels.set(id, ['Dub'], 'hand', 1);
      db.tracks.refreshListing(id);
    }
    use(made, { use: null });
    expect([...db.predictions.of(7)!.probabilities]).toEqual([...plain.probabilities]);
    use(made, { use: null, contextWeight: 1 });
    expectAsRefreshed(made);
    const dub = Array.from({ length: 60 }, (_, i) => db.predictions.of(i + 1)!.probabilities[0]!);
    use(made, { use: null });
    const without = Array.from({ length: 60 }, (_, i) => db.predictions.of(i + 1)!.probabilities[0]!);
    expect(dub.reduce((a, b) => a + b)).toBeGreaterThan(without.reduce((a, b) => a + b));
    db.close();
  });

  it('refuses a damaged head before anything changes', () => {
    const made = library(10);
    use(made);
    const before = rows(made.db);
    const bytes = Buffer.from(encodeHead(made.head));
    bytes[bytes.length - 100]! ^= 1;
    made.db.models.add(sampleModel({ id: 'broken', genres: GENRES, head: bytes, encoder: CLASSIFIER }));
    expect(() => use(made, { modelId: 'broken', scores: null })).toThrow(expect.objectContaining({ code: 'model.corrupt' }));
    expect([made.db.models.activeId(), rows(made.db)]).toEqual(['own', before]);
    made.db.close();
  });
});
