// Migration 7: what else a list can be sorted by lies beside the other columns of lists. `camelot_order` is registered by open.ts.

export const MORE_SORTS = `
ALTER TABLE track ADD COLUMN year INTEGER;
ALTER TABLE track ADD COLUMN codec TEXT;
ALTER TABLE track ADD COLUMN bit_rate_bps REAL;
-- Place of the key on the Camelot wheel: 1A, 1B, 2A ...
ALTER TABLE track ADD COLUMN camelot_order INTEGER;
ALTER TABLE track ADD COLUMN n_plays INTEGER NOT NULL DEFAULT 0;
ALTER TABLE track ADD COLUMN last_played_at_ms INTEGER;

UPDATE track SET camelot_order = camelot_order(music_key) WHERE music_key IS NOT NULL;
UPDATE track SET year = tags.year, codec = tags.codec, bit_rate_bps = tags.bit_rate_bps
  FROM file_tags AS tags WHERE tags.track_id = track.id;
UPDATE track SET n_plays = played.n, last_played_at_ms = played.last_at_ms
  FROM (SELECT track_id, count(*) AS n, max(at_ms) AS last_at_ms FROM play GROUP BY track_id) AS played
  WHERE played.track_id = track.id;

CREATE INDEX track_sort_year ON track (year);
CREATE INDEX track_sort_codec ON track (codec);
CREATE INDEX track_sort_bit_rate ON track (bit_rate_bps);
CREATE INDEX track_sort_camelot ON track (camelot_order);
CREATE INDEX track_sort_plays ON track (n_plays);
CREATE INDEX track_sort_last_played ON track (last_played_at_ms);
CREATE INDEX track_sort_origin ON track (genre_origin);
`;
