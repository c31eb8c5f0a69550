// Counts tracks by value of each facet and by steps of each range, while the columns are walked.
import { FACETS, type FacetChoice, type FacetCounts, N_RANGE_BINS, RANGE_FIELDS, type RangeCounts } from '../domain/facet.ts';
import type { Columns } from './facet-matching.ts';

/** Values told of one facet. */
const MAX_VALUES = 200;

export class SideTally {
  #columns: Columns;
  #byValue: Uint32Array[];
  #byStep: Uint32Array[];
  #ends: { least: number; greatest: number }[];

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#byValue = columns.values.map((values) => new Uint32Array(values.length));
    this.#byStep = columns.numbers.map(() => new Uint32Array(N_RANGE_BINS));
    this.#ends = columns.numbers.map(endsOf);
  }

  /** @param side a facet, or from their number on a range */
  count(side: number, row: number): void {
    const range = side - FACETS.length;
    if (range < 0) {
      const code = this.#columns.codes[side]![row]!;
      this.#byValue[side]![code] = this.#byValue[side]![code]! + 1;
      return;
    }
    const number = this.#columns.numbers[range]![row]!;
    if (Number.isNaN(number)) return;
    const { least, greatest } = this.#ends[range]!;
    const step = Math.min(N_RANGE_BINS - 1, Math.floor((N_RANGE_BINS * (number - least)) / Math.max(greatest - least, 1e-9)));
    this.#byStep[range]![step] = this.#byStep[range]![step]! + 1;
  }

  facets(choice: FacetChoice): FacetCounts[] {
    const { values } = this.#columns;
    return FACETS.map((facet, i) => ({ facet, ...mostFirst(values[i]!, this.#byValue[i]!, choice[facet] ?? []) }));
  }

  ranges(): RangeCounts[] {
    return RANGE_FIELDS.map((field, i) => {
      const { least, greatest } = this.#ends[i]!;
      const isKnown = least <= greatest;
      return {
        field,
        least: isKnown ? least : null,
        greatest: isKnown ? greatest : null,
        bins: isKnown ? [...this.#byStep[i]!] : [],
      };
    });
  }
}

/** The least is above the greatest where no track has a number. */
function endsOf(numbers: Float64Array): { least: number; greatest: number } {
  let [least, greatest] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  return { least, greatest };
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
