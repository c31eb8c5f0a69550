// What Navidrome's smart playlists call the fields of smart rules (its model/criteria). Fields that are not here it lacks.

export type NavidromeType = 'text' | 'number' | 'date' | 'flag' | 'path';

export interface NavidromeField {
  name: string;
  type: NavidromeType;
  /** Ours times this is theirs. */
  factor: number;
  /** Numbers no further apart than this are the same. */
  tolerance: number;
  sortable: boolean;
  /** What is not quite the same there. */
  caveat: string | null;
}

type Extra = Partial<Omit<NavidromeField, 'name' | 'type'>>;

function field(name: string, type: NavidromeType, extra: Extra = {}): NavidromeField {
  return { name, type, factor: 1, tolerance: 0, sortable: type !== 'path', caveat: null, ...extra };
}

const GENRE_CAVEAT = 'Navidrome knows the genres in the files, not those of Stemscape.';
const TEMPO_CAVEAT = 'Navidrome knows the tempo in the files, not the measured one.';
const PLAYS_CAVEAT = 'Navidrome counts its own plays.';

export const NAVIDROME_FIELDS: Readonly<Record<string, NavidromeField>> = {
  title: field('title', 'text'),
  artist: field('artist', 'text'),
  album: field('album', 'text'),
  albumArtist: field('albumartist', 'text'),
  year: field('year', 'number'),
  trackNumber: field('tracknumber', 'number'),
  discNumber: field('discnumber', 'number'),
  path: field('filepath', 'path', { sortable: true }),
  folder: field('filepath', 'path'),
  genre: field('genre', 'text', { caveat: GENRE_CAVEAT }),
  tagGenre: field('genre', 'text'),
  tempo: field('bpm', 'number', { caveat: TEMPO_CAVEAT }),
  tagTempo: field('bpm', 'number'),
  duration: field('duration', 'number', { tolerance: 0.5 }),
  bitRate: field('bitrate', 'number', { factor: 1 / 1000 }),
  channels: field('channels', 'number'),
  size: field('size', 'number'),
  cover: field('hascoverart', 'flag'),
  added: field('dateadded', 'date', { caveat: 'Navidrome counts from when it met a file itself.' }),
  modified: field('datemodified', 'date'),
  plays: field('playcount', 'number', { caveat: PLAYS_CAVEAT }),
  lastPlayed: field('lastplayed', 'date', { caveat: PLAYS_CAVEAT }),
};
