// Training and the registry behind the contract: what the engine answers has the form that the contract promises.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandInput, type CommandName, commands, events } from '../../src/contract/index.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { RESOURCES_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const dir = suiteTempDir();
let engine: Engine;

beforeAll(async () => {
  makeHeardLibrary(dir, { nTracks: 90, nLabelled: 60, spread: 0.2 });
  engine = await openEngine({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
});
afterAll(() => engine.close());

async function ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<unknown> {
  const { result } = await engine.handle({ type: 'request', id: 1, name, input });
  if (!result.ok) throw new Error(result.error.message);
  expect(() => commands[name].output.parse(result.value)).not.toThrow();
  return result.value;
}

it('answers every command in the form of the contract', async () => {
  const said: { name: string; payload: unknown }[] = [];
  const stop = engine.onEvent(({ name, payload }) => said.push({ name, payload }));
  const ended = new Promise<void>((resolve) => engine.onEvent(({ name }) => name === 'training.ended' && resolve()));
  await ask('training.plan', {});
  await ask('training.start', { join: 'mean' });
  await ask('training.status', {});
  await ended;
  const { last } = (await ask('training.status', {})) as { last: { modelId: string } };
  const id = last.modelId;
  await ask('models.list', {});
  await ask('models.get', { id });
  await ask('models.get', { id: 'bundled' });
  await ask('models.use', { id });
  await ask('models.compare', { a: id, b: 'bundled' });
  await ask('models.confused', { id, label: 'Jazz', guess: 'Rock' });
  const { base64 } = (await ask('models.export', { id })) as { base64: string };
  const { id: copy } = (await ask('models.import', { base64 })) as { id: string };
  await ask('models.rename', { id: copy, name: ' Copy ' });
  await ask('models.remove', { id: copy });
  await ask('models.rollback', {});
  stop();
  expect(new Set(said.map(({ name }) => name))).toEqual(
    new Set(['training.progress', 'training.ended', 'models.changed', 'models.activating', 'tracks.changed']),
  );
  for (const { name, payload } of said) expect(() => events[name as keyof typeof events].parse(payload)).not.toThrow();
});
