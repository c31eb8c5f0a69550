// Migration 2: a person's own genres, labels with their history, trained models and what the one in use says.
// A label of 0001 becomes one of these. `genre_key` is registered by open.ts.

export const OWN_GENRES = `
CREATE TABLE genre (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES genre (id) ON DELETE SET NULL,
  hotkey INTEGER UNIQUE CHECK (hotkey BETWEEN 1 AND 9)
) STRICT;

-- A label outlives its track's row: it keeps the content hash and is joined again when the same content returns.
CREATE TABLE genre_label (
  id INTEGER PRIMARY KEY,
  track_id INTEGER REFERENCES track (id) ON DELETE SET NULL,
  content_hash TEXT,
  genre_id INTEGER NOT NULL REFERENCES genre (id) ON DELETE CASCADE,
  origin TEXT NOT NULL CHECK (origin IN ('hand', 'import')),
  is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
  at_ms INTEGER NOT NULL,
  UNIQUE (track_id, genre_id, origin)
) STRICT;
CREATE INDEX genre_label_by_content ON genre_label (content_hash);
CREATE INDEX genre_label_by_genre ON genre_label (genre_id);
CREATE UNIQUE INDEX genre_label_primary ON genre_label (track_id, origin) WHERE is_primary AND track_id IS NOT NULL;

INSERT OR IGNORE INTO genre (name, name_key) SELECT genre, genre_key(genre) FROM label ORDER BY id;
INSERT OR IGNORE INTO genre_label (id, track_id, content_hash, genre_id, origin, is_primary, at_ms)
  SELECT label.id, track_id, content_hash, genre.id, origin, 0, at_ms
  FROM label JOIN genre ON genre.name_key = genre_key(label.genre);
UPDATE genre_label SET is_primary = 1 WHERE track_id IS NULL OR id IN
  (SELECT first_value(id) OVER (PARTITION BY track_id, origin ORDER BY at_ms DESC, id) FROM genre_label);
DROP TABLE label;

-- Every act of labelling, for undo and redo across restarts. Labels are kept by genre name: a genre may be gone by then.
CREATE TABLE label_action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  -- A genre that the act removed, with its place in the tree.
  genre_json TEXT,
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;
CREATE TABLE label_action_track (
  action_id INTEGER NOT NULL REFERENCES label_action (id) ON DELETE CASCADE,
  track_id INTEGER NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  PRIMARY KEY (action_id, track_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE analysis ADD COLUMN descriptors BLOB;

-- The best guess of the model in use, apart from the genre shown; no name when it is unknown.
ALTER TABLE track ADD COLUMN guess_name TEXT;
ALTER TABLE track ADD COLUMN guess_confidence REAL;

CREATE TABLE model (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('quick', 'finetune', 'scratch')),
  created_at_ms INTEGER NOT NULL,
  encoder TEXT NOT NULL,
  -- Folder below models/ that holds its own network; NULL for the bundled one.
  encoder_folder TEXT,
  genres_json TEXT NOT NULL,
  n_tracks INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  backend TEXT NOT NULL,
  seconds REAL NOT NULL,
  settings_json TEXT NOT NULL,
  join_rule TEXT NOT NULL,
  labels_json TEXT NOT NULL,
  labels_hash TEXT NOT NULL,
  evaluation_json TEXT NOT NULL,
  head BLOB NOT NULL,
  -- Float32 [n x genres] and Int32 [n]: verdicts of folds that had not seen the track.
  out_of_fold BLOB NOT NULL,
  out_of_fold_tracks BLOB NOT NULL
) STRICT;

-- Which model was in use since when; the last row is the one in use, none means the bundled one. Rolling back removes it.
CREATE TABLE model_use (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

-- What the own model in use says; the bundled model's verdict stays in analysis.
CREATE TABLE prediction (
  track_id INTEGER PRIMARY KEY REFERENCES analysis (track_id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  class_list_id INTEGER NOT NULL REFERENCES class_list (id),
  probabilities BLOB NOT NULL,
  is_unknown INTEGER NOT NULL CHECK (is_unknown IN (0, 1))
) STRICT;

-- Embeddings by own networks; the bundled network's stay in analysis_window.
CREATE TABLE encoder_window (
  track_id INTEGER NOT NULL REFERENCES analysis (track_id) ON DELETE CASCADE,
  encoder TEXT NOT NULL,
  position INTEGER NOT NULL,
  start_sec REAL NOT NULL,
  length_sec REAL NOT NULL,
  embedding BLOB NOT NULL,
  PRIMARY KEY (track_id, encoder, position)
) STRICT;
`;
