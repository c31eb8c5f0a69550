// Training of a network itself through the services, on real sound: interrupted, gone on with, ended early, and its model in use.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import type { TrainProgress, TrainRequest } from '../../../src/core/domain/training.ts';
import { GradientRun } from '../../../src/core/models/gradient-run.ts';
import { createRandom, normal } from '../../../src/core/training/random.ts';
import { analysisOf, EMBEDDING_SIZE, openHeard, openHeardApp, vector } from '../../support/heard-library.ts';
import { suiteTempDir } from '../../support/temp-dir.ts';

const FINETUNE: TrainRequest = { mode: 'finetune', name: null, genres: null, origins: ['hand'], seed: 1, join: 'mean' };
const GENRES = ['Hum', 'Hiss'];
const N_LABELLED = 44;
const N_TRACKS = 48;
const RATE_HZ = 22_050;

/** 2.2 s: a chord or noise, each its own. */
function wav(isHum: boolean, seed: number): Buffer {
  const random = createRandom(seed);
  const [low, high] = [100 + 200 * random.next(), 400 + 400 * random.next()];
  const samples = Buffer.alloc(2 * Math.round(2.2 * RATE_HZ));
  for (let i = 0; i < samples.length / 2; i++) {
    const chord = Math.sin((2 * Math.PI * low * i) / RATE_HZ) + Math.sin((2 * Math.PI * high * i) / RATE_HZ);
    const value = 0.02 * normal(random) + (isHum ? 0.2 * chord : 0.2 * normal(random));
    samples.writeInt16LE(Math.round(32_000 * Math.max(-1, Math.min(1, value))), 2 * i);
  }
  const head = Buffer.from('RIFF    WAVEfmt \u0010\0\0\0\u0001\0\u0001\0        \u0002\0\u0010\0data    ', 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(RATE_HZ, 24);
  head.writeUInt32LE(2 * RATE_HZ, 28);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

describe('fine-tuning', () => {
  const dir = suiteTempDir();
  let app: App;

  beforeAll(async () => {
    const db = openHeard(dir);
    const random = createRandom(1);
    mkdirSync(join(dir, 'music'));
    db.settings.set({ nWindows: 1, windowSec: 2, provider: 'cpu' });
    for (let i = 0; i < N_TRACKS; i++) {
      const path = join(dir, 'music', `${i}.wav`);
      writeFileSync(path, wav(i % 2 === 0, i + 1));
      const id = db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `${i}` }, 1);
      db.tracks.setTags(id, { ...NO_TAGS, artist: `Artist ${i}` });
      db.analyses.put(id, analysisOf(vector(EMBEDDING_SIZE, random), random, { nWindows: 1 }), 1);
      if (i < N_LABELLED) db.labels.set(id, [GENRES[i % 2]!], 'hand', 1);
      db.tracks.refreshListing(id);
    }
    db.close();
    app = await openHeardApp(dir);
  });
  afterAll(() => app.close());

  /** Resolves when so many epochs have ended. */
  const epochs = (n: number): Promise<void> =>
    new Promise((resolve) => {
      const listen = (progress: TrainProgress) => {
        if (progress.epochs.length < n) return;
        app.events.off('training.progress', listen);
        resolve();
      };
      app.events.on('training.progress', listen);
    });

  it('says how many labels it needs', () => {
    expect(app.training.plan({ ...FINETUNE, mode: 'scratch' }).obstacle).toMatch(/needs 1000 labelled tracks; 956 are missing/);
    expect(app.training.plan(FINETUNE).obstacle).toBeNull();
  });

  it('waits on disk when the application closes, and goes on from its last epoch', async () => {
    const running = app.training.run(FINETUNE);
    running.catch(() => {});
    await epochs(2);
    await app.close();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });

    app = await openHeardApp(dir);
    const { interrupted, progress } = await app.training.status();
    expect(progress).toBeNull();
    expect(interrupted).toMatchObject({ mode: 'finetune' });
    const known = interrupted!.epochs;
    expect(known.length).toBeGreaterThanOrEqual(2);
    await expect(app.training.start(FINETUNE)).rejects.toMatchObject({ code: 'training.running', message: /interrupted/ });

    // Cancelled now, it makes a model of its best epoch.
    const resumed = app.training.resumeToEnd();
    await epochs(known.length + 1);
    app.training.cancel();
    const model = app.models.get(await resumed);
    expect(model).toMatchObject({ mode: 'finetune', nTracks: N_LABELLED, nToHear: N_TRACKS - N_LABELLED, seed: 1 });
    expect(model.encoder).toMatch(/^own-ecapa /);
    // The test part: neither gradients nor early stopping have seen it.
    expect(model.evaluation).toMatchObject({
      method: 'hold-out',
      comparison: { otherName: expect.stringMatching(/none of the 2/) },
    });
    expect(model.evaluation!.nTracks).toBeGreaterThan(4);
    expect(model.evaluation!.nTracks).toBeLessThan(14);
    expect((await app.training.status()).interrupted).toBeNull();
  }, 120_000);

  it('is in use after the rest of the library was heard with it, and judges what comes new', async () => {
    const { id } = app.models.list()[0]!;
    const heard: string[] = [];
    app.events.on('models.activating', ({ stage, done, total }) => heard.push(`${stage} ${done} of ${total}`));
    expect(await app.models.use(id)).toMatchObject({ nTracks: N_TRACKS });
    expect(heard.filter((line) => line.startsWith('hear')).at(-1)).toBe('hear 4 of 4');
    const tracks = [...app.tracks.iterate()];
    const right = tracks.filter(({ guess }, i) => guess?.genres[0]?.name === GENRES[i % 2]);
    expect(right.length).toBeGreaterThan(0.9 * N_TRACKS);

    const path = join(dir, 'music', 'new', 'new.wav');
    mkdirSync(join(dir, 'music', 'new'));
    writeFileSync(path, wav(false, 99));
    const summary = await app.scans.run({ folders: [join(dir, 'music', 'new')], reanalyse: 'none' }, {});
    expect(summary).toMatchObject({ analysed: 1 });
    expect(app.tracks.get(app.tracks.find(path)).guess?.genres[0]?.name).toBe('Hiss');
  });

  it('ends without a model when its hearing is cancelled', async () => {
    const before = app.models.list().length;
    app.events.once('training.progress', () => app.training.cancel());
    await expect(app.training.run({ ...FINETUNE, seed: 3 })).rejects.toMatchObject({ code: 'cancelled' });
    expect(app.models.list()).toHaveLength(before);
    expect((await app.training.status()).interrupted).toBeNull();
  });

  it('trains the small network from scratch the same way', async () => {
    // Fewer labels than a person would need for it; the run on disk does not ask.
    const [db, run] = [openHeard(dir), new GradientRun(dir)];
    const tracks = [...db.labels.all()].map(({ trackId, genre }, i) => ({
      ...{ trackId, contentHash: `${trackId - 1}`, class: GENRES.indexOf(genre), group: i },
      part: (['train', 'train', 'validation', 'test'] as const)[Math.floor(i / 2) % 4]!,
    }));
    db.close();
    const request = { ...FINETUNE, mode: 'scratch' as const, genres: null, origins: ['hand' as const] };
    await run.begin({ format: 1, startedAtMs: 1, request, genres: GENRES, labelsHash: '0'.repeat(64), tracks });
    const resumed = app.training.resumeToEnd();
    await epochs(2);
    app.training.cancel();
    const model = app.models.get(await resumed);
    expect(model).toMatchObject({ mode: 'scratch', nTracks: N_LABELLED, evaluation: { method: 'hold-out' } });
    expect(model.encoder).toMatch(/^own-cnn /);
    // The fine-tuned model is in use: nothing fair can be said of it here.
    expect(model.evaluation!.comparison).toBeNull();
    expect(await app.models.use(model.id)).toMatchObject({ nTracks: N_TRACKS + 1 });
  }, 120_000);
});
