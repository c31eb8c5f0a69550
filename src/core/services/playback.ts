// What the player is given: the file itself where a browser's decoder reads it, else a WAV copy made once and cached.
import { join } from 'node:path';
import { extensionOf, MEDIA_TYPES } from '../config/media-types.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { FolderCache } from './folder-cache.ts';

/** Containers that Chromium plays; a codec inside may still be one that it does not (ALAC in m4a). */
const PLAYABLE = new Set(['.mp3', '.flac', '.ogg', '.oga', '.opus', '.m4a', '.m4b', '.mp4', '.aac', '.wav', '.weba']);
const UNPLAYABLE_CODEC = /alac/i;
const COPY_NAME = 'audio.wav';

export interface PlaybackParts {
  pool: WorkerPool;
  cache: FolderCache;
  maxCacheBytes: () => number;
  /** Path, codec by the file's tags, and a key that names this version of the file. @throws StemscapeError track.unknown */
  locate: (id: number) => { path: string; codec: string | null; key: string };
}

export class Playback {
  readonly #parts: PlaybackParts;
  /** Copies being made: many range requests of one player share one. */
  readonly #making = new Map<string, Promise<void>>();

  constructor(parts: PlaybackParts) {
    this.#parts = parts;
  }

  /** @throws StemscapeError track.unknown | file.* | decode.* | disk.full */
  async file(id: number): Promise<{ path: string; mediaType: string }> {
    const { path, codec, key } = this.#parts.locate(id);
    const extension = extensionOf(path);
    if (PLAYABLE.has(extension) && !UNPLAYABLE_CODEC.test(codec ?? '')) {
      return { path, mediaType: MEDIA_TYPES[extension] ?? 'application/octet-stream' };
    }
    const { cache } = this.#parts;
    let copy = await cache.find(key, COPY_NAME);
    if (copy === null) {
      await this.#make(key, path);
      copy = await cache.find(key, COPY_NAME);
    }
    return { path: copy ?? path, mediaType: 'audio/wav' };
  }

  #make(key: string, path: string): Promise<void> {
    const { pool, cache, maxCacheBytes } = this.#parts;
    let making = this.#making.get(key);
    if (!making) {
      making = cache
        .ensure(key, maxCacheBytes(), async (dir) => {
          await pool.run({ kind: 'transcode', path, outFile: join(dir, COPY_NAME) }, { priority: 'interactive' });
        })
        .finally(() => this.#making.delete(key));
      this.#making.set(key, making);
    }
    return making;
  }
}
