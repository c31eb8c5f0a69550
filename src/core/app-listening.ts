// What a listener waits for: stems, copies a browser can play, pictures of sound; for app.ts.
import { join } from 'node:path';
import type { AppEvents } from './app-events.ts';
import type { LibraryDb } from './db/open.ts';
import type { MelPicture } from './domain/analysis.ts';
import { StemscapeError } from './domain/errors.ts';
import type { Source } from './domain/stem.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import type { TrackQueries } from './library/track-query.ts';
import { FolderCache } from './services/folder-cache.ts';
import type { Inference } from './services/inference.ts';
import { Playback } from './services/playback.ts';
import { StemService } from './services/stems.ts';

/** Below the library's folder: separated stems and decoded copies. */
export const LISTENING_DIR = 'cache';

export interface ListeningParts {
  libraryDir: string;
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  versions: { separator: string };
  inference: Inference;
  tracks: Pick<TrackQueries, 'get'>;
}

export interface ListeningServices {
  stems: StemService;
  playback: Playback;
  /** Null when the track has no such window. @throws StemscapeError track.unknown | file.* | decode.* */
  melPicture(id: number, source: Source, window: number): Promise<MelPicture | null>;
}

export function createListeningServices(parts: ListeningParts): ListeningServices {
  const cache = new FolderCache(join(parts.libraryDir, LISTENING_DIR));
  void cache.removePartials();
  return {
    stems: createStems(parts, cache),
    playback: createPlayback(parts, cache),
    melPicture: (id, source, window) => drawMel(parts, { id, source, window }),
  };
}

function createStems({ db, pool, events, versions, inference }: ListeningParts, cache: FolderCache): StemService {
  return new StemService({
    pool,
    cache,
    events,
    models: () => inference.models(),
    maxCacheBytes: () => db.settings.get().stemCacheMaxBytes,
    locate(id) {
      const { path, audioKey } = audioOf(db, id);
      return { path, key: `stems-${audioKey}-${versions.separator.replace(/[^\w.]+/g, '-')}` };
    },
  });
}

function createPlayback({ db, pool }: ListeningParts, cache: FolderCache): Playback {
  return new Playback({
    pool,
    cache,
    maxCacheBytes: () => db.settings.get().stemCacheMaxBytes,
    locate(id) {
      const { path, audioKey } = audioOf(db, id);
      return { path, codec: db.tracks.tagsOf(id).codec, key: `copy-${audioKey}` };
    },
  });
}

/** A track's file, and a name for what sounds in it: another content is another name. */
function audioOf(db: LibraryDb, id: number): { path: string; audioKey: string } {
  const row = db.tracks.byId(id);
  if (!row) throw new StemscapeError('track.unknown', `There is no track ${id} in this library.`);
  return { path: row.path, audioKey: `${id}-${row.content_hash?.slice(0, 16) ?? `${row.size_bytes}-${row.modified_at_ms}`}` };
}

async function drawMel(
  { pool, inference, tracks }: ListeningParts,
  { id, source, window }: { id: number; source: Source; window: number },
): Promise<MelPicture | null> {
  const detail = tracks.get(id);
  const place = detail.windows[window];
  if (!place) return null;
  const { startSec, lengthSec } = place;
  const models = await inference.models();
  return pool.run({ kind: 'melPicture', path: detail.path, models, startSec, lengthSec, source }, { priority: 'interactive' });
}
