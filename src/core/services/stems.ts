// Stems of whole songs: into a folder a person named, or into the cache that the player listens from.
import { mkdir } from 'node:fs/promises';
import type { AppEvents } from '../app-events.ts';
import type { ModelPaths, SeparatedFile } from '../domain/analysis.ts';
import { StemscapeError, toFailure } from '../domain/errors.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { FolderCache } from './folder-cache.ts';

export interface StemServiceParts {
  pool: WorkerPool;
  cache: FolderCache;
  events: AppEvents;
  models: () => Promise<ModelPaths>;
  maxCacheBytes: () => number;
  /** Path and cache key of a track; the key names one version of one file's audio and one separator. */
  locate: (id: number) => { path: string; key: string };
}

export interface SeparateOptions {
  bitDepth: 16 | 'float32';
  signal?: AbortSignal;
  onPulse?: (fraction: number | null) => void;
}

export class StemService {
  readonly #parts: StemServiceParts;
  readonly #running = new Map<number, AbortController>();

  constructor(parts: StemServiceParts) {
    this.#parts = parts;
  }

  /** Four WAVs of the whole file in `outDir`, which is made when absent. @throws StemscapeError file.* | decode.* | model.* | export.failed */
  async separateFile(path: string, outDir: string, options: SeparateOptions): Promise<SeparatedFile> {
    await mkdir(outDir, { recursive: true }).catch((cause: unknown) => {
      throw new StemscapeError('export.failed', `The folder ${outDir} cannot be made or is not a folder.`, { cause });
    });
    const { bitDepth, signal, onPulse } = options;
    const models = await this.#parts.models();
    return this.#parts.pool.run(
      { kind: 'separate', path, models, outDir, stems: STEMS, bitDepth },
      { priority: 'interactive', ...(signal && { signal }), ...(onPulse && { onPulse }) },
    );
  }

  /** Starts the separation unless it is there; `stems.ready` tells its end. */
  async prepare(id: number): Promise<{ ready: boolean }> {
    const { path, key } = this.#parts.locate(id);
    if (await this.#parts.cache.has(key)) return { ready: true };
    if (!this.#running.has(id)) void this.#fill(id, path, key);
    return { ready: false };
  }

  async #fill(id: number, path: string, key: string): Promise<void> {
    const { cache, events, maxCacheBytes } = this.#parts;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      await cache.ensure(key, maxCacheBytes(), async (outDir) => {
        const onPulse = (fraction: number | null): void => void events.emit('stems.progress', { id, fraction });
        await this.separateFile(path, outDir, { bitDepth: 16, signal: controller.signal, onPulse });
      });
      events.emit('stems.ready', { id, failure: null });
    } catch (error) {
      const failure = controller.signal.aborted ? toFailure(new StemscapeError('cancelled', 'Cancelled.')) : toFailure(error);
      events.emit('stems.ready', { id, failure });
    } finally {
      this.#running.delete(id);
    }
  }

  async status(id: number): Promise<{ state: 'none' | 'running' | 'ready' }> {
    if (this.#running.has(id)) return { state: 'running' };
    return { state: (await this.#parts.cache.has(this.#parts.locate(id).key)) ? 'ready' : 'none' };
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  /** The prepared stem's file, or null. */
  file(id: number, stem: Stem): Promise<string | null> {
    return this.#parts.cache.find(this.#parts.locate(id).key, `${stem}.wav`);
  }

  close(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}
