// The genre and the guess in the listing columns of many tracks, and what a rewrite of all of them reads: the same as
// refreshListing writes of one track, without all the rest.
import type Database from 'better-sqlite3';
import type { TagRuleStore } from './tag-rule-store.ts';
import { fromBlob } from './vector-blob.ts';

export interface GuessRows {
  /** Every analysed track by id, and when it was analysed. */
  analysed(): { trackIds: Int32Array; analysedAtMs: Float64Array };
  /** What the bundled model said of every analysed track, by id. */
  bundled(): IterableIterator<{ trackId: number; genres: string[]; probabilities: Float32Array }>;
  /** Tracks with a label by hand or import, and its genre: what they show does not depend on a model. */
  labels(): Map<number, string>;
  /** Parent's name by the key of a genre's name; null at the top. */
  genreParents(): Map<string, string | null>;
  /** The guess of a track that shows it. */
  setShown(trackId: number, name: string, confidence: number): void;
  /** The guess of a track that shows a label; null for none. */
  setAside(trackId: number, guess: { name: string; confidence: number } | null): void;
  /** A track without label and guess shows what its file says. */
  setTag(trackId: number): void;
}

type AnalysedPart = [trackId: number, analysedAtMs: number];
type BundledPart = [trackId: number, classListId: number, probabilities: Uint8Array];

export function createGuessRows(sqlite: Database.Database, tagRules: TagRuleStore): GuessRows {
  const analysed = sqlite.prepare<[], AnalysedPart>('SELECT track_id, analysed_at_ms FROM analysis ORDER BY track_id').raw();
  const bundled = sqlite
    .prepare<[number], BundledPart>(
      'SELECT track_id, class_list_id, probabilities FROM analysis WHERE track_id > ? ORDER BY track_id LIMIT 5000',
    )
    .raw();
  const classLists = sqlite.prepare<[], [number, string]>('SELECT id, genres_json FROM class_list').raw();
  const labels = sqlite
    .prepare<[], [number, string]>(
      `SELECT track_id, name FROM genre_label JOIN genre ON genre.id = genre_id
     WHERE is_primary AND track_id IS NOT NULL ORDER BY origin = 'hand'`,
    )
    .raw();
  const parents = sqlite
    .prepare<[], [string, string | null]>(
      'SELECT genre.name_key, parent.name FROM genre LEFT JOIN genre AS parent ON parent.id = genre.parent_id',
    )
    .raw();
  const shown = sqlite.prepare<[string, number, string, number, number]>(
    `UPDATE track SET genre_name = ?, genre_confidence = ?, genre_origin = 'model', guess_name = ?, guess_confidence = ?
     WHERE id = ?`,
  );
  const aside = sqlite.prepare<[string | null, number | null, number]>(
    'UPDATE track SET guess_name = ?, guess_confidence = ? WHERE id = ?',
  );
  const genreTags = sqlite.prepare<[number], string>('SELECT genres_json FROM file_tags WHERE track_id = ?').pluck();
  const byTag = sqlite.prepare<[string | null, number | null, string | null, number]>(
    `UPDATE track SET genre_name = ?, genre_confidence = ?, genre_origin = ?, guess_name = NULL, guess_confidence = NULL
     WHERE id = ?`,
  );
  return {
    analysed() {
      const rows = analysed.all();
      return { trackIds: Int32Array.from(rows, ([id]) => id), analysedAtMs: Float64Array.from(rows, ([, atMs]) => atMs) };
    },
    *bundled() {
      const genres = new Map(classLists.all().map(([id, json]) => [id, JSON.parse(json) as string[]]));
      for (let rows = bundled.all(0); rows.length > 0; rows = bundled.all(rows.at(-1)![0])) {
        for (const [trackId, listId, blob] of rows) yield { trackId, genres: genres.get(listId)!, probabilities: fromBlob(blob) };
      }
    },
    // Labels by hand come last and win.
    labels: () => new Map(labels.all()),
    genreParents: () => new Map(parents.all()),
    setShown: (trackId, name, confidence) => void shown.run(name, confidence, name, confidence, trackId),
    setAside: (trackId, guess) => void aside.run(guess?.name ?? null, guess?.confidence ?? null, trackId),
    setTag(trackId) {
      const [tag] = tagRules.reader().read(JSON.parse(genreTags.get(trackId) ?? '[]') as string[]);
      const shows =
        tag === undefined ? { name: null, confidence: null, origin: null } : { name: tag, confidence: 1, origin: 'tag' };
      byTag.run(shows.name, shows.confidence, shows.origin, trackId);
    },
  };
}
