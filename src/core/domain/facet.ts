// The sides by which a library is narrowed: every track has exactly one value on each, '' where it is not known.

export const FACETS = ['genre', 'artist', 'album', 'decade', 'year', 'key', 'tempo', 'energy', 'format', 'label'] as const;
export type Facet = (typeof FACETS)[number];

/** Values of one facet are alternatives; a track must fit every facet that has any. */
export type FacetChoice = Partial<Record<Facet, readonly string[]>>;

/** Numbers by which a library is narrowed to a stretch; each in the unit that its name says, energy in 0..1. */
export const RANGE_FIELDS = ['tempoBpm', 'year', 'energy', 'durationSec'] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];

/** Both ends belong to it; null = open. A track whose number is not known is in no range. */
export interface NumberRange {
  from: number | null;
  to: number | null;
}

export type RangeChoice = Partial<Record<RangeField, NumberRange>>;

/** Bars of a range's picture. */
export const N_RANGE_BINS = 24;

/** Tempo bands are this wide; a band is named by its lowest tempo. */
export const TEMPO_BAND_BPM = 10;
/** Energy 0..1 in this many bands, named 0, 1, 2 ... */
export const N_ENERGY_BANDS = 5;

/** Whether a person labelled the track, and whether the model in use names another genre. */
export const LABEL_STATES = ['labelled', 'disagrees', 'none'] as const;

/** Between an album's name and its artist where one value holds both: same names by different artists are different albums. */
export const ALBUM_SEPARATOR = '\u001f';

export interface FacetValue {
  value: string;
  nTracks: number;
}

export interface FacetCounts {
  facet: Facet;
  /** Most tracks first; what is chosen is always among them. */
  values: FacetValue[];
  /** Values with tracks, shown or not. */
  nValues: number;
}

export interface RangeCounts {
  field: RangeField;
  /** Of the whole library, so that a control keeps its ends while a person narrows; null where no track has a number. */
  least: number | null;
  greatest: number | null;
  /** Tracks by equal steps from `least` to `greatest`, among those that fit everything but this range. */
  bins: number[];
}

export interface Album {
  /** Its value of the facet `album`. */
  value: string;
  name: string;
  /** The album's artist, else the artist of all its tracks; null when they differ or are unknown. */
  artist: string | null;
  year: number | null;
  nTracks: number;
  /** Any of its tracks, for the cover. */
  trackId: number;
}

/** Whether any facet or range narrows. */
export function narrows(choice: FacetChoice, ranges: RangeChoice = {}): boolean {
  return Object.values(choice).some((values) => values.length > 0) || Object.values(ranges).some(isBounded);
}

export function isBounded({ from, to }: NumberRange): boolean {
  return from !== null || to !== null;
}
