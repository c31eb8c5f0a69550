// Tracks by value of each facet and by steps of each range, each among those that fit everything else.
import { FACETS, type FacetChoice, type FacetCounts, N_RANGE_BINS, RANGE_FIELDS, type RangeCounts } from '../domain/facet.ts';
import { type Columns, FITS_ALL } from './facet-matching.ts';

/** Values told of one facet. */
const MAX_VALUES = 200;

/** @param missed by row the only side it misses; sides are facets, then ranges */
export function countFacets({ codes, values }: Columns, missed: Int8Array, choice: FacetChoice): FacetCounts[] {
  return FACETS.map((facet, side) => {
    const counts = new Uint32Array(values[side]!.length);
    const column = codes[side]!;
    for (let row = 0; row < missed.length; row++) {
      if (missed[row] === FITS_ALL || missed[row] === side) counts[column[row]!]! += 1;
    }
    return { facet, ...mostFirst(values[side]!, counts, choice[facet] ?? []) };
  });
}

/** @param missed as above */
export function countRanges({ numbers }: Columns, missed: Int8Array): RangeCounts[] {
  return RANGE_FIELDS.map((field, i) => {
    const column = numbers[i]!;
    const [least, greatest] = endsOf(column);
    if (least > greatest) return { field, least: null, greatest: null, bins: [] };
    const side = FACETS.length + i;
    const bins = new Uint32Array(N_RANGE_BINS);
    const perStep = greatest > least ? N_RANGE_BINS / (greatest - least) : 0;
    for (let row = 0; row < missed.length; row++) {
      if ((missed[row] !== FITS_ALL && missed[row] !== side) || Number.isNaN(column[row]!)) continue;
      bins[Math.min(N_RANGE_BINS - 1, Math.floor(perStep * (column[row]! - least)))]! += 1;
    }
    return { field, least, greatest, bins: [...bins] };
  });
}

/** The least is above the greatest where no track has a number. */
function endsOf(numbers: Float64Array): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let row = 0; row < numbers.length; row++) {
    if (numbers[row]! < least) least = numbers[row]!;
    if (numbers[row]! > greatest) greatest = numbers[row]!;
  }
  return [least, greatest];
}

function mostFirst(values: readonly string[], counts: Uint32Array, chosen: readonly string[]): Omit<FacetCounts, 'facet'> {
  const counted = values.map((value, code) => ({ value, nTracks: counts[code]! })).filter(({ nTracks }) => nTracks > 0);
  const ranked = counted.sort((a, b) => b.nTracks - a.nTracks || compare(a.value, b.value));
  const shown = ranked.slice(0, MAX_VALUES);
  const isShown = new Set(shown.map(({ value }) => value));
  for (const value of chosen) {
    if (!isShown.has(value)) shown.push(ranked.find((each) => each.value === value) ?? { value, nTracks: 0 });
  }
  return { values: shown, nValues: ranked.length };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
