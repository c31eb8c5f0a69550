// Writes or undoes tags in a process of its own, which dies at a step: node killed-write-child.ts LIBRARY write|undo STEP GENRE.
import { openLibrary } from '../../../src/core/db/open.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { undoWritten, writePlanned } from '../../../src/core/tags/journalled-write.ts';
import { planWrites } from '../../../src/core/tags/plan.ts';

const [library = '', act = '', fatalStep = ''] = process.argv.slice(2);
const db = openLibrary(library, { logger: SILENT_LOGGER });
db.lockForScan();
const parts = {
  db,
  writable: async () => {},
  onStep: (step: string) => {
    if (step === fatalStep) process.kill(process.pid, 'SIGKILL');
  },
};
if (act === 'write') {
  const plan = await planWrites(db, [1], { fields: ['genre'], mode: 'replace', guessFrom: null });
  const writeId = db.durably(() => db.tagWrites.begin('Wrote genre', 1));
  await writePlanned(parts, writeId, plan.files[0]!);
} else {
  await undoWritten(parts, db.tagWrites.written(1)[0]!);
}
db.close();
