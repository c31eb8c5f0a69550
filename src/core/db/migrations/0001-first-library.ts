// Migration 1: the tables of the first library. Frozen: a change to the schema is a new migration.
// `track` repeats what a list shows and sorts by (title, genre, tempo ...), so that any page is one walk along an index.

export const FIRST_LIBRARY = `
CREATE TABLE root (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  path_key TEXT NOT NULL UNIQUE,
  added_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE track (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  root_id INTEGER REFERENCES root (id) ON DELETE SET NULL,
  path TEXT NOT NULL,
  path_key TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  content_hash TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'analysed', 'failed')),
  is_missing INTEGER NOT NULL DEFAULT 0 CHECK (is_missing IN (0, 1)),
  status TEXT NOT NULL AS (CASE WHEN is_missing THEN 'missing' ELSE state END) VIRTUAL,
  reason_code TEXT,
  reason_message TEXT,
  added_at_ms INTEGER NOT NULL,
  title TEXT,
  artist TEXT,
  album TEXT,
  title_sort TEXT NOT NULL,
  artist_sort TEXT,
  album_sort TEXT,
  duration_sec REAL,
  genre_name TEXT,
  genre_confidence REAL,
  genre_origin TEXT CHECK (genre_origin IN ('hand', 'import', 'model', 'tag')),
  tempo_bpm REAL,
  music_key TEXT,
  loudness_lufs REAL,
  energy REAL
) STRICT;
CREATE INDEX track_by_root ON track (root_id);
CREATE INDEX track_by_content ON track (content_hash);
CREATE INDEX track_by_status ON track (status);
CREATE INDEX track_by_genre ON track (genre_name, genre_confidence, id, genre_origin, duration_sec);
CREATE INDEX track_sort_title ON track (title_sort);
CREATE INDEX track_sort_artist ON track (artist_sort);
CREATE INDEX track_sort_album ON track (album_sort);
CREATE INDEX track_sort_confidence ON track (genre_confidence);
CREATE INDEX track_sort_duration ON track (duration_sec);
CREATE INDEX track_sort_tempo ON track (tempo_bpm);
CREATE INDEX track_sort_key ON track (music_key);
CREATE INDEX track_sort_loudness ON track (loudness_lufs);
CREATE INDEX track_sort_energy ON track (energy);
CREATE INDEX track_sort_added ON track (added_at_ms);

CREATE TABLE file_tags (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  title TEXT,
  artist TEXT,
  album TEXT,
  album_artist TEXT,
  track_number INTEGER,
  track_total INTEGER,
  disc_number INTEGER,
  disc_total INTEGER,
  year INTEGER,
  genres_json TEXT NOT NULL,
  bpm REAL,
  music_key TEXT,
  duration_sec REAL,
  container TEXT,
  codec TEXT,
  bit_rate_bps REAL,
  sample_rate_hz REAL,
  channels INTEGER,
  replay_gain_track_db REAL,
  replay_gain_album_db REAL,
  musicbrainz_recording_id TEXT,
  musicbrainz_release_id TEXT,
  musicbrainz_artist_id TEXT,
  has_cover INTEGER NOT NULL CHECK (has_cover IN (0, 1))
) STRICT;

CREATE TABLE class_list (
  id INTEGER PRIMARY KEY,
  genres_json TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE analysis (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  content_hash TEXT,
  analysed_at_ms INTEGER NOT NULL,
  classifier_version TEXT NOT NULL,
  separator_version TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  class_list_id INTEGER NOT NULL REFERENCES class_list (id),
  probabilities BLOB NOT NULL,
  embedding BLOB NOT NULL,
  duration_sec REAL NOT NULL,
  tempo_bpm REAL,
  tempo_confidence REAL NOT NULL,
  music_key TEXT,
  key_confidence REAL NOT NULL,
  loudness_lufs REAL,
  loudness_range_lu REAL,
  sample_peak_dbfs REAL,
  energy REAL NOT NULL,
  centroid_hz REAL NOT NULL,
  bandwidth_hz REAL NOT NULL,
  rolloff_hz REAL NOT NULL,
  flatness REAL NOT NULL,
  zero_crossing_rate REAL NOT NULL,
  share_bass REAL NOT NULL,
  share_drums REAL NOT NULL,
  share_other REAL NOT NULL,
  share_vocals REAL NOT NULL,
  stage_ms_json TEXT NOT NULL
) STRICT;
CREATE INDEX analysis_by_versions ON analysis (classifier_version, separator_version, profile_id);

CREATE TABLE analysis_window (
  track_id INTEGER NOT NULL REFERENCES analysis (track_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_sec REAL NOT NULL,
  length_sec REAL NOT NULL,
  embedding BLOB NOT NULL,
  logits BLOB NOT NULL,
  PRIMARY KEY (track_id, position)
) STRICT;

CREATE TABLE waveform (
  track_id INTEGER PRIMARY KEY REFERENCES analysis (track_id) ON DELETE CASCADE,
  peaks BLOB NOT NULL
) STRICT;

-- A label outlives its track's row: it keeps the content hash and is joined again when the same content returns.
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  track_id INTEGER REFERENCES track (id) ON DELETE SET NULL,
  content_hash TEXT,
  genre TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('hand', 'import')),
  at_ms INTEGER NOT NULL,
  UNIQUE (track_id, genre, origin)
) STRICT;
CREATE INDEX label_by_content ON label (content_hash);

CREATE TABLE skipped_file (
  path_key TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason_message TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT;

CREATE TABLE scan_run (
  id INTEGER PRIMARY KEY,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  summary_json TEXT
) STRICT;

CREATE VIRTUAL TABLE track_search USING fts5 (
  title, artist, album, genre, path,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
`;
