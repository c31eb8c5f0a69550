// Sounds like this, for the application: neighbours at once, duplicates by a worker that goes through the whole library.
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import { type DuplicateFile, type DuplicateReport, isLosslessCodec } from '../domain/duplicate.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { Neighbour, SoundQuery } from '../domain/neighbour.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import { groupDuplicates } from '../neighbours/duplicates/group-pairs.ts';
import { createNeighbours, type Neighbours } from '../neighbours/neighbours.ts';

export interface NeighbourParts {
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
}

export class NeighbourService implements Neighbours {
  readonly #parts: NeighbourParts;
  readonly #neighbours: Neighbours;
  #search: { state: string; stop: AbortController; report: Promise<DuplicateReport> } | null = null;

  constructor(parts: NeighbourParts) {
    this.#parts = parts;
    this.#neighbours = createNeighbours(parts.db);
  }

  similar(query: SoundQuery): Neighbour[] {
    return this.#neighbours.similar(query);
  }

  vector(trackId: number): Float32Array | null {
    return this.#neighbours.vector(trackId);
  }

  /** Searches when the library has changed since; `duplicates.progress` follows. @throws StemscapeError cancelled | library.* | host.unavailable */
  duplicates(): Promise<DuplicateReport> {
    const state = this.#parts.db.fingerprints.state();
    if (this.#search?.state === state) return this.#search.report;
    this.#search?.stop.abort();
    const stop = new AbortController();
    const search = { state, stop, report: this.#find(stop.signal) };
    this.#search = search;
    search.report.catch(() => {
      if (this.#search === search) this.#search = null;
    });
    return search.report;
  }

  cancelDuplicates(): void {
    this.#search?.stop.abort();
  }

  async #find(signal: AbortSignal): Promise<DuplicateReport> {
    const { db, pool, events } = this.#parts;
    const { pairs, nTracks } = await pool.run(
      { kind: 'findDuplicates', libraryFile: db.file },
      { signal, priority: 'interactive', onPulse: (fraction) => events.emit('duplicates.progress', { fraction }) },
    );
    // Tracks may have been removed meanwhile.
    const present = pairs.filter(({ a, b }) => db.tracks.byId(a) && db.tracks.byId(b));
    const nAnalysed = db.listing.countByStatus().find(({ status }) => status === 'analysed')?.n ?? 0;
    return {
      groups: groupDuplicates(present, (id) => this.#file(id)),
      nTracks,
      nNotCompared: Math.max(0, nAnalysed - nTracks),
    };
  }

  #file(trackId: number): DuplicateFile {
    const { tracks } = this.#parts.db;
    const row = tracks.byId(trackId);
    if (!row) throw new StemscapeError('track.unknown', `There is no track ${trackId}.`);
    const { codec, bitRateBps, sampleRateHz } = tracks.tagsOf(trackId);
    return {
      trackId,
      path: row.path,
      title: row.title,
      artist: row.artist,
      codec,
      isLossless: isLosslessCodec(codec),
      bitRateBps,
      sampleRateHz,
      sizeBytes: row.size_bytes,
      durationSec: row.duration_sec,
    };
  }
}
