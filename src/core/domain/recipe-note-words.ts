// What a person should know of a list that a recipe made, in plain English: for the command line.
import type { RecipeNote } from './recipe-note.ts';

export function recipeNoteWords(note: RecipeNote): string {
  switch (note.code) {
    case 'noTrackFits':
      return 'No track fits.';
    case 'tooFew':
      return `${note.n} tracks fit; ${note.nAsked} were asked for.`;
    case 'nearest':
      return `The nearest to ${note.minutes} minutes is ${spanWords(Math.abs(note.gapSec))} ${note.gapSec < 0 ? 'shorter' : 'longer'}.`;
    case 'transitions':
      return `${note.n} of ${note.total} transitions do not mix by key and tempo.`;
    case 'artistAgain':
      return `An artist follows itself ${note.n === 1 ? 'once' : `${note.n} times`}.`;
    case 'lost':
      return `${note.n} of the chosen tracks cannot be played or do not fit the filter.`;
    case 'between':
      return `Only ${note.n} tracks lie between the two.`;
    case 'steps':
      return `The largest step is ${note.largest.toFixed(2)}, the two ends are ${note.direct.toFixed(2)} apart.`;
  }
}

function spanWords(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
}
