// What a person should know of a list that a recipe made, in the window's language.
import type { RecipeNote } from '../../contract/index.ts';
import { countOf, formatCount } from './format.ts';
import { t } from './language.ts';

export function recipeNoteInWords(note: RecipeNote): string {
  switch (note.code) {
    case 'tooFew':
      return t('recipes.note_tooFew', { n: note.n, total: note.nAsked });
    case 'nearest': {
      const gapSec = Math.abs(note.gapSec);
      const span = gapSec < 120 ? t('units.seconds', { n: Math.round(gapSec) }) : countOf(Math.round(gapSec / 60), 'minute');
      return t('recipes.note_nearest', { minutes: note.minutes, span, more: note.gapSec < 0 ? 'shorter' : 'longer' });
    }
    case 'transitions':
      return t('recipes.note_transitions', { n: note.n, total: note.total });
    case 'steps':
      return t('recipes.note_steps', { far: formatCount(note.largest, 2), direct: formatCount(note.direct, 2) });
    case 'noTrackFits':
      return t('recipes.note_noTrackFits');
    default:
      return t(`recipes.note_${note.code}`, { n: note.n });
  }
}
