// Which rows of the facets' columns fit a question: what a search found, and what is chosen of every facet and range.
import { FACETS, type FacetChoice, isBounded, type NumberRange, RANGE_FIELDS, type RangeChoice } from '../domain/facet.ts';

/** Place of each facet among the columns. */
export const AT = Object.fromEntries(FACETS.map((facet, i) => [facet, i])) as Record<(typeof FACETS)[number], number>;

export interface Columns {
  version: string;
  ids: Uint32Array;
  /** By facet: the code of each track's value, and the values by code. */
  codes: Uint32Array[];
  values: string[][];
  /** By range: each track's number, NaN where it is not known. */
  numbers: Float64Array[];
  /** Rows in the orders asked for lately. */
  orders: Map<string, Uint32Array>;
}

export interface Asked {
  /** Each part narrows: ids, ascending, or tracks of genres. */
  found: readonly { ids: readonly number[]; orGenres: readonly string[] }[];
  facets: FacetChoice;
  ranges: RangeChoice;
}

/** What narrows, facets first, then ranges: 1 at the rows that fit; null where nothing is chosen. */
export type Sides = (Uint8Array | null)[];

export function sidesOf({ values, codes, numbers }: Columns, { facets, ranges }: Asked): Sides {
  const chosen = FACETS.map((facet, i) => {
    const wanted = facets[facet] ?? [];
    if (wanted.length === 0) return null;
    const isWanted = new Set(wanted);
    const byCode = Uint8Array.from(values[i]!, (value) => (isWanted.has(value) ? 1 : 0));
    return maskOf(codes[i]!, (code) => byCode[code] === 1);
  });
  return [...chosen, ...RANGE_FIELDS.map((field, i) => within(numbers[i]!, ranges[field]))];
}

/** NaN is in no range. */
function within(numbers: Float64Array, range: NumberRange | undefined): Uint8Array | null {
  if (!range || !isBounded(range)) return null;
  const [least, greatest] = [range.from ?? -Infinity, range.to ?? Infinity];
  return maskOf(numbers, (number) => number >= least && number <= greatest);
}

function maskOf(column: Uint32Array | Float64Array, fits: (value: number) => boolean): Uint8Array {
  const mask = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) if (fits(column[row]!)) mask[row] = 1;
  return mask;
}

/** Of a row that fits every side, and of one that was not found or misses two. */
export const [FITS_ALL, FITS_NOT] = [-1, 127];

/** By row the only side that it misses, or one of the two above. */
export function missedSides(n: number, found: Uint8Array | null, sides: Sides): Int8Array {
  const missed = new Int8Array(n).fill(FITS_ALL);
  if (found) for (let row = 0; row < n; row++) if (found[row] === 0) missed[row] = FITS_NOT;
  for (const [side, fits] of sides.entries()) {
    if (!fits) continue;
    for (let row = 0; row < n; row++) if (fits[row] === 0) missed[row] = missed[row] === FITS_ALL ? side : FITS_NOT;
  }
  return missed;
}

/** 1 at the rows that all parts of a search find; null = all rows. */
export function foundRows({ ids, codes, values }: Columns, { found }: Asked): Uint8Array | null {
  let all: Uint8Array | null = null;
  for (const part of found) {
    const rows = new Uint8Array(ids.length);
    let row = 0;
    for (const id of part.ids) {
      while (row < ids.length && ids[row]! < id) row += 1;
      if (ids[row] === id) rows[row] = 1;
    }
    const genres = new Set(part.orGenres.map((genre) => values[AT.genre]!.indexOf(genre)));
    if (genres.size > 0) for (let each = 0; each < rows.length; each++) if (genres.has(codes[AT.genre]![each]!)) rows[each] = 1;
    if (all) for (let each = 0; each < rows.length; each++) rows[each]! &= all[each]!;
    all = rows;
  }
  return all;
}

/** Of rows in an order those that a search found and that fit every side. */
export function fittingRows(rows: Uint32Array, masks: readonly (Uint8Array | null)[]): Uint32Array {
  return masks.reduce((left, mask) => (mask ? keep(left, mask) : left), rows);
}

/** A plain loop: this is the most of what a key press costs. */
function keep(rows: Uint32Array, isWanted: Uint8Array): Uint32Array {
  const kept = new Uint32Array(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (isWanted[row] === 1) kept[n++] = row;
  }
  return kept.subarray(0, n);
}
