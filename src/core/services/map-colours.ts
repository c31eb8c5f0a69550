// What a map's points are coloured by: one value a point.
import type { ColourRow } from '../db/map-rows.ts';
import type { MapCluster, MapColour, MapPoints, MapValues } from '../domain/map.ts';

const AGREES = 'Model agrees with you';
const DIFFERS = 'Model hears something else';

type Numbered = { value: (row: ColourRow) => number | null; unit: string };
type Named = (row: ColourRow) => string | null;

const NUMBERS: Partial<Record<MapColour, Numbered>> = {
  confidence: { value: ({ confidence }) => (confidence === null ? null : 100 * confidence), unit: '%' },
  tempo: { value: ({ tempoBpm }) => tempoBpm, unit: 'BPM' },
  energy: { value: ({ energy }) => (energy === null ? null : 100 * energy), unit: '%' },
  loudness: { value: ({ loudnessLufs }) => loudnessLufs, unit: 'LUFS' },
  year: { value: ({ year }) => year, unit: '' },
};

const NAMES: Partial<Record<MapColour, Named>> = {
  genre: ({ genre }) => genre,
  key: ({ key }) => key,
  disagreement: ({ label, guess }) => (label === null || guess === null ? null : label === guess ? AGREES : DIFFERS),
};

/** In the order of the points. Names are sorted by how many tracks bear them. */
export function mapColours(
  by: MapColour,
  { trackIds, clusters }: MapPoints,
  rows: ReadonlyMap<number, ColourRow>,
  known: readonly MapCluster[],
): MapValues {
  if (by === 'cluster') return { kind: 'named', names: known.map(({ name }) => name), index: clusters };
  const number = NUMBERS[by];
  if (number) {
    const values = Float32Array.from(trackIds, (id) => {
      const row = rows.get(id);
      return (row && number.value(row)) ?? Number.NaN;
    });
    return { kind: 'number', values, unit: number.unit };
  }
  const name = NAMES[by]!;
  return named(
    Array.from(trackIds, (id) => {
      const row = rows.get(id);
      return row ? name(row) : null;
    }),
  );
}

function named(values: readonly (string | null)[]): MapValues {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
  const place = new Map(names.map((name, i) => [name, i]));
  return { kind: 'named', names, index: Int16Array.from(values, (value) => (value === null ? -1 : place.get(value)!)) };
}
