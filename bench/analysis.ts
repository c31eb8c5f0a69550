// `npm run bench`: tracks per hour and milliseconds per stage over the demo library (or the folders given), with the real
// workers and models.
import { readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { isAudioPath } from '../src/core/config/media-types.ts';
import { DEFAULT_SETTINGS } from '../src/core/config/settings.ts';
import { type ModelPaths, STAGES, type TrackAnalysis } from '../src/core/domain/analysis.ts';
import { createNodeWorkerSpawner } from '../src/core/jobs/spawn-node-worker.ts';
import { createWorkerPool } from '../src/core/jobs/worker-pool.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { workerEntry } from '../src/core/worker-entry.ts';

const resources = resolve(import.meta.dirname, '../resources');
const folders = process.argv.slice(2).length > 0 ? process.argv.slice(2) : [join(resources, 'demo')];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => isAudioPath(path) && statSync(path).isFile()),
);
const models: ModelPaths = {
  separatorDir: join(resources, 'models/separator'),
  classifierDir: join(resources, 'models/classifier'),
  provider: 'cpu',
};
const nWorkers = cpus().length;
const spawn = createNodeWorkerSpawner(workerEntry(), SILENT_LOGGER);
const pool = createWorkerPool({ size: nWorkers, spawn, logger: SILENT_LOGGER });

const analyse = (path: string): Promise<TrackAnalysis> =>
  pool.run({ kind: 'analyse', path, models, nWindows: DEFAULT_SETTINGS.nWindows, windowSec: DEFAULT_SETTINGS.windowSec });

// One track a worker first: opening the models is paid once a scan, not once a track.
const openMs = await timed(() => Promise.all(Array.from({ length: nWorkers }, () => analyse(files[0]!))));
let analyses: TrackAnalysis[] = [];
const wallMs = await timed(async () => {
  analyses = await Promise.all(files.map(analyse));
});
await pool.close();

const audioSec = analyses.reduce((sum, analysis) => sum + analysis.durationSec, 0);
console.log(`${files.length} tracks, ${(audioSec / 60).toFixed(1)} min of music, ${nWorkers} workers on ${cpus()[0]?.model}`);
console.log(`workers and models opened in ${openMs.toFixed(0)} ms (with one track each)`);
console.log(
  `${((files.length / wallMs) * 3_600_000).toFixed(0)} tracks/h, ${(audioSec / (wallMs / 1000)).toFixed(0)} times real time`,
);
for (const stage of STAGES) {
  const times = analyses.map((analysis) => analysis.stageMs[stage]).sort((a, b) => a - b);
  console.log(`${stage.padEnd(10)} ${times[Math.floor(times.length / 2)]!.toFixed(0).padStart(6)} ms median per track`);
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
