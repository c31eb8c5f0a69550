// Loads sqlite-vec, whose distances neighbours are found by. Where it has no binary for a system, the same distance in JavaScript
// takes its place: the same answers, some ten times slower.
import type Database from 'better-sqlite3';
import { getLoadablePath } from 'sqlite-vec';
import type { Logger } from '../logger.ts';
import { fromBlob } from './vector-blob.ts';

export function loadVectorExtension(sqlite: Database.Database, logger: Logger): void {
  try {
    // The packaged app keeps libraries beside its archive: the system cannot load them from inside.
    sqlite.loadExtension(getLoadablePath().replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked'));
  } catch (error) {
    logger.warn({ error }, 'sqlite-vec cannot be loaded here; neighbours are found without it');
    registerDistances(sqlite);
  }
}

/** What the stores use of sqlite-vec, in JavaScript. */
export function registerDistances(sqlite: Database.Database): void {
  sqlite.function('vec_distance_cosine', { deterministic: true }, (a, b) => cosineDistance(a as Uint8Array, b as Uint8Array));
}

function cosineDistance(a: Uint8Array, b: Uint8Array): number {
  const [u, v] = [fromBlob(a), fromBlob(b)];
  let [dot, squareU, squareV] = [0, 0, 0];
  for (let i = 0; i < u.length; i++) {
    dot += u[i]! * v[i]!;
    squareU += u[i]! ** 2;
    squareV += v[i]! ** 2;
  }
  return 1 - dot / Math.sqrt(squareU * squareV);
}
