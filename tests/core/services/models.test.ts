// The registry through the services: into use and back, as a file and back in, side by side; and what is broken is refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import type { TrainRequest } from '../../../src/core/domain/training.ts';
import { makeHeardLibrary, openHeard, openHeardApp } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const QUICK: TrainRequest = { mode: 'quick', name: 'Mine', genres: null, origins: ['hand'], seed: 1, join: 'mean' };
const apps: App[] = [];

async function open(dir = makeHeardLibrary(tempDir(), { nTracks: 90, nLabelled: 60, spread: 0.3 })): Promise<App> {
  const app = await openHeardApp(dir);
  apps.push(app);
  return app;
}
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
const shown = (app: App) => [...app.tracks.iterate()];
/** Everything of a model but what an import gives anew. */
const facts = (app: App, id: string) => ({ ...app.models.get(id), id: null, isActive: null });

describe('the registry of models', () => {
  it('takes a model into use, tells it, and goes back step by step', async () => {
    const app = await open();
    const before = shown(app);
    const heard: string[] = [];
    app.events.on('tracks.changed', ({ ids }) => heard.push(`tracks ${ids}`));
    app.events.on('models.activating', ({ stage }) => heard.push(stage));
    const [a, b] = [await app.training.run(QUICK), await app.training.run({ ...QUICK, seed: 5 })];
    expect(await app.models.use(a)).toMatchObject({ nTracks: 90 });
    expect(heard.filter((line) => line !== 'score')).toEqual(['done', 'tracks null']);
    const withA = shown(app);
    expect(withA.every(({ guess, modelVersion }) => guess?.genres.length === 3 && modelVersion === 'Mine')).toBe(true);
    expect(withA.slice(0, 60).every(({ genre }) => genre?.origin === 'hand')).toBe(true);
    await app.models.use(b);
    expect(app.models.list().map(({ id, isActive }) => [id, isActive])).toEqual([
      [b, true],
      [a, false],
      ['bundled', false],
    ]);
    expect(await app.models.rollback()).toEqual({ id: a });
    expect(shown(app)).toEqual(withA);
    expect(await app.models.rollback()).toEqual({ id: 'bundled' });
    expect(shown(app)).toEqual(before);
    await expect(app.models.rollback()).rejects.toMatchObject({ code: 'model.unknown' });
  });

  it('stays in use after a restart', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 45 });
    const first = await open(dir);
    const id = await first.training.run(QUICK);
    await first.models.use(id);
    const rows = shown(first);
    await apps.pop()!.close();
    const second = await open(dir);
    expect(second.models.get(id).isActive).toBe(true);
    expect(shown(second)).toEqual(rows);
  });

  it('keeps the one in use and the bundled one, and removes others', async () => {
    const app = await open();
    const [a, b] = [await app.training.run(QUICK), await app.training.run(QUICK)];
    await app.models.use(a);
    await expect(app.models.remove(a)).rejects.toMatchObject({ code: 'model.inUse' });
    await expect(app.models.remove('bundled')).rejects.toMatchObject({ code: 'model.inUse' });
    await expect(app.models.rename('bundled', 'Mine')).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await app.models.rename(b, 'Other')).toMatchObject({ id: b, name: 'Other' });
    await app.models.remove(b);
    expect(() => app.models.get(b)).toThrow(expect.objectContaining({ code: 'model.unknown' }));
  });

  it('comes back from its file, also in another library with the same music', async () => {
    const app = await open();
    const id = await app.training.run(QUICK);
    const { fileName, bytes } = await app.models.export(id);
    expect(fileName).toBe('Mine.stemmodel');
    const { id: again } = await app.models.import(bytes);
    expect(again).not.toBe(id);
    expect(facts(app, again)).toEqual(facts(app, id));
    const other = await open(makeHeardLibrary(tempDir(), { nTracks: 90, nLabelled: 0, spread: 0.3 }));
    const { id: there } = await other.models.import(bytes);
    expect(facts(other, there)).toEqual(facts(app, id));
    await app.models.use(id);
    await other.models.use(there);
    expect(shown(other).map(({ guess }) => guess)).toEqual(shown(app).map(({ guess }) => guess));
    expect(other.models.confused(there, 'Jazz', 'Jazz')).toEqual(app.models.confused(id, 'Jazz', 'Jazz'));
  });

  it('scores anew when the context gets weight, and as before when it loses it', async () => {
    const app = await open();
    await app.models.use(await app.training.run(QUICK));
    const guesses = () => shown(app).map(({ guess }) => guess);
    const plain = guesses();
    const changed = () => new Promise((resolve) => app.events.once('tracks.changed', resolve));
    let rewritten = changed();
    app.settings.change({ contextWeight: 1 });
    await rewritten;
    expect(guesses()).not.toEqual(plain);
    rewritten = changed();
    app.settings.change({ contextWeight: 0 });
    await rewritten;
    expect(guesses()).toEqual(plain);
  });

  it('finds the tracks of a cell of the confusion matrix', async () => {
    const app = await open();
    const id = await app.training.run(QUICK);
    const { perGenre, confusion } = app.models.get(id).evaluation!;
    for (const [i, { name: label }] of perGenre.entries())
      for (const [j, { name: guess }] of perGenre.entries())
        expect(app.models.confused(id, label, guess)).toHaveLength(confusion[i]![j]!);
  });

  it('puts two models side by side on what both had not seen', async () => {
    const app = await open();
    const [a, b] = [await app.training.run(QUICK), await app.training.run({ ...QUICK, seed: 9 })];
    const own = await app.models.compare(a, b);
    expect(own).toMatchObject({ nShared: 60, nTracks: 90, accuracyA: app.models.get(a).accuracy });
    const same = await app.models.compare(a, a);
    expect(same).toMatchObject({ nDifferent: 0, onlyARight: 0, onlyBRight: 0, pValue: 1 });
    const bundled = await app.models.compare('bundled', a);
    expect(bundled.accuracyB).toBe(app.models.get(a).accuracy);
    expect(bundled.accuracyA).toBeLessThan(0.7);
    expect(bundled.shifts.reduce((sum, { nB }) => sum + nB, 0)).toBe(90);
    expect(bundled.shifts[0]!.genre).toBe('Ska');
  });
});

describe('a broken model', () => {
  it('whose head is damaged is refused with a sentence; the one in use stays', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 45 });
    const app = await open(dir);
    const id = await app.training.run(QUICK);
    await app.models.use(id);
    const before = shown(app);
    const db = openHeard(dir);
    const whole = db.models.whole(id)!;
    const head = whole.head.slice();
    head[head.length - 50]! ^= 1;
    db.models.add({ ...whole, id: 'broken', name: 'Broken', head });
    db.close();
    await expect(app.models.use('broken')).rejects.toMatchObject({
      code: 'model.corrupt',
      message: 'The model "Broken" is damaged and cannot be used; the model in use stays as it is.',
    });
    expect([app.models.get(id).isActive, shown(app)]).toEqual([true, before]);
    await expect(app.models.export('broken')).rejects.toMatchObject({ code: 'model.corrupt' });
  });

  it('whose own network is damaged or gone is refused; the one in use stays', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 45 });
    const app = await open(dir);
    const id = await app.training.run(QUICK);
    const db = openHeard(dir);
    db.models.add({ ...db.models.whole(id)!, id: 'own', encoderFolder: 'own', encoder: 'own-ecapa 1' });
    db.close();
    await expect(app.models.use('own')).rejects.toMatchObject({ code: 'model.missing' });
    expect(app.models.get('bundled').isActive).toBe(true);
  });

  it('made for another network version is refused with what to do', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 45 });
    const app = await open(dir);
    const id = await app.training.run(QUICK);
    const db = openHeard(dir);
    db.models.add({ ...db.models.whole(id)!, id: 'old', encoder: 'stemscape-ecapa 0.1.0' });
    db.close();
    await expect(app.models.use('old')).rejects.toMatchObject({
      code: 'model.notReady',
      message: expect.stringMatching(/train it again/),
    });
  });

  it('in use does not keep the application from starting, and doctor says so', async () => {
    const dir = makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 45 });
    const first = await open(dir);
    const id = await first.training.run(QUICK);
    await first.models.use(id);
    const before = shown(first);
    await apps.pop()!.close();
    const db = openHeard(dir);
    const whole = db.models.whole(id)!;
    db.models.remove(id);
    db.models.add({ ...whole, head: whole.head.slice(0, 200) });
    db.models.setActive(id, 5);
    db.close();
    const app = await open(dir);
    expect(shown(app)).toEqual(before);
    await expect(app.models.describeInUse()).rejects.toMatchObject({ code: 'model.corrupt' });
    await app.models.use('bundled');
    expect(await app.models.describeInUse()).toBe('the bundled one');
  });

  it('as a file is refused and leaves the registry as it was', async () => {
    const app = await open();
    const id = await app.training.run(QUICK);
    const { bytes } = await app.models.export(id);
    const cut = join(tempDir(), 'cut.stemmodel');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    await expect(app.models.import(readFileSync(cut))).rejects.toMatchObject({ code: 'model.corrupt' });
    for (let at = 40; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const changed = bytes.slice();
      changed[at]! ^= 0xff;
      // A byte that says nothing of the content, such as a part's date, may differ.
      await app.models.import(changed).then(
        ({ id: taken }) => app.models.remove(taken),
        (error: unknown) => void expect(error).toMatchObject({ code: 'model.corrupt' }),
      );
    }
    expect(app.models.list()).toHaveLength(2);
  });
});
