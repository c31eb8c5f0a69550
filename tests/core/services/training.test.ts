// Quick training through the services, with the real engine and workers, on a library of made-up sounds.
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import type { TrainRequest } from '../../../src/core/domain/training.ts';
import { makeHeardLibrary, openHeard, openHeardApp } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const QUICK: TrainRequest = { mode: 'quick', name: null, genres: null, origins: ['hand'], seed: 1, join: 'auto' };
const apps: App[] = [];

async function open(dir: string): Promise<App> {
  const app = await openHeardApp(dir);
  apps.push(app);
  return app;
}
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

describe('quick training', () => {
  it('makes a version that is tested, named and not yet in use', async () => {
    const app = await open(makeHeardLibrary(tempDir(), { nTracks: 120, nLabelled: 60 }));
    const stages: string[] = [];
    app.events.on('training.progress', ({ stage }) => stages.push(stage));
    const before = [...app.tracks.iterate()];
    const id = await app.training.run(QUICK);
    const model = app.models.get(id);
    expect(model).toMatchObject({ mode: 'quick', isActive: false, nTracks: 60, nToHear: 0, backend: 'cpu', seed: 1 });
    expect(model.name).toMatch(/^Quick, \d+ \w+, 60 labels$/);
    expect(model.genres).toEqual(['Jazz', 'Rock', 'Ska']);
    expect(model.evaluation).toMatchObject({ method: 'cross-validation', nTracks: 60, nGroups: 30 });
    expect(model.evaluation!.accuracy).toBeGreaterThan(0.8);
    // The bundled model knows two of the three by name.
    expect(model.evaluation!.comparison!.otherName).toMatch(/knows 2 of the 3/);
    expect([...app.tracks.iterate()]).toEqual(before);
    expect(stages.at(-1)).toBe('done');
    expect(await app.training.status()).toEqual({ progress: null, interrupted: null, last: { modelId: id, failure: null } });
  });

  it('gives the same head for the same labels and seed, and another for another seed', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 90, nLabelled: 45, spread: 0.2 });
    const app = await open(dir);
    const ids: string[] = [];
    for (const seed of [1, 1, 2]) ids.push(await app.training.run({ ...QUICK, seed }));
    const [first, again] = ids.map((id) => app.models.get(id));
    expect(again!.labelsHash).toBe(first!.labelsHash);
    expect(again!.evaluation).toEqual(first!.evaluation);
    const db = openHeard(dir);
    const [a, b, c] = ids.map((id) => Buffer.from(db.models.head(id)!).toString('hex'));
    db.close();
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  it('is refused with a sentence while there are too few labels, and while another runs', async () => {
    const app = await open(makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 12 }));
    await expect(app.training.start(QUICK)).rejects.toMatchObject({
      code: 'training.tooFewLabels',
      message: 'Jazz has 4 labelled tracks and needs 1 more. Rock has 4 labelled tracks and needs 1 more.',
    });
    expect(app.training.plan(QUICK)).toMatchObject({ nTracks: 0, nUnheard: 0 });
    expect((await app.training.status()).last).toBeNull();
  });

  it('ends without a model when cancelled', async () => {
    const app = await open(makeHeardLibrary(tempDir(), { nTracks: 400, nLabelled: 400 }));
    const running = app.training.run(QUICK);
    await expect(app.training.start(QUICK)).rejects.toMatchObject({ code: 'training.running' });
    app.events.once('training.progress', () => app.training.cancel());
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(app.models.list().map(({ id }) => id)).toEqual(['bundled']);
    expect((await app.training.status()).last).toMatchObject({ modelId: null, failure: { code: 'cancelled' } });
  });

  it('compares with the head in use, trained again on the labels it had', async () => {
    const app = await open(makeHeardLibrary(tempDir(), { nTracks: 120, nLabelled: 60, spread: 0.3 }));
    const id = await app.training.run({ ...QUICK, name: 'First' });
    await app.models.use(id);
    const next = await app.training.run({ ...QUICK, seed: 2 });
    const { comparison, accuracy } = app.models.get(next).evaluation!;
    expect(comparison!.otherName).toBe('First');
    // The same labels: what differs is chance.
    expect(Math.abs(comparison!.otherAccuracy - accuracy)).toBeLessThan(0.1);
  });
});
