// In a process of its own, to be killed: node killed-child.ts train|use LIBRARY_DIR. Says a line when it is in the middle.
import { openLibrary } from '../../../src/core/db/open.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { rescore } from '../../../src/core/models/rescore.ts';
import { openHeardApp } from '../../support/heard-library.ts';

const [act = '', dir = ''] = process.argv.slice(2);
const QUICK = { mode: 'quick', name: null, genres: null, origins: ['hand'], seed: 2, join: 'auto' } as const;

if (act === 'train') {
  const app = await openHeardApp(dir);
  app.events.on('training.progress', ({ stage, fraction }) => process.stdout.write(`${stage} ${fraction}\n`));
  await app.training.run(QUICK);
} else {
  const db = openLibrary(`${dir}/library.db`, { logger: SILENT_LOGGER });
  rescore(db, { modelId: 'next', use: 'add', atMs: 9, contextWeight: 0, scores: null }, () => {
    process.stdout.write('writing\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000);
  });
}
process.stdout.write('ended\n');
