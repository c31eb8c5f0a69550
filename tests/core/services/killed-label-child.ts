// Labels track 1 with Genre 1, Genre 2 ... until it is killed: node killed-label-child.ts LIBRARY. Says each number once it is answered.
import { createAppEvents } from '../../../src/core/app-events.ts';
import { openLibrary } from '../../../src/core/db/open.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { LabellingService } from '../../../src/core/services/labelling.ts';

const labels = new LabellingService({
  db: openLibrary(process.argv[2] ?? '', { logger: SILENT_LOGGER }),
  events: createAppEvents(),
  gate: createWriteGate(),
  idsOf: () => [],
  nowMs: Date.now,
});

for (let i = 1; ; i++) {
  await labels.set({ kind: 'tracks', ids: [1] }, [`Genre ${i}`], 'replace');
  await new Promise((resolve) => process.stdout.write(`${i}\n`, resolve));
}
