// What an act on a playlist did, in plain English: for the command line.
import type { PlaylistDeed } from './playlist-deed.ts';

/** "Removed “Mine”" */
export function playlistDeedWords(deed: PlaylistDeed): string {
  switch (deed.code) {
    case 'said':
      return deed.text;
    case 'made':
      return `Made the playlist “${deed.name}”`;
    case 'renamed':
      return `Renamed “${deed.from}” to “${deed.to}”`;
    case 'rulesChanged':
      return `Changed the rules of “${deed.name}”`;
    case 'recipeChanged':
      return `Changed the recipe of “${deed.name}”`;
    case 'madeAgain':
      return `Made “${deed.name}” again`;
    case 'removed':
      return `Removed “${deed.name}”`;
    case 'added':
      return `Added ${tracks(deed.n)} to “${deed.name}”`;
    case 'taken':
      return `Removed ${tracks(deed.n)} from “${deed.name}”`;
    case 'moved':
      return `Moved ${tracks(deed.n)} in “${deed.name}”`;
  }
}

function tracks(n: number): string {
  return n === 1 ? '1 track' : `${n} tracks`;
}
