// What a picture of a map shows, whatever draws it: points with colours, a legend, names of clusters, a line of figures.
import type { MapCluster, MapColour, MapPoints, MapSummary, MapValues } from '../../core/domain/map.ts';

export interface LegendEntry {
  name: string;
  colour: string;
  nTracks: number;
}

export type Legend =
  | { kind: 'named'; entries: LegendEntry[] }
  | { kind: 'number'; from: string; to: string; colours: readonly string[] };

export interface MapDrawing {
  title: string;
  /** Quality and purity, one sentence each. */
  figures: string[];
  /** Float32Array [2 n] */
  positions: Float32Array;
  /** One a point. */
  colours: string[];
  legend: Legend;
  clusters: MapCluster[];
}

/** Told apart also by people who see few colours (after Tol 2021, bright and muted); what does not fit is grey. */
const PALETTE = [
  '#4477aa',
  '#ee6677',
  '#228833',
  '#ccbb44',
  '#66ccee',
  '#aa3377',
  '#e07b39',
  '#332288',
  '#44aa99',
  '#999933',
  '#cc6699',
  '#117733',
  '#8c564b',
  '#7f7fd5',
];
const NONE = '#b4b8c2';
/** Viridis at six steps. */
const SCALE = ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'] as const;
/** The outermost values have the outermost colours; the scale spans what most tracks have. */
const [LOW, HIGH] = [0.02, 0.98];

const SOURCE_NAMES: Record<MapSummary['source'], string> = {
  sound: 'by sound',
  embedding: 'by embedding',
  latent: 'by descriptors',
  bass: 'by bass',
  drums: 'by drums',
  other: 'by instruments',
  vocals: 'by vocals',
};

export function mapDrawing(map: MapSummary, points: MapPoints, values: MapValues, by: MapColour): MapDrawing {
  const { colours, legend } = values.kind === 'named' ? namedColours(values) : numberColours(values);
  return {
    title: `${points.trackIds.length} tracks ${SOURCE_NAMES[map.source]}, coloured by ${by}`,
    figures: figureLines(map),
    positions: points.positions,
    colours,
    legend,
    clusters: map.clusters,
  };
}

export function figureLines({ source, quality, settings, seconds }: MapSummary): string[] {
  const { trustworthiness, preservation, nNeighbours, purity, divergence } = quality;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = [
    `Trustworthiness ${trustworthiness.toFixed(3)}; ${percent(preservation)} of ${nNeighbours} nearest neighbours kept; KL divergence ${divergence.toFixed(3)}; perplexity ${Math.round(settings.perplexity)}, seed ${settings.seed}, ${seconds.toFixed(1)} s`,
  ];
  if (purity) {
    const plain = purity.inDescriptors === null ? '' : `, ${percent(purity.inDescriptors)} by plain descriptors`;
    lines.push(
      `Of ${purity.nNeighbours} nearest labelled tracks ${percent(purity.onMap)} share the genre on the map, ${percent(purity.inSpace)} in the space behind it${plain} (${purity.nLabelled} labelled${source === 'latent' ? ', whose genres the latent learned' : ''})`,
    );
  }
  return lines;
}

function namedColours({ names, index }: Extract<MapValues, { kind: 'named' }>): { colours: string[]; legend: Legend } {
  const counts = names.map(() => 0);
  for (const place of index) if (place >= 0) counts[place] = counts[place]! + 1;
  const colourOf = (place: number): string => PALETTE[place] ?? NONE;
  const entries = names
    .map((name, place) => ({ name, colour: colourOf(place), nTracks: counts[place]! }))
    .filter(({ nTracks }) => nTracks > 0);
  const nNone = index.reduce((n, place) => n + (place < 0 ? 1 : 0), 0);
  if (nNone > 0) entries.push({ name: 'none', colour: NONE, nTracks: nNone });
  return { colours: Array.from(index, colourOf), legend: { kind: 'named', entries } };
}

function numberColours({ values, unit }: Extract<MapValues, { kind: 'number' }>): { colours: string[]; legend: Legend } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [from, to] = [at(LOW), at(HIGH)];
  const shareOf = (value: number): number => (to > from ? Math.max(0, Math.min(1, (value - from) / (to - from))) : 0.5);
  const colours = Array.from(values, (value) => (Number.isNaN(value) ? NONE : scaleColour(shareOf(value))));
  const text = (value: number): string => `${Math.round(value)} ${unit}`.trim();
  return { colours, legend: { kind: 'number', from: text(from), to: text(to), colours: SCALE } };
}

/** @param share 0..1 */
export function scaleColour(share: number): string {
  const at = share * (SCALE.length - 1);
  const low = Math.min(Math.floor(at), SCALE.length - 2);
  const mix = at - low;
  const [a, b] = [channels(SCALE[low]!), channels(SCALE[low + 1]!)];
  return `#${a
    .map((channel, i) =>
      Math.round(channel + mix * (b[i]! - channel))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/** Maps positions into a square of `size` pixels with a margin, keeping proportions. */
export function fitTo(positions: Float32Array, size: number, margin: number): (x: number, y: number) => [number, number] {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    minX = Math.min(minX, positions[i]!);
    maxX = Math.max(maxX, positions[i]!);
    minY = Math.min(minY, positions[i + 1]!);
    maxY = Math.max(maxY, positions[i + 1]!);
  }
  const span = Math.max(maxX - minX, maxY - minY) || 1;
  const scale = (size - 2 * margin) / span;
  const [middleX, middleY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  return (x, y) => [size / 2 + (x - middleX) * scale, size / 2 - (y - middleY) * scale];
}
