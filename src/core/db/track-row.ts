// Rows of `track` and `file_tags`, exactly as the schema has them, and their conversions.
import type { FileTags, GenreOrigin, TrackStatus } from '../domain/track.ts';

export type TrackState = Exclude<TrackStatus, 'missing'>;

export interface TrackRow {
  id: number;
  root_id: number | null;
  path: string;
  path_key: string;
  size_bytes: number;
  modified_at_ms: number;
  content_hash: string | null;
  state: TrackState;
  is_missing: 0 | 1;
  status: TrackStatus;
  reason_code: string | null;
  reason_message: string | null;
  added_at_ms: number;
  title: string | null;
  artist: string | null;
  album: string | null;
  title_sort: string;
  artist_sort: string | null;
  album_sort: string | null;
  duration_sec: number | null;
  genre_name: string | null;
  genre_confidence: number | null;
  genre_origin: GenreOrigin | null;
  tempo_bpm: number | null;
  music_key: string | null;
  loudness_lufs: number | null;
  energy: number | null;
  guess_name: string | null;
  guess_confidence: number | null;
  year: number | null;
  codec: string | null;
  bit_rate_bps: number | null;
  camelot_order: number | null;
  n_plays: number;
  last_played_at_ms: number | null;
}

export interface FileTagsRow {
  track_id: number;
  title: string | null;
  artist: string | null;
  album: string | null;
  album_artist: string | null;
  track_number: number | null;
  track_total: number | null;
  disc_number: number | null;
  disc_total: number | null;
  year: number | null;
  genres_json: string;
  bpm: number | null;
  music_key: string | null;
  duration_sec: number | null;
  container: string | null;
  codec: string | null;
  bit_rate_bps: number | null;
  sample_rate_hz: number | null;
  channels: number | null;
  replay_gain_track_db: number | null;
  replay_gain_album_db: number | null;
  musicbrainz_recording_id: string | null;
  musicbrainz_release_id: string | null;
  musicbrainz_artist_id: string | null;
  has_cover: 0 | 1;
}

export function tagsToRow(trackId: number, tags: FileTags): FileTagsRow {
  return {
    track_id: trackId,
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    album_artist: tags.albumArtist,
    track_number: tags.trackNumber,
    track_total: tags.trackTotal,
    disc_number: tags.discNumber,
    disc_total: tags.discTotal,
    year: tags.year,
    genres_json: JSON.stringify(tags.genres),
    bpm: tags.bpm,
    music_key: tags.key,
    duration_sec: tags.durationSec,
    container: tags.container,
    codec: tags.codec,
    bit_rate_bps: tags.bitRateBps,
    sample_rate_hz: tags.sampleRateHz,
    channels: tags.channels,
    replay_gain_track_db: tags.replayGainTrackDb,
    replay_gain_album_db: tags.replayGainAlbumDb,
    musicbrainz_recording_id: tags.musicBrainzRecordingId,
    musicbrainz_release_id: tags.musicBrainzReleaseId,
    musicbrainz_artist_id: tags.musicBrainzArtistId,
    has_cover: tags.hasCover ? 1 : 0,
  };
}

export function tagsFromRow(row: FileTagsRow): FileTags {
  return {
    title: row.title,
    artist: row.artist,
    album: row.album,
    albumArtist: row.album_artist,
    trackNumber: row.track_number,
    trackTotal: row.track_total,
    discNumber: row.disc_number,
    discTotal: row.disc_total,
    year: row.year,
    genres: JSON.parse(row.genres_json) as string[],
    bpm: row.bpm,
    key: row.music_key,
    durationSec: row.duration_sec,
    container: row.container,
    codec: row.codec,
    bitRateBps: row.bit_rate_bps,
    sampleRateHz: row.sample_rate_hz,
    channels: row.channels,
    replayGainTrackDb: row.replay_gain_track_db,
    replayGainAlbumDb: row.replay_gain_album_db,
    musicBrainzRecordingId: row.musicbrainz_recording_id,
    musicBrainzReleaseId: row.musicbrainz_release_id,
    musicBrainzArtistId: row.musicbrainz_artist_id,
    hasCover: row.has_cover === 1,
  };
}

export const NO_TAGS: FileTags = {
  title: null,
  artist: null,
  album: null,
  albumArtist: null,
  trackNumber: null,
  trackTotal: null,
  discNumber: null,
  discTotal: null,
  year: null,
  genres: [],
  bpm: null,
  key: null,
  durationSec: null,
  container: null,
  codec: null,
  bitRateBps: null,
  sampleRateHz: null,
  channels: null,
  replayGainTrackDb: null,
  replayGainAlbumDb: null,
  musicBrainzRecordingId: null,
  musicBrainzReleaseId: null,
  musicBrainzArtistId: null,
  hasCover: false,
};
