// Which rows of the facets' columns fit a question: what a search found, and what is chosen of every facet.
import { FACETS, type FacetChoice } from '../domain/facet.ts';

/** Place of each facet among the columns. */
export const AT = Object.fromEntries(FACETS.map((facet, i) => [facet, i])) as Record<(typeof FACETS)[number], number>;

export interface Columns {
  version: string;
  ids: Uint32Array;
  /** By facet: the code of each track's value, and the values by code. */
  codes: Uint32Array[];
  values: string[][];
  /** Rows in the orders asked for lately. */
  orders: Map<string, Uint32Array>;
}

export interface Asked {
  /** Each part narrows: ids, ascending, or tracks of genres. */
  found: readonly { ids: readonly number[]; orGenres: readonly string[] }[];
  facets: FacetChoice;
}

/** By facet: 1 at the codes chosen; null where the facet narrows nothing. */
export function chosenCodes({ values }: Columns, choice: FacetChoice): (Uint8Array | null)[] {
  return FACETS.map((facet, i) => {
    const wanted = choice[facet] ?? [];
    if (wanted.length === 0) return null;
    const isWanted = new Set(wanted);
    return Uint8Array.from(values[i]!, (value) => (isWanted.has(value) ? 1 : 0));
  });
}

/** How many facets a row does not fit, and the last of them. */
export function missesOf({ codes }: Columns, chosen: readonly (Uint8Array | null)[], row: number): { n: number; last: number } {
  let [n, last] = [0, -1];
  for (let facet = 0; facet < chosen.length; facet++) {
    const wanted = chosen[facet];
    if (!wanted || wanted[codes[facet]![row]!] === 1) continue;
    n += 1;
    last = facet;
  }
  return { n, last };
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

/** Of rows in an order those that a search found and that fit every facet. */
export function fittingRows(columns: Columns, rows: Uint32Array, found: Uint8Array | null, choice: FacetChoice): Uint32Array {
  let left = rows;
  if (found) left = keep(left, found, null);
  for (const [i, wanted] of chosenCodes(columns, choice).entries()) if (wanted) left = keep(left, wanted, columns.codes[i]!);
  return left;
}

/** A plain loop: this is the most of what a key press costs. */
function keep(rows: Uint32Array, isWanted: Uint8Array, codes: Uint32Array | null): Uint32Array {
  const kept = new Uint32Array(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (isWanted[codes === null ? row : codes[row]!] === 1) kept[n++] = row;
  }
  return kept.subarray(0, n);
}

export function eachFound({ ids }: Columns, found: Uint8Array | null, visit: (row: number) => void): void {
  for (let row = 0; row < ids.length; row++) if (!found || found[row] === 1) visit(row);
}
