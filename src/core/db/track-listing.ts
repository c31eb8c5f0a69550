// Lists of tracks: filter, sort and page in SQL. A page walks the sort's index unless the filter is so narrow that
// sorting what it leaves is cheaper; the total, counted first, decides.
import type Database from 'better-sqlite3';
import type { FacetChoice, RangeChoice } from '../domain/facet.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { TrackSort, TrackStatus } from '../domain/track.ts';
import { facetConditions, rangeConditions } from './facet-columns.ts';
import { beginsWordOf, matchExpression, searchWords } from './search-expression.ts';
import type { TrackRow } from './track-row.ts';

/** Indexed columns by the name a query uses. */
const SORT_COLUMNS: Readonly<Record<Exclude<TrackSort, 'position'>, string>> = {
  title: 'track.title_sort',
  artist: 'track.artist_sort',
  album: 'track.album_sort',
  genre: 'track.genre_name',
  confidence: 'track.genre_confidence',
  durationSec: 'track.duration_sec',
  tempoBpm: 'track.tempo_bpm',
  key: 'track.music_key',
  loudnessLufs: 'track.loudness_lufs',
  energy: 'track.energy',
  path: 'track.path_key',
  addedAt: 'track.added_at_ms',
  year: 'track.year',
  camelot: 'track.camelot_order',
  origin: 'track.genre_origin',
  nPlays: 'track.n_plays',
  lastPlayedAt: 'track.last_played_at_ms',
  codec: 'track.codec',
  bitRate: 'track.bit_rate_bps',
  status: 'track.status',
};

export interface TrackFilter {
  search: string;
  genre: string | null;
  status: TrackStatus | null;
  /** Tracks a person labelled so or the model guessed so with at least this confidence. */
  predicted: { genre: string; minConfidence: number } | null;
  /** Only these, in a playlist's order; a track may be there twice. */
  members?: readonly number[];
  facets?: FacetChoice;
  ranges?: RangeChoice;
}

export interface TrackPage {
  sort: TrackSort;
  descending: boolean;
  offset: number;
  limit: number;
}

/** What a list shows of a track: its row, and the scores of the model in use. */
export interface ListedRow extends TrackRow {
  probabilities: Uint8Array | null;
  genres_json: string | null;
  /** "stemscape-ecapa 1.0.0", or an own model's name. */
  model_version: string | null;
  is_unknown: 0 | 1 | null;
}

/** A row of a page. */
export interface PagedRow extends ListedRow {
  sample_peak_dbfs: number | null;
}

export interface GenreCount {
  name: string;
  nTracks: number;
  durationSec: number;
}

export interface TrackListing {
  page(filter: TrackFilter, page: TrackPage): { total: number; rows: PagedRow[] };
  /** Every track a filter finds, by id; a playlist's in its order. */
  ids(filter: TrackFilter): number[];
  /** The same in the order of a list. */
  idsInOrder(filter: TrackFilter, order: Pick<TrackPage, 'sort' | 'descending'>): number[];
  /** Tracks in whose texts all these words begin words, ascending; genres are not searched. */
  withWords(words: readonly string[]): number[];
  one(id: number): PagedRow | undefined;
  /** Rows after an id, by id: for reading the whole library in steps. */
  after(id: number, limit: number): ListedRow[];
  countByStatus(): { status: TrackStatus; n: number }[];
  totalDurationSec(): number;
  /** Names of all genres shown. */
  shownGenres(): string[];
  /** By genre shown, most tracks first. */
  genres(): GenreCount[];
  /** Predicted or labelled genres with tracks of at least this confidence, by name. */
  predictedGenres(minConfidence: number): GenreCount[];
  /** Ids of one predicted genre, most confident first. */
  predictedIds(genre: string, minConfidence: number): number[];
}

/** What the bundled model said counts while it is in use: a track that an own model has not judged has no verdict. */
const OF_BUNDLED = (column: string) =>
  `CASE WHEN coalesce((SELECT model_id FROM model_use ORDER BY id DESC LIMIT 1), '${BUNDLED_MODEL_ID}') = '${BUNDLED_MODEL_ID}' THEN ${column} END`;
const listedFrom = (source: string, more = '') =>
  `SELECT track.*, ${more} coalesce(prediction.probabilities, ${OF_BUNDLED('analysis.probabilities')}) AS probabilities,
  class_list.genres_json, coalesce(model.name, ${OF_BUNDLED('classifier_version')}) AS model_version, is_unknown FROM ${source}
  LEFT JOIN analysis ON analysis.track_id = track.id LEFT JOIN prediction ON prediction.track_id = track.id
  LEFT JOIN model ON model.id = prediction.model_id
  LEFT JOIN class_list ON class_list.id = coalesce(prediction.class_list_id, analysis.class_list_id)`;
const LISTED = listedFrom('track');
const PAGED = 'analysis.sample_peak_dbfs,';
const MEMBERS = '(SELECT value AS member_id, key AS position FROM json_each($members)) AS place';
const PREDICTED = "genre_origin <> 'tag' AND genre_confidence >= $minConfidence";
/** A filter that leaves more than this share of the library is applied while walking the sort's index. */
const WIDE_SHARE = 0.2;

export function createTrackListing(sqlite: Database.Database): TrackListing {
  const one = sqlite.prepare<[number], PagedRow>(`${listedFrom('track', PAGED)} WHERE track.id = ?`);
  const after = sqlite.prepare<[number, number], ListedRow>(`${LISTED} WHERE track.id > ? ORDER BY track.id LIMIT ?`);
  const statuses = sqlite.prepare<[], { status: TrackStatus; n: number }>(
    'SELECT status, count(*) AS n FROM track GROUP BY status',
  );
  const duration = sqlite.prepare<[], number>('SELECT total(duration_sec) FROM track').pluck();
  const genres = sqlite.prepare<[], GenreCount>(
    `SELECT genre_name AS name, count(*) AS nTracks, total(duration_sec) AS durationSec FROM track
     WHERE genre_name IS NOT NULL GROUP BY genre_name ORDER BY nTracks DESC, name`,
  );
  const predictedGenres = sqlite.prepare<{ minConfidence: number }, GenreCount>(
    `SELECT genre_name AS name, count(*) AS nTracks, total(duration_sec) AS durationSec FROM track
     WHERE ${PREDICTED} GROUP BY genre_name ORDER BY name`,
  );
  const predictedIds = sqlite
    .prepare<{ genre: string; minConfidence: number }, number>(
      `SELECT id FROM track WHERE genre_name = $genre AND ${PREDICTED} ORDER BY genre_confidence DESC, id`,
    )
    .pluck();
  const withWords = sqlite.prepare<[string], number>('SELECT rowid FROM track_search WHERE track_search MATCH ?').pluck();
  return {
    page: createPage(sqlite),
    ids: createIds(sqlite),
    idsInOrder: createIdsInOrder(sqlite),
    withWords: (words) => withWords.all(matchExpression(words) ?? ''),
    one: (id) => one.get(id),
    after: (id, limit) => after.all(id, limit),
    countByStatus: () => statuses.all(),
    totalDurationSec: () => Number(duration.get()),
    shownGenres: createShownGenres(sqlite),
    genres: () => genres.all(),
    predictedGenres: (minConfidence) => predictedGenres.all({ minConfidence }),
    predictedIds: (genre, minConfidence) => predictedIds.all({ genre, minConfidence }),
  };
}

type Bindings = Record<string, string | number>;

/** The filter as conditions; `wide` keeps the planner from starting at the filter's own index (the unary plus). */
function conditionsOf(filter: TrackFilter, wide: boolean, genres: () => string[]): { where: string; bindings: Bindings } {
  const plus = wide ? '+' : '';
  const conditions: string[] = [];
  const bindings: Bindings = {};
  if (filter.members) bindings.members = JSON.stringify(filter.members);
  if (filter.genre !== null) {
    conditions.push(`${plus}genre_name = $genre`);
    bindings.genre = filter.genre;
  }
  if (filter.status !== null) {
    conditions.push(`${plus}status = $status`);
    bindings.status = filter.status;
  }
  if (filter.predicted !== null) {
    conditions.push(`${plus}genre_name = $predicted`, `+genre_confidence >= $minConfidence`, "genre_origin <> 'tag'");
    bindings.predicted = filter.predicted.genre;
    bindings.minConfidence = filter.predicted.minConfidence;
  }
  for (const part of [facetConditions(filter.facets ?? {}), rangeConditions(filter.ranges ?? {})]) {
    conditions.push(...part.conditions);
    Object.assign(bindings, part.bindings);
  }
  const matching = (name: string) => `${plus}id IN (SELECT rowid FROM track_search WHERE track_search MATCH $${name})`;
  const plain: string[] = [];
  for (const [i, word] of searchWords(filter.search).entries()) {
    const named = genres().filter((genre) => beginsWordOf(genre, word));
    if (named.length === 0) {
      plain.push(word);
      continue;
    }
    bindings[`word${i}`] = matchExpression([word])!;
    for (const [g, genre] of named.entries()) bindings[`genre${i}_${g}`] = genre;
    const shown = named.map((_, g) => `$genre${i}_${g}`).join(', ');
    conditions.push(`(${matching(`word${i}`)} OR ${plus}genre_name IN (${shown}))`);
  }
  const match = matchExpression(plain);
  if (match !== null) {
    conditions.push(matching('match'));
    bindings.match = match;
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, bindings };
}

function sourceOf({ members }: TrackFilter): string {
  return members ? `${MEMBERS} JOIN track ON track.id = member_id` : 'track';
}

/** What is unknown comes last either way; the order is an index's own, so that a page needs no sorting. */
export function orderOf({ sort, descending }: Pick<TrackPage, 'sort' | 'descending'>, filter: TrackFilter): string {
  const direction = descending ? 'DESC' : 'ASC';
  if (sort === 'position' && filter.members) return `position ${direction}`;
  if (sort === 'position') {
    const surest = filter.predicted ? `track.genre_confidence ${descending ? 'ASC' : 'DESC'}, ` : '';
    return `${surest}track.id ${direction}`;
  }
  const column = SORT_COLUMNS[sort];
  const within = sort === 'genre' ? `track.genre_confidence ${direction}, ` : '';
  return `${column} ${direction} NULLS LAST, ${within}track.id ${direction}`;
}

/** Every genre shown, by leaps along the index instead of a walk over all its rows. */
function createShownGenres(sqlite: Database.Database): () => string[] {
  const leaps = sqlite
    .prepare<[], string | null>(
      `WITH RECURSIVE shown (name) AS (SELECT min(genre_name) FROM track
       UNION ALL SELECT (SELECT min(genre_name) FROM track WHERE genre_name > name) FROM shown WHERE name IS NOT NULL)
       SELECT name FROM shown WHERE name IS NOT NULL`,
    )
    .pluck();
  return () => leaps.all().filter((name) => name !== null);
}

function createIds(sqlite: Database.Database): TrackListing['ids'] {
  const genres = createShownGenres(sqlite);
  return (filter) => {
    const { where, bindings } = conditionsOf(filter, false, genres);
    const order = filter.members ? 'position' : 'id';
    return sqlite
      .prepare<Bindings, number>(`SELECT id FROM ${sourceOf(filter)} ${where} ORDER BY ${order}`)
      .pluck()
      .all(bindings);
  };
}

function createIdsInOrder(sqlite: Database.Database): TrackListing['idsInOrder'] {
  const genres = createShownGenres(sqlite);
  return (filter, { sort, descending }) => {
    const { where, bindings } = conditionsOf(filter, false, genres);
    const order = orderOf({ sort, descending }, filter);
    const sql = `SELECT track.id FROM ${sourceOf(filter)} ${where} ORDER BY ${order}`;
    return sqlite.prepare<Bindings, number>(sql).pluck().all(bindings);
  };
}

function createPage(sqlite: Database.Database): TrackListing['page'] {
  const all = sqlite.prepare<[], number>('SELECT count(*) FROM track').pluck();
  const genres = createShownGenres(sqlite);
  const prepared = new Map<string, Database.Statement<Bindings, unknown>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? sqlite.prepare<Bindings, unknown>(sql);
    prepared.set(sql, known);
    return known;
  };

  return (filter, page) => {
    const narrow = conditionsOf(filter, false, genres);
    const source = sourceOf(filter);
    const total = Number(statement(`SELECT count(*) FROM ${source} ${narrow.where}`).pluck().get(narrow.bindings));
    const isWide = !filter.members && total > WIDE_SHARE * Number(all.get());
    const { where, bindings } = conditionsOf(filter, isWide, genres);
    const order = orderOf(page, filter);
    const place = filter.members ? ', position' : '';
    const ids = `SELECT track.id${place} FROM ${source} ${where} ORDER BY ${order} LIMIT $limit OFFSET $offset`;
    const sql = `${listedFrom(`(${ids}) AS chosen JOIN track ON track.id = chosen.id`, PAGED)} ORDER BY ${order}`;
    const rows = statement(sql).all({ ...bindings, limit: page.limit, offset: page.offset }) as PagedRow[];
    return { total, rows };
  };
}
