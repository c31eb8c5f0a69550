// Where the analysis worker's module lies: beside the built engine, or in the sources when they run directly.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CANDIDATES = ['analysis/worker.ts', 'worker.js', '../worker.js'];

export function workerEntry(): URL {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = CANDIDATES.map((candidate) => join(here, candidate)).find(existsSync);
  if (found === undefined) throw new Error(`The analysis worker is not beside ${here}`);
  return pathToFileURL(found);
}
