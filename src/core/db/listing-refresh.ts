// Rewrites a track's listing columns and its search entry: a person's label wins, then the guess of the model in use, unless it
// does not know, then the tag.
import type Database from 'better-sqlite3';
import { camelotOrder } from '../domain/camelot.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { GenreOrigin } from '../domain/track.ts';
import type { AnalysisRow } from './analysis-row.ts';
import { foldForSort } from './sort-key.ts';
import type { TagRuleStore } from './tag-rule-store.ts';
import type { FileTagsRow, TrackRow } from './track-row.ts';
import { fromBlob } from './vector-blob.ts';

/** Empty texts sort behind everything in ascending lists. */
const LAST = '\u{10FFFF}';
const SEPARATOR = '\u0001';

interface ListedGenre {
  name: string;
  confidence: number;
  origin: GenreOrigin;
}

type AnalysisPart = Pick<AnalysisRow, 'duration_sec' | 'tempo_bpm' | 'music_key' | 'loudness_lufs' | 'energy'>;
type VerdictPart = { probabilities: Uint8Array; genres_json: string; is_unknown: 0 | 1 };
type LabelPart = { genre: string; origin: GenreOrigin };

const UPDATE = `UPDATE track SET title = $title, artist = $artist, album = $album, title_sort = $title_sort,
  artist_sort = $artist_sort, album_sort = $album_sort, duration_sec = $duration_sec, genre_name = $genre_name,
  genre_confidence = $genre_confidence, genre_origin = $genre_origin, tempo_bpm = $tempo_bpm, music_key = $music_key,
  loudness_lufs = $loudness_lufs, energy = $energy, guess_name = $guess_name, guess_confidence = $guess_confidence,
  year = $year, codec = $codec, bit_rate_bps = $bit_rate_bps, camelot_order = $camelot_order WHERE id = $id`;
const INDEX = `INSERT OR REPLACE INTO track_search (rowid, title, artist, album, genre, path)
  VALUES ($id, $title, $artist, $album, '', $path)`;

/** What is known of one track, from all its tables. */
interface Known {
  track: TrackRow;
  tag: FileTagsRow | undefined;
  heard: AnalysisPart | undefined;
  guess: ListedGenre | null;
  label: LabelPart | undefined;
  rootPath: string | undefined;
}

export function createListingRefresh(sqlite: Database.Database, tagRules: TagRuleStore): (trackId: number) => void {
  const known = createReader(sqlite);
  const update = sqlite.prepare(UPDATE);
  const index = sqlite.prepare(INDEX);
  return (trackId) => {
    const all = known(trackId);
    if (!all) return;
    update.run(listedColumns(all, bestGenre(all, tagRules)));
    index.run(searchedColumns(all));
  };
}

function createReader(sqlite: Database.Database): (trackId: number) => Known | null {
  const track = sqlite.prepare<[number], TrackRow>('SELECT * FROM track WHERE id = ?');
  const tags = sqlite.prepare<[number], FileTagsRow>('SELECT * FROM file_tags WHERE track_id = ?');
  const root = sqlite.prepare<[number | null], string>('SELECT path FROM root WHERE id = ?').pluck();
  const label = sqlite.prepare<[number], LabelPart>(
    `SELECT name AS genre, origin FROM genre_label JOIN genre ON genre.id = genre_id
     WHERE track_id = ? AND is_primary ORDER BY origin = 'hand' DESC LIMIT 1`,
  );
  const analysis = sqlite.prepare<[number], AnalysisPart>(
    'SELECT duration_sec, tempo_bpm, music_key, loudness_lufs, energy FROM analysis WHERE track_id = ?',
  );
  const guess = createGuess(sqlite);
  return (id) => {
    const row = track.get(id);
    if (!row) return null;
    const rootPath = root.get(row.root_id);
    return { track: row, tag: tags.get(id), heard: analysis.get(id), guess: guess(id), label: label.get(id), rootPath };
  };
}

/** The verdict of the model in use: an own one's prediction, or what the bundled one said when it is in use. */
function createGuess(sqlite: Database.Database): (trackId: number) => ListedGenre | null {
  const own = sqlite.prepare<[number], VerdictPart>(
    `SELECT probabilities, genres_json, is_unknown FROM prediction JOIN class_list ON class_list.id = class_list_id
     WHERE track_id = ?`,
  );
  const bundled = sqlite.prepare<[number], VerdictPart>(
    `SELECT probabilities, genres_json, 0 AS is_unknown FROM analysis JOIN class_list ON class_list.id = class_list_id
     WHERE track_id = ?`,
  );
  const active = sqlite.prepare<[], string>('SELECT model_id FROM model_use ORDER BY id DESC LIMIT 1').pluck();
  return (trackId) => {
    const isBundled = (active.get() ?? BUNDLED_MODEL_ID) === BUNDLED_MODEL_ID;
    const verdict = own.get(trackId) ?? (isBundled ? bundled.get(trackId) : undefined);
    if (!verdict || verdict.is_unknown) return null;
    const probabilities = fromBlob(verdict.probabilities);
    const best = probabilities.indexOf(probabilities.reduce((max, p) => Math.max(max, p), 0));
    const name = (JSON.parse(verdict.genres_json) as string[])[best];
    return name === undefined ? null : { name, confidence: Math.min(1, probabilities[best]!), origin: 'model' };
  };
}

function listedColumns({ track, tag, heard, guess }: Known, genre: ListedGenre | null) {
  return {
    id: track.id,
    title: tag?.title ?? null,
    artist: tag?.artist ?? null,
    album: tag?.album ?? null,
    ...sortKeys(track.path, tag),
    duration_sec: heard?.duration_sec ?? tag?.duration_sec ?? null,
    genre_name: genre?.name ?? null,
    genre_confidence: genre?.confidence ?? null,
    genre_origin: genre?.origin ?? null,
    tempo_bpm: heard?.tempo_bpm ?? null,
    music_key: heard?.music_key ?? null,
    loudness_lufs: heard?.loudness_lufs ?? null,
    energy: heard?.energy ?? null,
    guess_name: guess?.name ?? null,
    guess_confidence: guess?.confidence ?? null,
    year: tag?.year ?? null,
    codec: tag?.codec ?? null,
    bit_rate_bps: tag?.bit_rate_bps ?? null,
    camelot_order: camelotOrder(heard?.music_key ?? null),
  };
}

function searchedColumns({ track, tag, rootPath }: Known) {
  return {
    id: track.id,
    title: (tag?.title ?? '').normalize('NFC'),
    artist: [tag?.artist ?? '', tag?.album_artist ?? ''].join(' ').normalize('NFC'),
    album: (tag?.album ?? '').normalize('NFC'),
    path: pathForSearch(track.path, rootPath).normalize('NFC'),
  };
}

function bestGenre({ label, guess, tag }: Known, tagRules: TagRuleStore): ListedGenre | null {
  if (label) return { name: label.genre, confidence: 1, origin: label.origin };
  if (guess) return guess;
  const [tagged] = tag ? tagRules.reader().read(JSON.parse(tag.genres_json) as string[]) : [];
  return tagged === undefined ? null : { name: tagged, confidence: 1, origin: 'tag' };
}

function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function sortKeys(path: string, tag: FileTagsRow | undefined) {
  const position = `${String(tag?.disc_number ?? 0).padStart(3, '0')}${String(tag?.track_number ?? 0).padStart(5, '0')}`;
  const title = foldForSort(tag?.title ?? fileNameOf(path));
  const album = tag?.album ? foldForSort(tag.album) : LAST;
  const artist = tag?.artist ?? tag?.album_artist;
  return {
    title_sort: title,
    artist_sort: artist ? [foldForSort(artist), album, position, title].join(SEPARATOR) : null,
    album_sort: tag?.album ? [album, position, title].join(SEPARATOR) : null,
  };
}

/** The path from its root's own name on, so that a search for a home folder's name does not match everything. */
function pathForSearch(path: string, rootPath: string | undefined): string {
  if (rootPath === undefined || !path.startsWith(rootPath)) return fileNameOf(path);
  const rootName = fileNameOf(rootPath.replace(/[/\\]+$/, ''));
  return rootName + path.slice(rootPath.replace(/[/\\]+$/, '').length);
}
