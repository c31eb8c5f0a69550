// Navidrome smart playlists (.nsp, JSON). Live rules become its rules; every other list is any of its files' paths below the
// music folder, for Navidrome has no file of a fixed list but M3U.
import type { SmartRules } from '../../domain/smart-rules.ts';
import { hasUtf8Form } from './file-uri.ts';
import { NAVIDROME_FIELDS } from './navidrome-fields.ts';
import { type Criterion, translateRules } from './navidrome-rules.ts';
import type { PlaylistFormatWriter } from './playlist-format.ts';

/** SQLite takes no expression deeper than 1000 and no more than 32,766 values; Navidrome asks it all at once. */
const PATHS_A_GROUP = 200;
const MAX_PATHS = 30_000;
const ORDER_LOST = 'Navidrome sorts such a list itself: the order is lost. M3U8 keeps it.';

export const NAVIDROME_NSP: PlaylistFormatWriter = {
  name: 'Navidrome smart playlist',
  extension: '.nsp',
  mediaType: 'application/json; charset=utf-8',
  obstacle({ pathInRoot }) {
    if (pathInRoot === null) return 'It lies outside the music folders, where Navidrome does not look.';
    return hasUtf8Form(pathInRoot) ? null : 'Its path is not valid Unicode.';
  },
  notes: ({ tracks }) => [
    ORDER_LOST,
    ...(tracks.length > MAX_PATHS ? [`Navidrome reads ${MAX_PATHS} paths at most; this list has ${tracks.length}.`] : []),
  ],
  write({ name, tracks }) {
    const paths = tracks.map(({ pathInRoot }): Criterion => ({ is: { filepath: pathInRoot } }));
    const groups: Criterion[] = [];
    for (let i = 0; i < paths.length; i += PATHS_A_GROUP) groups.push({ any: paths.slice(i, i + PATHS_A_GROUP) });
    return toJson({ name, any: groups.length === 1 ? paths : groups, sort: 'filepath' });
  },
  writeRules(name, rules, roots) {
    const { criterion, notes } = translateRules(rules.where, roots);
    if (criterion === null) return null;
    return { text: toJson({ name, ...criterion, ...orderOf(rules, notes), ...limitOf(rules, notes) }), notes };
  },
};

function orderOf({ sort, randomSeed }: SmartRules, notes: string[]): { sort?: string; order?: 'asc' | 'desc' } {
  const [first, ...others] = sort;
  if (!first) return randomSeed === null ? {} : { sort: 'random' };
  const field = NAVIDROME_FIELDS[first.field];
  if (!field?.sortable) {
    notes.push(`Navidrome cannot sort by ${first.field}.`);
    return {};
  }
  if (others.length > 0) notes.push(`Only the sorting by ${first.field} was written: Navidrome sorts by one field.`);
  return { sort: field.name, order: first.descending ? 'desc' : 'asc' };
}

function limitOf({ limit }: SmartRules, notes: string[]): { limit?: number } {
  if (limit === null) return {};
  if (limit.by === 'tracks') return { limit: limit.n };
  notes.push(`Navidrome knows no limit in ${limit.by}: it was left out.`);
  return {};
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
