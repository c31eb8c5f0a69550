// Migration 6: the journal of tags written into files, so that each field can be given back.

export const TAG_WRITES = `
CREATE TABLE tag_write (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  sentence TEXT NOT NULL
) STRICT;

-- Written before its file is touched; 'planned' and 'undoing' that stay so tell of a crash in between.
CREATE TABLE tag_write_file (
  write_id INTEGER NOT NULL REFERENCES tag_write (id) ON DELETE CASCADE,
  path_key TEXT NOT NULL,
  path TEXT NOT NULL,
  track_id INTEGER REFERENCES track (id) ON DELETE SET NULL,
  -- Of the changed copy beside the file: what a crash may leave behind.
  temporary_name TEXT NOT NULL,
  -- Fields changed, by name, as they were (with the bytes they were made of) and as they became.
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  audio_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'written', 'failed', 'undoing', 'undone')),
  reason_code TEXT,
  reason_message TEXT,
  PRIMARY KEY (write_id, path_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_write_file_by_path ON tag_write_file (path_key);
CREATE INDEX tag_write_file_by_track ON tag_write_file (track_id);
`;
