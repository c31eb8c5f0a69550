// Where each facet's value lies in the tables, as text: one expression for filtering lists and for reading whole columns.
import {
  ALBUM_SEPARATOR,
  FACETS,
  type Facet,
  type FacetChoice,
  N_ENERGY_BANDS,
  RANGE_FIELDS,
  type RangeChoice,
  type RangeField,
  TEMPO_BAND_BPM,
} from '../domain/facet.ts';

interface FacetColumn {
  sql: string;
  /** Needs the row of `file_tags` beside that of `track`. */
  isTag: boolean;
}

const column = (sql: string): FacetColumn => ({ sql, isTag: false });
const tag = (sql: string): FacetColumn => ({ sql, isTag: true });
const SEPARATOR = `char(${ALBUM_SEPARATOR.charCodeAt(0)})`;
const IS_LABELLED = "track.genre_origin IN ('hand', 'import')";
const DISAGREES = 'track.guess_name IS NOT NULL AND genre_key(track.guess_name) <> genre_key(track.genre_name)';

export const FACET_COLUMNS: Readonly<Record<Facet, FacetColumn>> = {
  genre: column('track.genre_name'),
  artist: column('track.artist'),
  album: tag(`track.album || coalesce(${SEPARATOR} || file_tags.album_artist, '')`),
  decade: column('CAST(track.year / 10 * 10 AS TEXT)'),
  year: column('CAST(track.year AS TEXT)'),
  key: column('track.music_key'),
  tempo: column(`CAST(CAST(track.tempo_bpm / ${TEMPO_BAND_BPM} AS INTEGER) * ${TEMPO_BAND_BPM} AS TEXT)`),
  energy: column(`CAST(CAST(min(track.energy, 0.999) * ${N_ENERGY_BANDS} AS INTEGER) AS TEXT)`),
  format: column('track.codec'),
  label: column(`CASE WHEN coalesce(${IS_LABELLED}, 0) THEN iif(${DISAGREES}, 'disagrees', 'labelled') ELSE 'none' END`),
};

export const RANGE_COLUMNS: Readonly<Record<RangeField, string>> = {
  tempoBpm: 'track.tempo_bpm',
  year: 'track.year',
  energy: 'track.energy',
  durationSec: 'track.duration_sec',
};

/** One condition a bounded end of a range. */
export function rangeConditions(ranges: RangeChoice): { conditions: string[]; bindings: Record<string, number> } {
  const conditions: string[] = [];
  const bindings: Record<string, number> = {};
  for (const field of RANGE_FIELDS) {
    const { from = null, to = null } = ranges[field] ?? {};
    if (from !== null) {
      conditions.push(`+${RANGE_COLUMNS[field]} >= $${field}_from`);
      bindings[`${field}_from`] = from;
    }
    if (to !== null) {
      conditions.push(`+${RANGE_COLUMNS[field]} <= $${field}_to`);
      bindings[`${field}_to`] = to;
    }
  }
  return { conditions, bindings };
}

/** One condition a chosen facet. */
export function facetConditions(choice: FacetChoice): { conditions: string[]; bindings: Record<string, string> } {
  const conditions: string[] = [];
  const bindings: Record<string, string> = {};
  for (const facet of FACETS) {
    const values = choice[facet] ?? [];
    if (values.length === 0) continue;
    const { sql, isTag } = FACET_COLUMNS[facet];
    const value = isTag ? `(SELECT ${sql} FROM file_tags WHERE file_tags.track_id = track.id)` : sql;
    conditions.push(`coalesce(${value}, '') IN (SELECT value FROM json_each($facet_${facet}))`);
    bindings[`facet_${facet}`] = JSON.stringify(values);
  }
  return { conditions, bindings };
}
