// What was computed before, by a digest of everything that it was computed from: an interrupted evaluation goes on where it was.
import { createHash, type Hash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { StemscapeError } from '../domain/errors.ts';
import { writeDurably } from '../training/finetune/durable-file.ts';

/** Counts up when the same input would give another result. */
const FORMAT = 1;

export class ResultCache {
  readonly dir: string;
  /** Being computed now, by key: the same recording may lie in a dataset twice. */
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Null when there is nothing, or nothing whole. */
  async get<T>(key: string): Promise<T | null> {
    try {
      return deserialize(await readFile(this.#pathOf(key))) as T;
    } catch {
      return null;
    }
  }

  /** What is known, or else what `make` gives, which is kept; two that ask for the same at a time wait for one. */
  async recall<T>(key: string, make: () => Promise<T>): Promise<{ value: T; wasKnown: boolean }> {
    const running = this.#running.get(key);
    if (running) return { value: (await running) as T, wasKnown: true };
    let wasKnown = true;
    const finding = this.get<T>(key).then(async (known) => {
      if (known !== null) return known;
      wasKnown = false;
      const value = await make();
      await this.put(key, value);
      return value;
    });
    this.#running.set(key, finding);
    try {
      return { value: await finding, wasKnown };
    } finally {
      this.#running.delete(key);
    }
  }

  /** @throws StemscapeError disk.full */
  async put(key: string, value: unknown): Promise<void> {
    try {
      await mkdir(join(this.dir, key.slice(0, 2)), { recursive: true });
      await writeDurably(this.#pathOf(key), [serialize(value)]);
    } catch (cause) {
      // Another process that computes the same may have been first.
      if ((await this.get(key)) !== null) return;
      throw new StemscapeError('disk.full', `What was computed cannot be kept in ${this.dir}.`, { cause });
    }
  }

  #pathOf(key: string): string {
    return join(this.dir, key.slice(0, 2), `${key}.bin`);
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
