// Every migration in order; the library's schema number is how many of them it has seen. A new one is a file and a line here.
import { FIRST_LIBRARY } from './0001-first-library.ts';
import { OWN_GENRES } from './0002-own-genres.ts';
import { SOUND_VECTORS } from './0003-sound-vectors.ts';
import { MAPS } from './0004-maps.ts';
import { PLAYLISTS } from './0005-playlists.ts';
import { TAG_WRITES } from './0006-tag-writes.ts';
import { MORE_SORTS } from './0007-more-sorts.ts';

export const MIGRATIONS: readonly string[] = [FIRST_LIBRARY, OWN_GENRES, SOUND_VECTORS, MAPS, PLAYLISTS, TAG_WRITES, MORE_SORTS];
