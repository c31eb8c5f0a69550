// Files made for listening (separated stems, decoded copies): one sub-folder an entry, made by a worker, bounded in size
// (least recently used goes first), filled under a temporary name so that a crash never leaves half an entry.
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const ABANDONED_AFTER_MS = 3_600_000;

/** Writes an entry's files into a folder that exists. */
export type FillFolder = (outDir: string) => Promise<void>;

export class FolderCache {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The entry's file when it is there, else null. `key` names one version of one file's audio. */
  async find(key: string, fileName: string): Promise<string | null> {
    const path = join(this.#dir, key, fileName);
    return (await exists(path)) ? path : null;
  }

  async has(key: string): Promise<boolean> {
    return exists(join(this.#dir, key));
  }

  /** Makes the entry unless it is there, then trims the folder to `maxBytes`. */
  async ensure(key: string, maxBytes: number, fill: FillFolder): Promise<void> {
    const target = join(this.#dir, key);
    if (await this.has(key)) {
      const now = new Date();
      await utimes(target, now, now);
      return;
    }
    const partial = join(this.#dir, `.${key}.partial`);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    try {
      await fill(partial);
      await rm(target, { recursive: true, force: true });
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    await this.#trim(maxBytes, key);
  }

  /** Removes what interrupted runs left behind; a young one may belong to another process that is at work. */
  async removePartials(nowMs = Date.now()): Promise<void> {
    for (const name of await list(this.#dir)) {
      if (!name.endsWith('.partial')) continue;
      const path = join(this.#dir, name);
      if (nowMs - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
    }
  }

  /** Drops the least recently used entries until the rest fits; the newest one, `keep`, always stays. */
  async #trim(maxBytes: number, keep: string): Promise<void> {
    const entries: { name: string; bytes: number; usedAtMs: number }[] = [];
    for (const name of await list(this.#dir)) {
      const dir = join(this.#dir, name);
      let bytes = 0;
      for (const file of await list(dir)) bytes += (await stat(join(dir, file))).size;
      entries.push({ name, bytes, usedAtMs: (await stat(dir)).mtimeMs });
    }
    let total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (const entry of entries.sort((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (total <= maxBytes) return;
      if (entry.name === keep) continue;
      await rm(join(this.#dir, entry.name), { recursive: true, force: true });
      total -= entry.bytes;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function list(dir: string): Promise<string[]> {
  return readdir(dir).catch(() => []);
}
