// Migration 4: maps of the library. A finished map never changes; tracks that come later are placed beside it.

export const MAPS = `
CREATE TABLE map (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- "sound", "embedding", "latent", or "bass", "drums", "other", "vocals".
  source TEXT NOT NULL,
  -- The network whose embeddings it shows.
  encoder TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  settings_json TEXT NOT NULL,
  quality_json TEXT NOT NULL,
  clusters_json TEXT NOT NULL,
  n_points INTEGER NOT NULL,
  seconds REAL NOT NULL,
  -- Int32 [n], ascending; Float32 [2 n]; Int16 [n], -1 = in no cluster.
  track_ids BLOB NOT NULL,
  positions BLOB NOT NULL,
  clusters BLOB NOT NULL,
  -- Puts descriptors of later tracks into the map's space; NULL where an embedding is that space.
  coder BLOB
) STRICT;
CREATE INDEX map_by_source ON map (source, id);

-- Tracks analysed after the map was made, among the neighbours they sound like.
CREATE TABLE map_newcomer (
  map_id INTEGER NOT NULL REFERENCES map (id) ON DELETE CASCADE,
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  x REAL NOT NULL,
  y REAL NOT NULL,
  cluster INTEGER NOT NULL,
  PRIMARY KEY (map_id, track_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX map_newcomer_by_track ON map_newcomer (track_id);
`;
