// iTunes (Music) library XML: every playlist of a person, folders before their names. What the program makes itself, such as
// "Library" and "Downloaded", is passed over.
import type { PlaylistEntry, ReadPlaylist } from './playlist-entry.ts';
import { milliseconds } from './read-xspf.ts';
import { readXml } from './xml-stream.ts';

/** Keys from the outermost dictionary inwards; null for a place in an array. */
type Path = readonly (string | null)[];

interface ListedPlaylist {
  fields: Map<string, string>;
  trackIds: string[];
}

const MAX_FOLDERS = 20;

/** @throws Error where it is not well formed */
export function readItunesXml(content: string): ReadPlaylist[] {
  const tracks = new Map<string, PlaylistEntry>();
  const playlists: ListedPlaylist[] = [];
  readPlist(content, {
    begin(path) {
      if (path.length === 2 && path[0] === 'Playlists') playlists.push({ fields: new Map(), trackIds: [] });
    },
    value(path, value) {
      const [first, second, third, , fifth] = path;
      if (first === 'Tracks' && path.length === 3) addToTrack(tracks, second!, third!, value);
      const playlist = first === 'Playlists' ? playlists.at(-1) : undefined;
      if (playlist && path.length === 3) playlist.fields.set(third!, value);
      if (playlist && path.length === 5 && third === 'Playlist Items' && fifth === 'Track ID') playlist.trackIds.push(value);
    },
  });
  const folders = new Map(playlists.map((list) => [list.fields.get('Playlist Persistent ID') ?? '', list]));
  return playlists.filter(isOwn).map((list) => ({
    name: fullName(list, folders),
    entries: list.trackIds.flatMap((id) => tracks.get(id) ?? []),
  }));
}

function addToTrack(tracks: Map<string, PlaylistEntry>, id: string, key: string, value: string): void {
  let track = tracks.get(id);
  if (!track) {
    track = { locations: [], areUris: true, title: null, artist: null, label: null, durationSec: null };
    tracks.set(id, track);
  }
  if (key === 'Location') track.locations = [value];
  else if (key === 'Name') track.title = value.trim() || null;
  else if (key === 'Artist') track.artist = value.trim() || null;
  else if (key === 'Total Time') track.durationSec = milliseconds(value);
}

function isOwn({ fields }: ListedPlaylist): boolean {
  return !['Master', 'Folder'].some((key) => fields.get(key) === 'true') && !fields.has('Distinguished Kind');
}

function fullName({ fields }: ListedPlaylist, folders: ReadonlyMap<string, ListedPlaylist>): string | null {
  const names = [fields.get('Name') ?? ''];
  let parent = folders.get(fields.get('Parent Persistent ID') ?? '-');
  for (let i = 0; parent && i < MAX_FOLDERS; i++) {
    names.unshift(parent.fields.get('Name') ?? '');
    parent = folders.get(parent.fields.get('Parent Persistent ID') ?? '-');
  }
  return names.filter((name) => name.trim() !== '').join(' / ') || null;
}

interface PlistListener {
  /** A dictionary or an array begins there. */
  begin(path: Path): void;
  /** A plain value; "true" and "false" for flags. */
  value(path: Path, value: string): void;
}

function readPlist(content: string, listener: PlistListener): void {
  const path: (string | null)[] = [];
  const inArray: boolean[] = [];
  const isGroup = (name: string) => name === 'dict' || name === 'array';
  readXml(content, {
    open(name) {
      if (!isGroup(name)) return;
      if (inArray.length > 0) listener.begin(path);
      inArray.push(name === 'array');
      path.push(null);
    },
    close(name, text) {
      if (isGroup(name)) {
        inArray.pop();
        path.pop();
      } else if (name === 'key') path[path.length - 1] = text;
      else if (path.length > 0) listener.value(path, name === 'true' || name === 'false' ? name : text);
    },
  });
}
