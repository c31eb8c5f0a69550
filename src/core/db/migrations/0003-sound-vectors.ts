// Migration 3: what each stem sounds like, codes to find neighbours by, and fingerprints that tell the same recording in another
// file. All of it goes with its analysis. `sign_code` is registered by open.ts.

export const SOUND_VECTORS = `
-- What the bundled network makes of one stem's mel spectrogram, mean over the windows: float32 [embeddingSize].
-- A silent stem has none.
CREATE TABLE stem_embedding (
  track_id INTEGER NOT NULL REFERENCES analysis (track_id) ON DELETE CASCADE,
  stem TEXT NOT NULL CHECK (stem IN ('bass', 'drums', 'other', 'vocals')),
  embedding BLOB NOT NULL,
  PRIMARY KEY (track_id, stem)
) STRICT, WITHOUT ROWID;

-- The signs of the embeddings, a bit a dimension: small enough to be read whole for every question.
CREATE TABLE sound_code (
  -- Never used twice: whoever has read up to a number reads on from there.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  track_id INTEGER NOT NULL UNIQUE REFERENCES analysis (track_id) ON DELETE CASCADE,
  -- The network that heard it: codes of different ones are not comparable.
  encoder TEXT NOT NULL,
  mixture BLOB NOT NULL,
  bass BLOB,
  drums BLOB,
  other BLOB,
  vocals BLOB
) STRICT;
INSERT INTO sound_code (track_id, encoder, mixture) SELECT track_id, classifier_version, sign_code(embedding) FROM analysis;

-- Sub-fingerprints of the track's beginning, uint32 each, one a hop.
CREATE TABLE fingerprint (
  track_id INTEGER PRIMARY KEY REFERENCES analysis (track_id) ON DELETE CASCADE,
  words BLOB NOT NULL
) STRICT;
`;
