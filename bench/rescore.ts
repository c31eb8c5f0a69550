// `node bench/rescore.ts [nTracks]`: seconds until another model is in use on a library of 100,000 tracks of 3 windows, 20 genres,
// and back to the bundled one; through the application, with its workers. The library is made up and lies in the temporary folder.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/core/app.ts';
import type { Head } from '../src/core/domain/training.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { encodeHead } from '../src/core/training/head/head-file.ts';
import { MAX_DIRECTIONS } from '../src/core/training/head/kernel-map.ts';
import { MAX_LANDMARKS } from '../src/core/training/head/self-training.ts';
import { createRandom, normal } from '../src/core/training/random.ts';
import { CLASSIFIER, EMBEDDING_SIZE, fillLibrary, openHeard } from '../tests/support/heard-library.ts';
import { RESOURCES_DIR } from '../tests/support/real-audio.ts';
import { sampleHead } from '../tests/support/sample-head.ts';
import { sampleModel } from '../tests/support/sample-model.ts';

const nTracks = Number(process.argv[2] ?? 100_000);
const N_GENRES = 20;
const N_LABELLED = 0.05 * nTracks;
const genres = Array.from({ length: N_GENRES }, (_, i) => `Genre ${i}`);

const dir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
try {
  makeLibrary();
  await measure();
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function makeLibrary(): void {
  const db = openHeard(dir);
  const startMs = performance.now();
  fillLibrary(db, { nTracks, nWindows: 3, genres });
  db.transaction(() => {
    for (let id = 1; id <= N_LABELLED; id++) {
      db.labels.set(id, [genres[id % N_GENRES]!], 'hand', 1);
      db.tracks.refreshListing(id);
    }
  });
  const shape = {
    genres,
    embeddingSize: EMBEDDING_SIZE,
    nDescriptors: 518,
    nStemFeatures: 4 * EMBEDDING_SIZE,
    stemEncoder: CLASSIFIER,
  };
  const thresholds = new Float32Array(N_GENRES).fill(0.3);
  const linear = sampleHead({ ...shape, thresholds, temperature: 20 });
  for (const [id, head] of Object.entries({ linear, kernel: withKernel(linear) }))
    db.models.add(sampleModel({ id, genres, head: encodeHead(head), encoder: CLASSIFIER }));
  db.close();
  const megabytes = statSync(join(dir, 'library.db')).size / 1e6;
  print(`${cpus().length} x ${cpus()[0]?.model.trim()}`);
  print(`${nTracks} tracks made in ${((performance.now() - startMs) / 1000).toFixed(0)} s, ${megabytes.toFixed(0)} MB`);
}

/** As large as kernel heads become: all landmarks, all directions, every feature. */
function withKernel(head: Head): Head {
  const n = head.mean.length;
  const random = createRandom(7);
  const normals = (count: number) => Float32Array.from({ length: count }, () => normal(random) / Math.sqrt(n));
  return {
    ...head,
    kernel: {
      relevance: new Float32Array(n).fill(1 / n),
      landmarks: normals(MAX_LANDMARKS * MAX_DIRECTIONS),
      axes: { directions: normals(MAX_DIRECTIONS * n), halves: new Float32Array(MAX_LANDMARKS).fill(0.5) },
    },
    weights: normals(N_GENRES * MAX_LANDMARKS),
    settings: { family: 'kernel', regularization: 0.1, nComponents: 128 },
  };
}

async function measure(): Promise<void> {
  const app = await createApp({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
  try {
    for (const id of ['linear', 'kernel', 'bundled']) {
      const blocked = watchEventLoop();
      const { nTracks: n, seconds } = await app.models.use(id);
      print(`${id.padEnd(8)} ${seconds.toFixed(2)} s for ${n} tracks; the engine was never busy for more than ${blocked()} ms`);
    }
  } finally {
    await app.close();
  }
}

/** @returns a function that ends the watch and tells the longest gap */
function watchEventLoop(): () => number {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  return () => {
    clearInterval(timer);
    return Math.round(longest);
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
