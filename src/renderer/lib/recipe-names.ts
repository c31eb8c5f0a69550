// What a recipe's list could be called.
import { countOf } from './format.ts';
import { t } from './language.ts';
import { moodName } from './mood-words.ts';
import type { RecipeForm } from './recipe-forms.ts';

/** @param titleOf the title of a track by its id */
export function suggestedName(form: RecipeForm, titleOf: (id: number) => string): string {
  const title = (id: number | null): string => (id === null ? t('recipes.oneTrack') : titleOf(id));
  switch (form.kind) {
    case 'genre':
      return form.genre === '' ? t('recipes.suggestGenre') : form.genre;
    case 'mood':
      return form.mood === null ? t('recipes.suggestMood') : capitalised(moodName(form.mood.name));
    case 'arc':
      return t('recipes.suggestArc', { shape: form.arcShape, field: form.arcField });
    case 'time': {
      const time = countOf(form.minutes, 'minute');
      return form.onlyGenre === '' ? time : t('recipes.suggestTimeOf', { time, genre: form.onlyGenre });
    }
    case 'like': {
      const [first, ...others] = form.likeIds;
      return t('recipes.suggestLike', { title: title(first ?? null), more: others.length });
    }
    case 'path':
      return t('recipes.suggestPath', { from: title(form.fromId), to: title(form.toId) });
    case 'mix':
      return form.onlyGenre === '' ? t('recipes.suggestMix') : t('recipes.suggestMixOf', { genre: form.onlyGenre });
    case 'unplayed':
      return t('recipes.suggestUnplayed');
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
