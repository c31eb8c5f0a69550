// kill -9 in the middle of a training, and in the middle of taking a model into use: neither the labels nor the model in use is lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import { encodeHead } from '../../../src/core/training/head/head-file.ts';
import { CLASSIFIER, genreOf, makeHeardLibrary, openHeard, openHeardApp } from '../../support/heard-library.ts';
import { sampleHead } from '../../support/sample-head.ts';
import { sampleModel } from '../../support/sample-model.ts';
import { tempDir } from '../../support/temp-dir.ts';

const CHILD = fileURLToPath(new URL('./killed-child.ts', import.meta.url));
const SHAPE = { embeddingSize: 192, nDescriptors: 518, thresholds: new Float32Array(2) };

/** Starts the act and kills its process as soon as a line matches. */
async function killDuring(act: 'train' | 'use', dir: string, line: RegExp): Promise<void> {
  const child = spawn(process.execPath, [CHILD, act, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const said of createInterface(child.stdout)) {
    expect(said).not.toBe('ended');
    if (line.test(said)) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A library with two own models, `first` in use. */
function library(nTracks: number, nLabelled: number): string {
  const dir = makeHeardLibrary(tempDir(), { nTracks, nLabelled });
  const db = openHeard(dir);
  for (const [i, id] of ['first', 'next'].entries())
    db.models.add(sampleModel({ id, name: id, head: encodeHead(sampleHead(SHAPE, i + 1)), encoder: CLASSIFIER }));
  db.close();
  return dir;
}

const shown = (app: App) => [...app.tracks.iterate()];

test('a killed training', async () => {
  const dir = library(900, 900);
  const before = await openHeardApp(dir);
  await before.models.use('first');
  const rows = shown(before);
  await before.close();

  await killDuring('train', dir, /^(?:head|evaluate) 0\.[1-9]/);

  const app = await openHeardApp(dir);
  expect(app.models.list().map(({ id, isActive }) => [id, isActive])).toEqual([
    ['first', true],
    ['next', false],
    ['bundled', false],
  ]);
  expect(shown(app)).toEqual(rows);
  expect(rows.every(({ genre }, i) => genre?.name === genreOf(i) && genre.origin === 'hand')).toBe(true);
  // Nothing stays locked: the same training runs to its end.
  await app.training.run({ mode: 'quick', name: 'Again', genres: null, origins: ['hand'], seed: 2, join: 'mean' });
  expect(app.models.list()).toHaveLength(4);
  await app.close();
});

test('a killed taking into use', async () => {
  const dir = library(300, 40);
  const before = await openHeardApp(dir);
  await before.models.use('first');
  const rows = shown(before);
  await before.close();

  await killDuring('use', dir, /^writing/);

  const app = await openHeardApp(dir);
  expect(app.models.list().find(({ isActive }) => isActive)?.id).toBe('first');
  expect(shown(app)).toEqual(rows);
  expect(await app.models.use('next')).toMatchObject({ nTracks: 300 });
  expect(shown(app)).not.toEqual(rows);
  await app.close();
});
