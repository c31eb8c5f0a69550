// Neighbours and duplicates through the contract, with the real engine and a real worker.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandInput, CommandName, CommandOutput } from '../../src/contract/index.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { createRandom } from '../../src/core/training/random.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { analysisOf, fillLibrary, openHeard, vector } from '../support/heard-library.ts';
import { RESOURCES_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const dir = suiteTempDir();
let engine: Engine;

beforeAll(async () => {
  const db = openHeard(dir);
  fillLibrary(db, { nTracks: 12 });
  const random = createRandom(9);
  const words = Uint32Array.from({ length: 500 }, () => 2 ** 32 * random.next());
  for (const id of [3, 8]) {
    db.analyses.put(id, { ...analysisOf(vector(192, random), random), fingerprint: words }, 1);
    db.tracks.refreshListing(id);
  }
  db.close();
  engine = await openEngine({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
});
afterAll(() => engine.close());

async function call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
  const { result } = await engine.handle({ type: 'request', id: 1, name, input });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value as CommandOutput<N>;
}

it('answers with tracks and distances by source', async () => {
  const { neighbours } = await call('neighbours.similar', { trackIds: [1], weights: { drums: 1, bass: -0.5 }, limit: 4 });
  expect(neighbours).toHaveLength(4);
  expect(neighbours[0]!.track.path).toMatch(/^\/music\//);
  for (const { distance, bySource } of neighbours) {
    expect(distance).toBeCloseTo((bySource.drums! + 0.5 * (2 - bySource.bass!)) / 1.5, 6);
  }
});

it('refuses what cannot be asked', async () => {
  await expect(call('neighbours.similar', { trackIds: [99] })).rejects.toThrow(/track\.unknown/);
  await expect(call('neighbours.similar', { trackIds: [1], weights: { drums: 3 } })).rejects.toThrow(/input\.invalid/);
  await expect(call('neighbours.similar', { trackIds: [1], weights: { vocals: 1 } })).rejects.toThrow(/track\.notAnalysed/);
});

it('finds duplicates in a worker, and again when the library has changed', async () => {
  const found = await call('duplicates.find', {});
  expect(found).toMatchObject({ nTracks: 2, nNotCompared: 10, groups: [{ kind: 'same', agreement: 1 }] });
  expect(found.groups[0]!.files.map(({ path }) => path)).toEqual([join('/music/2', '2.mp3'), join('/music/0', '7.mp3')]);
  expect(await call('duplicates.find', {})).toEqual(found);
  expect(await call('duplicates.cancel', {})).toEqual({});
  const db = openHeard(dir);
  db.tracks.remove(8);
  db.close();
  expect(await call('duplicates.find', {})).toMatchObject({ groups: [], nTracks: 1 });
});
