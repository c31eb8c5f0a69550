// New tracks while an own model is in use: judged in the transaction that stores them, by the model that is in use at that moment.
import { expect, it } from 'vitest';
import type { LibraryDb } from '../../../src/core/db/open.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { TrackJudge } from '../../../src/core/models/judge-track.ts';
import { rescore } from '../../../src/core/models/rescore.ts';
import { encodeHead } from '../../../src/core/training/head/head-file.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { analysisOf, CLASSIFIER, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { sampleHead } from '../../support/sample-head.ts';
import { sampleModel } from '../../support/sample-model.ts';
import { tempDir } from '../../support/temp-dir.ts';

const SHAPE = { embeddingSize: 192, nDescriptors: 518, thresholds: new Float32Array(2) };

function library() {
  const db = openHeard(tempDir());
  fillLibrary(db, { nTracks: 4 });
  for (const [i, id] of ['a', 'b'].entries())
    db.models.add(sampleModel({ id, head: encodeHead(sampleHead(SHAPE, i + 1)), encoder: CLASSIFIER }));
  const gate = createWriteGate();
  const judge = new TrackJudge({ db, gate, logger: SILENT_LOGGER, embed: () => Promise.reject(new Error('not asked')) });
  return { db, gate, judge };
}

const use = (db: LibraryDb, modelId: string) => rescore(db, { modelId, use: 'add', atMs: 1, contextWeight: 0, scores: null });

/** Stores a new track the way a scan does. */
async function add({ db, judge }: ReturnType<typeof library>, between: () => void = () => {}): Promise<number> {
  const random = createRandom(5);
  const id = db.tracks.insert({ path: '/new.mp3', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 'new' }, 1);
  const storeVerdict = await judge.hear('/new.mp3', new AbortController().signal);
  between();
  db.transaction(() => {
    db.analyses.put(id, analysisOf(vector(192, random), random), 5);
    storeVerdict(id);
    db.tracks.refreshListing(id);
  });
  return id;
}

it('says the same as scoring the whole library would', async () => {
  const made = library();
  use(made.db, 'a');
  const id = await add(made);
  const told = made.db.predictions.of(id)!;
  const row = made.db.tracks.byId(id);
  expect(row?.genre_origin).toBe('model');
  use(made.db, 'a');
  expect(made.db.predictions.of(id)).toEqual(told);
  expect(made.db.tracks.byId(id)).toEqual(row);
  made.db.close();
});

it('leaves the bundled model to its analysis', async () => {
  const made = library();
  const id = await add(made);
  expect(made.db.predictions.of(id)).toBeNull();
  expect(made.db.tracks.byId(id)?.genre_origin).toBe('model');
  made.db.close();
});

it('goes by the model in use when the track is stored', async () => {
  const made = library();
  use(made.db, 'a');
  await made.judge.hear('/x.mp3', new AbortController().signal);
  const id = await add(made, () => use(made.db, 'b'));
  expect(made.db.predictions.of(id)?.modelId).toBe('b');
  made.db.close();
});

it('waits while the library is rewritten', async () => {
  const { judge, gate, db } = library();
  const rewriting = Promise.withResolvers<void>();
  const held = gate.hold(() => rewriting.promise);
  let isReady = false;
  const ready = judge.hear('/x.mp3', new AbortController().signal).then(() => {
    isReady = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isReady).toBe(false);
  rewriting.resolve();
  await Promise.all([held, ready]);
  db.close();
});

it('stores the track without a verdict when the model in use is broken', async () => {
  const made = library();
  made.db.models.add(sampleModel({ id: 'broken', encoder: CLASSIFIER }));
  made.db.models.setActive('broken', 1);
  const id = await add(made);
  expect(made.db.predictions.of(id)).toBeNull();
  expect(made.db.tracks.byId(id)?.state).toBe('analysed');
  made.db.close();
});
