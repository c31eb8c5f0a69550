// How a track is named where a format has one field for it.
import type { ExportTrack } from './playlist-format.ts';

/** "Artist - Title", or the file's name. */
export function trackLabel({ artist, title, path }: Pick<ExportTrack, 'artist' | 'title' | 'path'>): string {
  const name = titleOrFile({ title, path });
  return artist === null ? name : `${artist} - ${name}`;
}

/** A title to find it by, also where the tags have none. */
export function titleOrFile({ title, path }: Pick<ExportTrack, 'title' | 'path'>): string {
  return title ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Line breaks are the syntax of line formats: a tag must not end its line. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029\v\f\0]+/g, ' ').trim();
}
