// What a map's points are coloured by, as places in a palette and entries of a legend.
import type { CommandOutput, MapColour } from '../../contract/index.ts';
import { keyName } from './key-words.ts';
import { numberLocale, t } from './language.ts';
import { columnOf } from './map-columns.ts';

export type MapValues =
  | { kind: 'named'; names: readonly string[]; index: Int16Array }
  | { kind: 'number'; values: Float32Array; unit: string };

export interface LegendEntry {
  /** The category of its points. */
  category: number;
  name: string;
  nTracks: number;
  /** Place in the palette. */
  paint: number;
}

export interface Colouring {
  by: MapColour;
  /** Uint8Array [n]: places in the palette. */
  paints: Uint8Array;
  /** Uint8Array [n]: entries of the legend. */
  categories: Uint8Array;
  entries: readonly LegendEntry[];
  /** What each place of the palette stands for; empty for numbers, whose places are a scale. */
  names: readonly string[];
}

/** Points without a value. */
export const NO_PAINT = 255;
/** Names beyond what a palette holds share its last place but one. */
const OTHERS = 254;
export const SCALE_STEPS = 254;
const N_BINS = 8;
/** Single odd values do not stretch the scale: it ends at these shares of the tracks. */
const [LOW_SHARE, HIGH_SHARE] = [0.02, 0.98];

export function valuesOf(answer: CommandOutput<'map.values'>): MapValues {
  if (answer.kind === 'named') return { kind: 'named', names: answer.names, index: columnOf(Int16Array, answer.index) };
  return { kind: 'number', values: columnOf(Float32Array, answer.values), unit: answer.unit };
}

/** Everything in one colour, as long as nothing is known. */
export function plainColouring(by: MapColour, n: number): Colouring {
  return { by, paints: new Uint8Array(n), categories: new Uint8Array(n), entries: [], names: [] };
}

/**
 * @param places Int32Array [n]: each point's row in `values`, -1 = none
 * @param said what one of the names is in the window's language
 */
export function colouringOf(
  by: MapColour,
  values: MapValues,
  places: Int32Array,
  said: (index: number, name: string) => string = (_, name) => valueName(by, name),
): Colouring {
  return values.kind === 'named' ? namedColouring(by, values, places, said) : scaleColouring(by, values, places);
}

function namedColouring(
  by: MapColour,
  { names, index }: MapValues & { kind: 'named' },
  places: Int32Array,
  said: (index: number, name: string) => string,
): Colouring {
  const categories = Uint8Array.from(places, (place) => {
    const name = place < 0 ? -1 : index[place]!;
    return name < 0 ? NO_PAINT : Math.min(name, OTHERS);
  });
  const nameOf = (category: number): string =>
    category === NO_PAINT ? noneName(by) : category === OTHERS ? t('map.others') : said(category, names[category]!);
  const entries = entriesOf(categories, nameOf, (category) => category);
  return { by, paints: categories, categories, entries, names: names.slice(0, OTHERS) };
}

function scaleColouring(by: MapColour, { values, unit }: MapValues & { kind: 'number' }, places: Int32Array): Colouring {
  const own = Float32Array.from(places, (place) => (place < 0 ? Number.NaN : values[place]!));
  const known = own.filter((value) => !Number.isNaN(value)).sort();
  const low = known[Math.floor(LOW_SHARE * (known.length - 1))] ?? 0;
  const high = known[Math.ceil(HIGH_SHARE * (known.length - 1))] ?? 0;
  const nBins = high > low ? N_BINS : 1;
  const level = (value: number): number => (high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5);
  const paintOf = (value: number): number => (Number.isNaN(value) ? NO_PAINT : Math.round(level(value) * (SCALE_STEPS - 1)));
  const categories = Uint8Array.from(own, (value) =>
    Number.isNaN(value) ? NO_PAINT : Math.min(nBins - 1, Math.floor(level(value) * nBins)),
  );
  const edge = (bin: number): string => numberName(low + ((high - low) * bin) / nBins, (high - low) / nBins);
  const nameOf = (bin: number): string => {
    if (bin === NO_PAINT) return noneName(by);
    const span = edge(bin) === edge(bin + 1) ? edge(bin) : t('map.range', { from: edge(bin), to: edge(bin + 1) });
    return unit ? t('map.rangeWithUnit', { range: span, unit }) : span;
  };
  const middle = (bin: number): number => (bin === NO_PAINT ? bin : Math.round(((bin + 0.5) / nBins) * (SCALE_STEPS - 1)));
  return { by, paints: Uint8Array.from(own, paintOf), categories, entries: entriesOf(categories, nameOf, middle), names: [] };
}

/** Entries that have points, in order; what has no value comes last. */
function entriesOf(categories: Uint8Array, nameOf: (id: number) => string, paintOf: (id: number) => number): LegendEntry[] {
  const counts = new Int32Array(256);
  for (const category of categories) counts[category]! += 1;
  return Array.from(counts.keys())
    .filter((category) => counts[category]! > 0)
    .map((category) => ({
      category,
      // In the language of the moment that it is read.
      get name() {
        return nameOf(category);
      },
      nTracks: counts[category]!,
      paint: paintOf(category),
    }));
}

function numberName(value: number, step: number): string {
  const digits = step === 0 || step >= 1 ? 0 : step < 0.1 ? 2 : 1;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return value.toLocaleString(numberLocale(), options).replace('-', '−');
}

/** The model's agreement comes as an English phrase, keys as the engine writes them; everything else is a name. */
function valueName(by: MapColour, name: string): string {
  if (by === 'key') return keyName(name);
  if (by !== 'disagreement') return name;
  return /agrees/.test(name) ? t('map.modelAgrees') : t('map.modelDiffers');
}

function noneName(by: MapColour): string {
  if (by === 'cluster') return t('map.inNoRegion');
  if (by === 'disagreement') return t('map.noLabel');
  return by === 'genre' ? t('map.noGenre') : t('map.unknown');
}
