// The facets of every track, read in steps: what counting by facet keeps in memory.
import type Database from 'better-sqlite3';
import { FACETS, RANGE_FIELDS } from '../domain/facet.ts';
import { FACET_COLUMNS, RANGE_COLUMNS } from './facet-columns.ts';
import { watchListingChanges } from './listing-changes.ts';

/** Id, then one text or null for each facet in the order of FACETS, and one number or null for each of RANGE_FIELDS. */
export type FacetRow = readonly [id: number, ...values: (string | number | null)[]];

export interface FacetRows {
  /** Changes with every change of what lists and facets are made of, and with every write by another process. */
  version(): string;
  /** Changes when a track was played. */
  playsVersion(): number;
  count(): number;
  /** By id. */
  after(id: number, limit: number): FacetRow[];
}

export function createFacetRows(sqlite: Database.Database): FacetRows {
  const texts = FACETS.map((facet) => FACET_COLUMNS[facet].sql);
  const columns = [...texts, ...RANGE_FIELDS.map((field) => RANGE_COLUMNS[field])].join(', ');
  const after = sqlite
    .prepare<[number, number]>(
      `SELECT track.id, ${columns} FROM track LEFT JOIN file_tags ON file_tags.track_id = track.id
       WHERE track.id > ? ORDER BY track.id LIMIT ?`,
    )
    .raw();
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM track').pluck();
  const changes = watchListingChanges(sqlite);
  return {
    version: () => `${sqlite.pragma('data_version', { simple: true })}:${changes.nListed()}`,
    playsVersion: () => changes.nPlayed(),
    count: () => Number(count.get()),
    after: (id, limit) => after.all(id, limit) as FacetRow[],
  };
}
