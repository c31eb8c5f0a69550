// Reads a file's tags and cover. Odd files give a warning and empty tags, never a failure.
import { type IAudioMetadata, parseFile, selectCover } from 'music-metadata';
import { extensionOf } from '../config/media-types.ts';
import type { FileTags } from '../domain/track.ts';

export interface ReadTags {
  tags: FileTags;
  /** Why the tags may be incomplete; null when all went well. */
  warning: string | null;
}

export interface Cover {
  bytes: Uint8Array;
  mediaType: string;
}

/** Formats that state no length in their header: the whole file is walked for it. */
const NEEDS_DURATION = new Set(['.ogg', '.oga', '.opus', '.aac']);

export async function readTags(path: string): Promise<ReadTags> {
  try {
    const metadata = await parseFile(path, { duration: NEEDS_DURATION.has(extensionOf(path)) });
    return { tags: tagsFrom(metadata), warning: metadata.quality.warnings[0]?.message ?? null };
  } catch (error) {
    return { tags: tagsFrom(null), warning: error instanceof Error ? error.message : String(error) };
  }
}

/** The embedded front cover (or the first picture); null when there is none or it cannot be read. */
export async function readCover(path: string): Promise<Cover | null> {
  try {
    const { common } = await parseFile(path, { duration: false });
    const picture = selectCover(common.picture);
    if (!picture) return null;
    const mediaType = picture.format.includes('/') ? picture.format : `image/${picture.format.toLowerCase()}`;
    return { bytes: picture.data, mediaType };
  } catch {
    return null;
  }
}

function text(value: string | undefined): string | null {
  const cleaned = value?.replaceAll('\0', '').trim();
  return cleaned ? cleaned : null;
}

function number(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function integer(value: number | null | undefined): number | null {
  const known = number(value);
  return known === null || !Number.isSafeInteger(Math.trunc(known)) ? null : Math.trunc(known);
}

function genresFrom(genres: string[] | undefined): string[] {
  const cleaned = (genres ?? []).flatMap((genre) => genre.split('\0')).map((genre) => genre.trim());
  return [...new Set(cleaned.filter((genre) => genre !== ''))];
}

/** The key where DJ programs keep it in formats that music-metadata knows no key of. */
function initialKeyOf(metadata: IAudioMetadata | null): string | undefined {
  const found = Object.values(metadata?.native ?? {})
    .flat()
    .find(({ id }) => /(^|:)initialkey$/i.test(id));
  return typeof found?.value === 'string' ? found.value : undefined;
}

function tagsFrom(metadata: IAudioMetadata | null): FileTags {
  const common = metadata?.common;
  const format = metadata?.format;
  return {
    title: text(common?.title),
    artist: text(common?.artist),
    album: text(common?.album),
    albumArtist: text(common?.albumartist),
    trackNumber: integer(common?.track.no),
    trackTotal: integer(common?.track.of),
    discNumber: integer(common?.disk.no),
    discTotal: integer(common?.disk.of),
    year: integer(common?.year),
    genres: genresFrom(common?.genre),
    bpm: number(common?.bpm),
    key: text(common?.key ?? initialKeyOf(metadata)),
    durationSec: number(format?.duration),
    container: text(format?.container),
    codec: text(format?.codec),
    bitRateBps: number(format?.bitrate),
    sampleRateHz: number(format?.sampleRate),
    channels: integer(format?.numberOfChannels),
    replayGainTrackDb: number(common?.replaygain_track_gain?.dB),
    replayGainAlbumDb: number(common?.replaygain_album_gain?.dB),
    musicBrainzRecordingId: text(common?.musicbrainz_recordingid),
    musicBrainzReleaseId: text(common?.musicbrainz_albumid),
    musicBrainzArtistId: text(common?.musicbrainz_artistid?.[0]),
    hasCover: (common?.picture?.length ?? 0) > 0,
  };
}
