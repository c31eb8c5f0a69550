// Every migration in order; the library's schema number is how many of them it has seen. A new one is a file and a line here.
import { FIRST_LIBRARY } from './0001-first-library.ts';
import { OWN_GENRES } from './0002-own-genres.ts';

export const MIGRATIONS: readonly string[] = [FIRST_LIBRARY, OWN_GENRES];
