// Maps that were drawn, and the tracks placed beside them since.
import type Database from 'better-sqlite3';
import type { MapCluster, MapPoints, MapQuality, MapSettings, MapSource, MapSummary } from '../domain/map.ts';
import { fromBlob } from './vector-blob.ts';

export interface NewMap extends Omit<MapSummary, 'id' | 'nPoints'> {
  points: MapPoints;
  /** What encodes tracks that come later into the map's space; null where the embedding is the space. */
  coder: Uint8Array | null;
}

export interface MapStore {
  /** Keeps the `keep` newest maps of its source. @returns its id */
  add(map: NewMap, keep: number): number;
  get(id: number): MapSummary | null;
  /** The newest of a source. */
  latest(source: MapSource): MapSummary | null;
  /** Newest first. */
  list(source: MapSource): MapSummary[];
  /** The map's own points; tracks that have left the library are left out. */
  points(id: number): MapPoints;
  coder(id: number): Uint8Array | null;
  /** Points placed later. */
  newcomers(id: number): MapPoints;
  place(id: number, newcomers: MapPoints): void;
}

interface MapRow {
  id: number;
  source: MapSource;
  encoder: string;
  made_at_ms: number;
  settings_json: string;
  quality_json: string;
  clusters_json: string;
  n_points: number;
  seconds: number;
}

interface PointRow {
  track_ids: Uint8Array;
  positions: Uint8Array;
  clusters: Uint8Array;
}

/** Maps of an older version name their clusters, and no more. */
type OlderCluster = Omit<MapCluster, 'traits'> & Partial<Pick<MapCluster, 'traits'>>;

const COLUMNS = 'id, source, encoder, made_at_ms, settings_json, quality_json, clusters_json, n_points, seconds';

export function createMapStore(sqlite: Database.Database): MapStore {
  const get = sqlite.prepare<[number], MapRow>(`SELECT ${COLUMNS} FROM map WHERE id = ?`);
  const list = sqlite.prepare<[string], MapRow>(`SELECT ${COLUMNS} FROM map WHERE source = ? ORDER BY id DESC`);
  const coder = sqlite.prepare<[number], Uint8Array | null>('SELECT coder FROM map WHERE id = ?').pluck();
  return {
    add: createAdd(sqlite),
    get: (id) => summaryOf(get.get(id)),
    latest: (source) => summaryOf(list.get(source)),
    list: (source) => list.all(source).map((row) => summaryOf(row)!),
    coder: (id) => coder.get(id) ?? null,
    points: createPoints(sqlite),
    ...createNewcomers(sqlite),
  };
}

function summaryOf(row: MapRow | undefined): MapSummary | null {
  if (!row) return null;
  return {
    id: row.id,
    source: row.source,
    encoder: row.encoder,
    madeAtMs: row.made_at_ms,
    settings: JSON.parse(row.settings_json) as MapSettings,
    quality: JSON.parse(row.quality_json) as MapQuality,
    clusters: (JSON.parse(row.clusters_json) as OlderCluster[]).map((cluster) => ({
      ...cluster,
      traits: cluster.traits ?? null,
    })),
    nPoints: row.n_points,
    seconds: row.seconds,
  };
}

function createAdd(sqlite: Database.Database): MapStore['add'] {
  const insert = sqlite.prepare(
    `INSERT INTO map (source, encoder, made_at_ms, settings_json, quality_json, clusters_json, n_points, seconds,
       track_ids, positions, clusters, coder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const prune = sqlite.prepare<[string, string, number]>(
    'DELETE FROM map WHERE source = ? AND id NOT IN (SELECT id FROM map WHERE source = ? ORDER BY id DESC LIMIT ?)',
  );
  return ({ points, coder, ...map }, keep) => {
    const { lastInsertRowid } = insert.run(
      map.source,
      map.encoder,
      map.madeAtMs,
      JSON.stringify(map.settings),
      JSON.stringify(map.quality),
      JSON.stringify(map.clusters),
      points.trackIds.length,
      map.seconds,
      bytesOf(points.trackIds),
      bytesOf(points.positions),
      bytesOf(points.clusters),
      coder,
    );
    prune.run(map.source, map.source, keep);
    return Number(lastInsertRowid);
  };
}

function createPoints(sqlite: Database.Database): MapStore['points'] {
  const read = sqlite.prepare<[number], PointRow>('SELECT track_ids, positions, clusters FROM map WHERE id = ?');
  const present = sqlite.prepare<[], number>('SELECT track_id FROM analysis ORDER BY track_id').pluck();
  return (id) => {
    const row = read.get(id);
    if (!row) return noPoints(0);
    const isPresent = new Set(present.all());
    const trackIds = new Int32Array(fromBlob(row.track_ids).buffer);
    const all = { trackIds, positions: fromBlob(row.positions), clusters: int16From(row.clusters) };
    return pick(
      all,
      [...trackIds.keys()].filter((i) => isPresent.has(trackIds[i]!)),
    );
  };
}

function createNewcomers(sqlite: Database.Database): Pick<MapStore, 'newcomers' | 'place'> {
  const read = sqlite.prepare<[number], { track_id: number; x: number; y: number; cluster: number }>(
    'SELECT track_id, x, y, cluster FROM map_newcomer WHERE map_id = ? ORDER BY track_id',
  );
  const insert = sqlite.prepare('INSERT OR REPLACE INTO map_newcomer VALUES (?, ?, ?, ?, ?)');
  return {
    newcomers(id) {
      const rows = read.all(id);
      return {
        trackIds: Int32Array.from(rows, (row) => row.track_id),
        positions: Float32Array.from(rows.flatMap(({ x, y }) => [x, y])),
        clusters: Int16Array.from(rows, (row) => row.cluster),
      };
    },
    place(id, { trackIds, positions, clusters }) {
      for (const [i, trackId] of trackIds.entries())
        insert.run(id, trackId, positions[2 * i]!, positions[2 * i + 1]!, clusters[i]!);
    },
  };
}

export function noPoints(n: number): MapPoints {
  return { trackIds: new Int32Array(n), positions: new Float32Array(2 * n), clusters: new Int16Array(n) };
}

/** Some rows of a map's points, in the order given. */
export function pick(points: MapPoints, rows: readonly number[]): MapPoints {
  const picked = noPoints(rows.length);
  for (const [at, i] of rows.entries()) {
    picked.trackIds[at] = points.trackIds[i]!;
    picked.positions[2 * at] = points.positions[2 * i]!;
    picked.positions[2 * at + 1] = points.positions[2 * i + 1]!;
    picked.clusters[at] = points.clusters[i]!;
  }
  return picked;
}

function bytesOf(array: Int32Array | Float32Array | Int16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function int16From(blob: Uint8Array): Int16Array {
  const copy = new Uint8Array(blob.byteLength);
  copy.set(blob);
  return new Int16Array(copy.buffer);
}
