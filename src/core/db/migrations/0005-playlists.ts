// Migration 5: playlists a person keeps, and when tracks were played.

export const PLAYLISTS = `
CREATE TABLE playlist (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  -- 'manual': tracks in a person's order. 'recipe': made once from a recipe, and made again when asked. 'smart': live rules.
  kind TEXT NOT NULL CHECK (kind IN ('manual', 'recipe', 'smart')),
  -- The recipe or the rules; NULL for a manual one.
  recipe_json TEXT,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

-- A place outlives its track's row: it keeps the content hash and the path, and is joined again when the same content returns.
CREATE TABLE playlist_track (
  playlist_id INTEGER NOT NULL REFERENCES playlist (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  track_id INTEGER REFERENCES track (id) ON DELETE SET NULL,
  content_hash TEXT,
  path TEXT NOT NULL,
  -- Why the track is here, one sentence; NULL where a person put it.
  reason TEXT,
  PRIMARY KEY (playlist_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX playlist_track_by_track ON playlist_track (track_id);
CREATE INDEX playlist_track_by_content ON playlist_track (content_hash);

-- Acts on playlists, for undo: each holds what it replaced and what it put there (NULL: there was no such playlist).
CREATE TABLE playlist_action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  playlist_id INTEGER NOT NULL,
  before_json TEXT,
  after_json TEXT,
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;

CREATE TABLE play (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  track_id INTEGER REFERENCES track (id) ON DELETE SET NULL,
  content_hash TEXT,
  at_ms INTEGER NOT NULL,
  played_sec REAL NOT NULL
) STRICT;
CREATE INDEX play_by_track ON play (track_id, at_ms);
CREATE INDEX play_by_content ON play (content_hash);

-- What smart rules ask of an analysis, without walking over its large rows.
CREATE INDEX analysis_facts ON analysis (track_id, tempo_confidence, key_confidence, loudness_range_lu, sample_peak_dbfs,
  share_bass, share_drums, share_other, share_vocals, centroid_hz, flatness, analysed_at_ms);
`;
