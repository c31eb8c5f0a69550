// Finds the entries of a read playlist in the library: by path, then by the last folders of the path (the music may lie under
// another root there), then by artist and title.
import type { TrackName } from '../../db/track-names.ts';
import type { ImportedPlaylist, MatchedBy } from '../../domain/playlist-files.ts';
import { foldText } from '../../domain/smart-rules.ts';
import { isStream, pathsOf } from './location-path.ts';
import type { PlaylistEntry } from './playlist-entry.ts';

/** Programs round and trim lengths differently. */
const LENGTH_TOLERANCE_SEC = 3;
const MAX_LABEL_SPLITS = 10;
/** So many files of the same name in folders of the same name tell nothing apart. */
const MAX_SAME = 1000;

export interface MatchLibrary {
  byPath(path: string): { id: number; path: string } | undefined;
  names(): Iterable<TrackName>;
}

type Found = { track: Pick<TrackName, 'id' | 'path'>; by: MatchedBy };
type Answer = Found | { reason: string };

export class EntryMatcher {
  readonly #library: MatchLibrary;
  readonly #folders: readonly string[];
  #index: NameIndex | null = null;

  /** @param folders that relative paths may start from: that of the playlist file, or the music folders where nobody knows it */
  constructor(library: MatchLibrary, folders: readonly string[]) {
    this.#library = library;
    this.#folders = folders;
  }

  match(entries: readonly PlaylistEntry[]): Pick<ImportedPlaylist, 'matched' | 'unmatched'> {
    const matched: ImportedPlaylist['matched'] = [];
    const unmatched: ImportedPlaylist['unmatched'] = [];
    for (const entry of entries) {
      const answer = this.#find(entry);
      const said = { location: entry.locations[0] ?? '', label: labelOf(entry) };
      if ('reason' in answer) unmatched.push({ ...said, reason: answer.reason });
      else matched.push({ ...said, trackId: answer.track.id, path: answer.track.path, by: answer.by });
    }
    return { matched, unmatched };
  }

  #find(entry: PlaylistEntry): Answer {
    if (entry.locations.length > 0 && entry.locations.every(isStream)) return { reason: 'It is a stream, not a file.' };
    for (const path of pathsOf(entry, this.#folders)) {
      const track = this.#library.byPath(path);
      if (track) return { track, by: 'path' };
    }
    this.#index ??= new NameIndex(this.#library.names());
    const byFolders = this.#index.byFolders(pathsOf(entry, []), entry.durationSec);
    if (byFolders.length === 1) return { track: byFolders[0]!, by: 'folders' };
    const byTags = this.#index.byTags(artistsAndTitles(entry), entry.durationSec);
    if (byTags.length === 1) return { track: byTags[0]!, by: 'tags' };
    return { reason: reasonOf(byTags.length > 0 ? byTags : byFolders, byTags.length > 0) };
  }
}

function reasonOf(twins: readonly TrackName[], byTags: boolean): string {
  if (twins.length === 0) return 'No track in the library has its path, its last folders, or its artist and title.';
  const like = byTags ? 'that artist and title' : 'those last folders';
  return `${twins.length} tracks have ${like}, such as ${twins
    .slice(0, 2)
    .map(({ path }) => path)
    .join(' and ')}.`;
}

function labelOf({ artist, title, label }: PlaylistEntry): string | null {
  return label ?? (title === null ? null : artist === null ? title : `${artist} - ${title}`);
}

/** A label may be split at any of its dashes. */
function artistsAndTitles({ artist, title, label }: PlaylistEntry): { artist: string; title: string }[] {
  if (artist !== null && title !== null) return [{ artist, title }];
  const parts = label?.split(' - ', MAX_LABEL_SPLITS + 1) ?? [];
  return parts.slice(1).map((_, i) => ({ artist: parts.slice(0, i + 1).join(' - '), title: parts.slice(i + 1).join(' - ') }));
}

class NameIndex {
  /** By file name, and by the last folder and the file name. */
  readonly #byEnd = new Map<string, TrackName[]>();
  readonly #byTags = new Map<string, TrackName[]>();

  constructor(names: Iterable<TrackName>) {
    for (const track of names) {
      const parts = partsOf(track.path);
      put(this.#byEnd, endOf(parts, 1), track);
      if (parts.length > 1) put(this.#byEnd, endOf(parts, 2), track);
      if (track.artist !== null && track.title !== null) put(this.#byTags, tagKey(track.artist, track.title), track);
    }
  }

  /**
   * Those that share most last folders with a path: two names at least, unless a bare file name is all there is, or the
   * lengths are known and fit.
   */
  byFolders(paths: readonly string[], durationSec: number | null): TrackName[] {
    const all = paths.map(partsOf);
    const near = this.#longestCommon(all, 2, (track) => fitsLength(track, durationSec));
    if (near.length > 0 || durationSec === null) return near;
    return this.#longestCommon(all, 1, (track) => track.durationSec !== null && fitsLength(track, durationSec));
  }

  /** @param nNames that must be the same, counted from the end; as many as the path has where it has fewer */
  #longestCommon(paths: readonly string[][], nNames: number, fits: (track: TrackName) => boolean): TrackName[] {
    let best: TrackName[] = [];
    let longest = 0;
    for (const parts of paths) {
      const same = this.#byEnd.get(endOf(parts, Math.min(nNames, parts.length))) ?? [];
      if (same.length > MAX_SAME) continue;
      for (const track of same.filter(fits)) {
        const n = nCommon(parts, partsOf(track.path));
        if (n > longest) [best, longest] = [[], n];
        if (n === longest && !best.includes(track)) best.push(track);
      }
    }
    return preferred(best);
  }

  byTags(wanted: readonly { artist: string; title: string }[], durationSec: number | null): TrackName[] {
    const found = wanted.flatMap(({ artist, title }) => this.#byTags.get(tagKey(artist, title)) ?? []);
    return preferred([...new Set(found)].filter((track) => fitsLength(track, durationSec)));
  }
}

/** A track whose file is there counts before one that is missing. */
function preferred(tracks: TrackName[]): TrackName[] {
  const there = tracks.filter(({ isMissing }) => !isMissing);
  return there.length > 0 ? there : tracks;
}

function fitsLength(track: TrackName, durationSec: number | null): boolean {
  if (durationSec === null || track.durationSec === null) return true;
  return Math.abs(track.durationSec - durationSec) <= LENGTH_TOLERANCE_SEC;
}

/** Folders and name, compared whatever their case and however their accents are composed. */
function partsOf(path: string): string[] {
  return path
    .normalize('NFC')
    .toLowerCase()
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
}

function endOf(parts: readonly string[], n: number): string {
  return `${n}/${parts.slice(-n).join('/')}`;
}

function nCommon(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) n++;
  return n;
}

function tagKey(artist: string, title: string): string {
  return `${foldText(artist.trim())}\n${foldText(title.trim())}`;
}

function put(map: Map<string, TrackName[]>, key: string, track: TrackName): void {
  const list = map.get(key);
  if (list) list.push(track);
  else map.set(key, [track]);
}
