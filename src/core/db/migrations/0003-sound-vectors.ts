// Migration 3: what each stem sounds like, and fingerprints that tell the same recording in another file.

export const SOUND_VECTORS = `
-- What the bundled network makes of one stem's mel spectrogram, mean over the windows: float32 [embeddingSize].
CREATE TABLE stem_embedding (
  track_id INTEGER NOT NULL REFERENCES analysis (track_id) ON DELETE CASCADE,
  stem TEXT NOT NULL CHECK (stem IN ('bass', 'drums', 'other', 'vocals')),
  embedding BLOB NOT NULL,
  PRIMARY KEY (track_id, stem)
) STRICT, WITHOUT ROWID;

-- Sub-fingerprints of the track's beginning, uint32 each, one a hop.
CREATE TABLE fingerprint (
  track_id INTEGER PRIMARY KEY REFERENCES analysis (track_id) ON DELETE CASCADE,
  words BLOB NOT NULL
) STRICT;
`;
