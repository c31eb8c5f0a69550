// Where each field of the rules lies in the tables.
import { CAMELOT_BY_KEY } from '../domain/camelot.ts';

export type RuleTable = 'file_tags' | 'facts' | 'sound';

/** Tables beside `track` that a query joins when one of its fields needs them. */
export const RULE_JOINS: Readonly<Record<RuleTable, string>> = {
  file_tags: 'LEFT JOIN file_tags ON file_tags.track_id = track.id',
  // By an index that holds all these columns: the table's rows are large.
  facts: 'LEFT JOIN analysis AS facts INDEXED BY analysis_facts ON facts.track_id = track.id',
  sound: 'LEFT JOIN analysis AS sound ON sound.track_id = track.id',
};

export interface RuleColumn {
  sql: string;
  table: RuleTable | null;
  /** What the field is sorted by, where that is another expression. */
  sortSql: string | null;
  /** For fields with many values: rows of one track's values, and the value in them. */
  list: { from: string; item: string } | null;
}

type Extra = Partial<Omit<RuleColumn, 'sql'>>;
const column = (sql: string, extra: Extra = {}): RuleColumn => ({ sql, table: null, sortSql: null, list: null, ...extra });
const tag = (name: string, extra: Extra = {}) => column(`file_tags.${name}`, { table: 'file_tags', ...extra });
const fact = (name: string) => column(`facts.${name}`, { table: 'facts' });

const KEY_CASES = [...CAMELOT_BY_KEY].map(([key, name]) => `WHEN '${key}' THEN '${name}'`).join(' ');
/** Sorts 2B before 10A. */
const WHEEL_CASES = [...CAMELOT_BY_KEY.keys()].map((key, i) => `WHEN '${key}' THEN ${i}`).join(' ');

export const RULE_COLUMNS: Readonly<Record<string, RuleColumn>> = {
  title: column('track.title', { sortSql: 'track.title_sort' }),
  artist: column('track.artist', { sortSql: 'track.artist_sort' }),
  album: column('track.album', { sortSql: 'track.album_sort' }),
  albumArtist: tag('album_artist'),
  year: tag('year'),
  trackNumber: tag('track_number'),
  discNumber: tag('disc_number'),
  path: column('track.path', { sortSql: 'track.path_key' }),
  folder: column('folder_of(track.path)'),
  status: column('track.status', { sortSql: 'track.status' }),

  genre: column('track.genre_name', { sortSql: 'track.genre_name' }),
  genreOrigin: column('track.genre_origin', { sortSql: 'track.genre_origin' }),
  confidence: column('track.genre_confidence'),
  ownGenre: column('', {
    list: {
      from: 'genre_label JOIN genre ON genre.id = genre_label.genre_id WHERE genre_label.track_id = track.id',
      item: 'genre.name',
    },
  }),
  tagGenre: column('', {
    table: 'file_tags',
    list: { from: "json_each(coalesce(file_tags.genres_json, '[]')) AS tagged WHERE TRUE", item: 'tagged.value' },
  }),
  modelGenre: column('track.guess_name', { sortSql: 'track.guess_name' }),
  modelConfidence: column('track.guess_confidence'),
  labelled: column("coalesce(track.genre_origin IN ('hand', 'import'), 0)"),
  modelDisagrees: column(
    "coalesce(track.genre_origin IN ('hand', 'import') AND genre_key(track.guess_name) <> genre_key(track.genre_name) AND track.guess_name IS NOT NULL, 0)",
  ),

  tempo: column('track.tempo_bpm'),
  tempoConfidence: fact('tempo_confidence'),
  tagTempo: tag('bpm'),
  key: column('track.music_key', { sortSql: 'track.music_key' }),
  camelot: column(`CASE track.music_key ${KEY_CASES} END`, { sortSql: `CASE track.music_key ${WHEEL_CASES} END` }),
  mode: column("CASE WHEN track.music_key LIKE '% minor' THEN 'minor' WHEN track.music_key LIKE '% major' THEN 'major' END", {
    sortSql: "track.music_key LIKE '% minor'",
  }),
  keyConfidence: fact('key_confidence'),
  tagKey: tag('music_key'),
  energy: column('track.energy'),
  loudness: column('track.loudness_lufs'),
  loudnessRange: fact('loudness_range_lu'),
  peak: fact('sample_peak_dbfs'),
  bass: fact('share_bass'),
  drums: fact('share_drums'),
  other: fact('share_other'),
  vocals: fact('share_vocals'),
  brightness: fact('centroid_hz'),
  noisiness: fact('flatness'),
  // Sounds of networks of another size are not comparable.
  distance: column('CASE WHEN length(sound.embedding) = length($vector) THEN vec_distance_cosine(sound.embedding, $vector) END', {
    table: 'sound',
  }),

  duration: column('track.duration_sec'),
  codec: tag('codec'),
  container: tag('container'),
  bitRate: tag('bit_rate_bps'),
  sampleRate: tag('sample_rate_hz'),
  channels: tag('channels'),
  size: column('track.size_bytes'),
  cover: column('coalesce(file_tags.has_cover, 0)', { table: 'file_tags' }),

  added: column('track.added_at_ms'),
  modified: column('track.modified_at_ms'),
  analysed: fact('analysed_at_ms'),
  plays: column('track.n_plays'),
  lastPlayed: column('track.last_played_at_ms'),
  playlist: column('track.id'),
};
