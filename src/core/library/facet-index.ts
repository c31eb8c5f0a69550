// Every track's facets as columns of small numbers, so that counting a library of 100,000 by all facets at once is one pass of
// milliseconds. Built when first asked for and again after changes, in steps that let other questions through.
import { setImmediate as breathe } from 'node:timers/promises';
import type { FacetRows } from '../db/facet-rows.ts';
import { foldForSort } from '../db/sort-key.ts';
import { ALBUM_SEPARATOR, type Album, FACETS, type FacetCounts, RANGE_FIELDS, type RangeCounts } from '../domain/facet.ts';
import { type Asked, AT, type Columns, FITS_ALL, fittingRows, foundRows, missedSides, sidesOf } from './facet-matching.ts';
import { countFacets, countRanges } from './facet-tally.ts';

/** Rows between two breaths: a few milliseconds of reading. */
const STEP = 2000;
/** Orders kept at once: 400 kB each for 100,000 tracks. */
const MAX_ORDERS = 6;

export interface FoundPage {
  total: number;
  ids: number[];
}

/** Every track's id in the order of a list; kept under `name` until the library changes. */
export interface ListOrder {
  name: string;
  ids: () => number[];
}

export class FacetIndex {
  #rows: FacetRows;
  #columns: Columns | null = null;
  #building: Promise<Columns> | null = null;

  constructor(rows: FacetRows) {
    this.#rows = rows;
  }

  /** Tracks by value of each facet and along each range, among those that fit all the others. */
  async counts(asked: Asked): Promise<{ facets: FacetCounts[]; ranges: RangeCounts[] }> {
    const columns = await this.ready();
    const missed = missedSides(columns.ids.length, foundRows(columns, asked), sidesOf(columns, asked));
    return { facets: countFacets(columns, missed, asked.facets), ranges: countRanges(columns, missed) };
  }

  /** Albums with tracks that fit, by artist and name. */
  async albums(asked: Asked): Promise<Album[]> {
    const columns = await this.ready();
    const missed = missedSides(columns.ids.length, foundRows(columns, asked), sidesOf(columns, asked));
    const albums = new Map<number, { row: number; n: number; sharesArtist: boolean }>();
    const artists = columns.codes[AT.artist]!;
    for (let row = 0; row < missed.length; row++) {
      if (missed[row] !== FITS_ALL) continue;
      const code = columns.codes[AT.album]![row]!;
      const album = albums.get(code);
      if (!album) albums.set(code, { row, n: 1, sharesArtist: true });
      else {
        album.n += 1;
        album.sharesArtist &&= artists[album.row] === artists[row];
      }
    }
    const named = [...albums].map(([code, { row, n, sharesArtist }]) => albumOf(columns, code, row, n, sharesArtist));
    return named.sort((a, b) => compare(a.key, b.key)).map(({ album }) => album);
  }

  /** A page of what fits, in the order of a list; null while the library has changed since the columns were read. */
  page(asked: Asked, order: ListOrder, offset: number, limit: number): FoundPage | null {
    const columns = this.#current();
    if (columns === null) {
      void this.ready().catch(() => {});
      return null;
    }
    const fitting = fittingRows(orderOf(columns, order), [foundRows(columns, asked), ...sidesOf(columns, asked)]);
    return { total: fitting.length, ids: Array.from(fitting.subarray(offset, offset + limit), (row) => columns.ids[row]!) };
  }

  /** Whether a page in this order needs no more reading. */
  isReadyFor({ name }: ListOrder): boolean {
    return this.#current()?.orders.has(name) === true;
  }

  /** Puts an order beside the columns, if they are there. */
  prepare(order: ListOrder): void {
    const columns = this.#current();
    if (columns) orderOf(columns, order);
  }

  #current(): Columns | null {
    return this.#columns?.version === this.#rows.version() ? this.#columns : null;
  }

  async ready(): Promise<Columns> {
    const version = this.#rows.version();
    if (this.#columns?.version === version) return this.#columns;
    this.#building ??= this.#build(version).finally(() => {
      this.#building = null;
    });
    return this.#building;
  }

  async #build(version: string): Promise<Columns> {
    const n = this.#rows.count();
    const ids = new Uint32Array(n);
    const codes = FACETS.map(() => new Uint32Array(n));
    const numbers = RANGE_FIELDS.map(() => new Float64Array(n));
    const known = FACETS.map(() => new Map<string, number>());
    let [filled, last] = [0, 0];
    while (filled < n) {
      const rows = this.#rows.after(last, Math.min(STEP, n - filled));
      if (rows.length === 0) break;
      for (const [id, ...values] of rows) {
        ids[filled] = id;
        for (let facet = 0; facet < FACETS.length; facet++)
          codes[facet]![filled] = codeOf(known[facet]!, String(values[facet] ?? ''));
        for (let i = 0; i < RANGE_FIELDS.length; i++) numbers[i]![filled] = Number(values[FACETS.length + i] ?? Number.NaN);
        filled += 1;
        last = id;
      }
      await breathe();
    }
    const values = known.map((codeByValue) => [...codeByValue.keys()]);
    this.#columns = { version, ids: ids.subarray(0, filled), codes, values, numbers, orders: new Map() };
    return this.#columns;
  }
}

function codeOf(known: Map<string, number>, value: string): number {
  const code = known.get(value) ?? known.size;
  if (code === known.size) known.set(value, code);
  return code;
}

function orderOf({ ids, orders }: Columns, order: ListOrder): Uint32Array {
  const known = orders.get(order.name);
  if (known) return known;
  const rowById = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) rowById.set(ids[row]!, row);
  const rows = Uint32Array.from(order.ids(), (id) => rowById.get(id)!);
  if (orders.size >= MAX_ORDERS) orders.delete(orders.keys().next().value!);
  orders.set(order.name, rows);
  return rows;
}

function albumOf({ codes, values, ids }: Columns, code: number, row: number, nTracks: number, sharesArtist: boolean) {
  const value = values[AT.album]![code]!;
  const [name = '', albumArtist] = value.split(ALBUM_SEPARATOR);
  const trackArtist = sharesArtist ? values[AT.artist]![codes[AT.artist]![row]!] : '';
  const artist = (albumArtist ?? trackArtist) || null;
  const year = values[AT.year]![codes[AT.year]![row]!]!;
  const album: Album = { value, name, artist, year: year === '' ? null : Number(year), nTracks, trackId: ids[row]! };
  // What has no name comes last, what has no artist after what has one.
  const key = name === '' ? '\uffff' : `${artist === null ? '\ufffe' : foldForSort(artist)}\u0000${foldForSort(name)}`;
  return { key, album };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
