// kill -9 in the middle of a scan: nothing that was analysed is lost, nothing stays locked, the next scan does the rest.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openLibrary } from '../../../src/core/db/open.ts';
import { createScanner } from '../../../src/core/library/scan.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { fakeAnalysis, VERSIONS, writeWav } from './fixture.ts';

const N_TRACKS = 40;
const CHILD = fileURLToPath(new URL('./killed-scan-child.ts', import.meta.url));

function startScan(library: string, music: string): ChildProcess {
  return spawn(process.execPath, [CHILD, library, music, JSON.stringify(fakeAnalysis())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function untilAnalysed(child: ChildProcess, atLeast: number): Promise<void> {
  for await (const line of createInterface(child.stdout!)) {
    const [stage, done] = line.split(' ');
    if (stage === 'analyse' && Number(done) >= atLeast) return;
  }
}

test('the next scan continues a killed one', async () => {
  const music = tempDir();
  for (let i = 0; i < N_TRACKS; i++) writeWav(join(music, `${i}.wav`), i);
  const library = join(tempDir(), 'library.db');
  const child = startScan(library, music);
  await untilAnalysed(child, 6);

  const db = openLibrary(library, { logger: SILENT_LOGGER });
  expect(() => db.lockForScan()).toThrow(expect.objectContaining({ code: 'library.locked' }));
  expect(db.tracks.byId(1)).toBeDefined();

  child.kill('SIGKILL');
  await once(child, 'exit');
  const before = db.listing.countByStatus().find(({ status }) => status === 'analysed')?.n ?? 0;
  expect(before).toBeGreaterThanOrEqual(6);
  expect(before).toBeLessThan(N_TRACKS);

  const scanner = createScanner({
    db,
    analyse: async () => fakeAnalysis(),
    concurrency: () => 2,
    versions: () => VERSIONS,
    logger: SILENT_LOGGER,
  });
  const summary = await scanner.scan({ folders: [], reanalyse: 'none' });
  expect(summary).toMatchObject({ found: N_TRACKS, analysed: N_TRACKS - before, unchanged: before, failed: 0 });
  expect(db.listing.countByStatus()).toEqual([{ status: 'analysed', n: N_TRACKS }]);
  db.close();
});
