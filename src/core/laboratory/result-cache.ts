// What was computed before, by a digest of everything that it was computed from: an interrupted evaluation goes on where it was.
import { createHash, type Hash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { writeDurably } from '../training/finetune/durable-file.ts';

/** Counts up when the same input would give another result. */
const FORMAT = 1;

export class ResultCache {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Null when there is nothing, or nothing whole. */
  async get<T>(key: string): Promise<T | null> {
    try {
      return deserialize(await readFile(this.#pathOf(key))) as T;
    } catch {
      return null;
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    await mkdir(join(this.#dir, key.slice(0, 2)), { recursive: true });
    await writeDurably(this.#pathOf(key), [serialize(value)]);
  }

  #pathOf(key: string): string {
    return join(this.#dir, key.slice(0, 2), `${key}.bin`);
  }
}

/** SHA-256 of a value of plain objects, arrays, typed arrays and scalars; the order of an object's keys does not matter. */
export function digestOf(value: unknown): string {
  const hash = createHash('sha256').update(`${FORMAT}\n`);
  feed(hash, value);
  return hash.digest('hex');
}

function feed(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name}:${value.byteLength};`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`[${value.length};`);
    for (const item of value) feed(hash, item);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`{${entries.length};`);
    for (const [name, item] of entries) {
      hash.update(`${JSON.stringify(name)}:`);
      feed(hash, item);
    }
  } else hash.update(`${typeof value}:${JSON.stringify(value)};`);
}
