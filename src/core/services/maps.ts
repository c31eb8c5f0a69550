// Maps of the library: one is drawn at a time, in a worker, and followed through events; later tracks are placed beside the old ones.
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import { type Failure, StemscapeError, toFailure } from '../domain/errors.ts';
import {
  MAP_SOURCES,
  type MapColour,
  type MapFrame,
  type MapPoints,
  type MapProgress,
  type MapRequest,
  type MapSource,
  type MapSummary,
  type MapValues,
} from '../domain/map.ts';
import type { DrawnMap } from '../domain/map-tasks.ts';
import type { EncoderRef } from '../domain/model.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Logger } from '../logger.ts';
import { clustersOf } from './map-clusters.ts';
import { mapColours } from './map-colours.ts';
import { joinPoints } from './map-points.ts';
import { MapTeller } from './map-teller.ts';

export interface MapNetwork {
  encoder: EncoderRef;
  embeddingSize: number;
}

export interface MapParts {
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  logger: Logger;
  nowMs: () => number;
  /** The network in use and the size of its embeddings. */
  encoder: () => MapNetwork;
  bundled: MapNetwork;
}

export interface MapStatus {
  /** The newest map of each source. */
  maps: MapSummary[];
  /** The one being drawn. */
  progress: MapProgress | null;
  /** The last frame of it, with its tracks. */
  frame: MapFrame | null;
  last: { mapId: number | null; failure: Failure | null } | null;
}

interface Running {
  stop: AbortController;
  teller: MapTeller;
  settled: Promise<void>;
}

/** Maps that are kept of a source, for looking back. */
const KEPT = 12;

export class MapService {
  readonly #parts: MapParts;
  #running: Running | null = null;
  #last: MapStatus['last'] = null;
  #placing = new Map<number, Promise<void>>();
  /** The library's state when a map's newcomers were last placed: some tracks cannot be. */
  #placedAt = new Map<number, string>();

  constructor(parts: MapParts) {
    this.#parts = parts;
  }

  status(): MapStatus {
    const maps = MAP_SOURCES.map((source) => this.#parts.db.maps.latest(source)).filter((map) => map !== null);
    const { teller } = this.#running ?? {};
    return { maps, progress: teller?.progress ?? null, frame: teller?.frame ?? null, last: this.#last };
  }

  /** Maps of a source, newest first. */
  list(source: MapSource): MapSummary[] {
    return this.#parts.db.maps.list(source);
  }

  /** @throws StemscapeError map.unknown */
  get(id: number): MapSummary {
    const map = this.#parts.db.maps.get(id);
    if (!map) throw new StemscapeError('map.unknown', `There is no map ${id} in this library.`);
    return map;
  }

  /** Starts in the background. @throws StemscapeError map.running */
  start(request: MapRequest): void {
    this.#launch(request).catch(() => {});
  }

  /** Draws to the end. @returns the new map's id @throws StemscapeError map.* | cancelled | model.failed | library.* */
  draw(request: MapRequest): Promise<number> {
    return this.#launch(request);
  }

  cancel(): void {
    this.#running?.stop.abort();
  }

  /** A map's points with all that were placed later; the newest map gets those that it lacks first. @throws StemscapeError map.unknown */
  async points(id: number): Promise<MapPoints> {
    const map = this.get(id);
    const { maps } = this.#parts.db;
    if (maps.latest(map.source)?.id === id) await this.#placeMissing(map);
    return joinPoints(maps.points(id), maps.newcomers(id));
  }

  /** In the order of `points`. */
  async values(id: number, by: MapColour): Promise<MapValues> {
    const points = await this.points(id);
    return mapColours(by, points, this.#parts.db.mapRows.colours(), this.get(id).clusters);
  }

  async close(): Promise<void> {
    this.cancel();
    await this.#running?.settled;
  }

  #launch(request: MapRequest): Promise<number> {
    if (this.#running)
      return Promise.reject(new StemscapeError('map.running', 'A map is being drawn; wait for it or cancel it.'));
    const stop = new AbortController();
    const teller = new MapTeller(request.source, this.#parts.events);
    const drawn = this.#draw(request, teller, stop.signal);
    const settled = drawn.then(
      (mapId) => this.#end({ mapId, failure: null }),
      (error: unknown) => {
        if (!(error instanceof StemscapeError)) this.#parts.logger.error({ error }, 'a map could not be drawn');
        this.#end({ mapId: null, failure: toFailure(error) });
      },
    );
    this.#running = { stop, teller, settled };
    return settled.then(() => drawn);
  }

  async #draw({ source, seed, perplexity }: MapRequest, teller: MapTeller, signal: AbortSignal): Promise<number> {
    const startMs = performance.now();
    const { db, pool, nowMs } = this.#parts;
    const network = this.#networkOf(source);
    const previous = db.maps.latest(source);
    const task = { kind: 'drawMap' as const, libraryFile: db.file, source, seed, perplexity, ...network };
    const drawn = await pool.run(
      { ...task, previousId: previous?.id ?? null },
      { signal, priority: 'interactive', onPulse: (fraction, news) => teller.hear(fraction, news) },
    );
    return this.#store(source, network.encoder, drawn, { atMs: nowMs(), seconds: (performance.now() - startMs) / 1000 });
  }

  #store(source: MapSource, encoder: EncoderRef, drawn: DrawnMap, { atMs, seconds }: { atMs: number; seconds: number }): number {
    const { points, settings, quality, regions, coder } = drawn;
    const { db } = this.#parts;
    const clusters = clustersOf(points, regions);
    const map = { source, encoder: encoder.version, madeAtMs: atMs, settings, quality, clusters, seconds, points, coder };
    return db.transaction(() => db.maps.add(map, KEPT));
  }

  #end(outcome: NonNullable<MapStatus['last']>): void {
    const { events } = this.#parts;
    this.#running?.teller.end();
    this.#running = null;
    this.#last = outcome;
    if (outcome.mapId !== null) events.emit('map.changed', { mapId: outcome.mapId });
    events.emit('map.ended', outcome);
  }

  /** Stems and descriptors are the bundled network's whatever is in use. */
  #networkOf(source: MapSource): MapNetwork {
    return source === 'embedding' || source === 'sound' ? this.#parts.encoder() : this.#parts.bundled;
  }

  async #placeMissing(map: MapSummary): Promise<void> {
    const known = this.#placing.get(map.id);
    if (known) return known;
    const placing = this.#place(map).finally(() => this.#placing.delete(map.id));
    this.#placing.set(map.id, placing);
    return placing;
  }

  async #place(map: MapSummary): Promise<void> {
    const { db, pool, events } = this.#parts;
    const network = this.#networkOf(map.source);
    const state = db.suggestionRows.state();
    // Another network is another space: its tracks wait for a new map.
    if (network.encoder.version !== map.encoder || this.#placedAt.get(map.id) === state) return;
    this.#placedAt.set(map.id, state);
    if (!this.#lacksTracks(map.id)) return;
    const placed = await pool.run(
      { kind: 'placeOnMap', libraryFile: db.file, mapId: map.id, ...network },
      { priority: 'interactive' },
    );
    if (placed.trackIds.length === 0) return;
    db.transaction(() => db.maps.place(map.id, placed));
    events.emit('map.changed', { mapId: map.id });
  }

  #lacksTracks(mapId: number): boolean {
    const { maps, mapRows } = this.#parts.db;
    return maps.points(mapId).trackIds.length + maps.newcomers(mapId).trackIds.length < mapRows.analysedIds().length;
  }
}
