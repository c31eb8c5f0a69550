// Moods in the window's language: the engine names them by a few words, "calm, slow (2)".
import { CATALOGUE } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/message-keys.ts';
import { t } from './language.ts';

type MoodWord = Extract<keyof Messages['recipes'], `moodWord_${string}`>;

const NUMBERED = /^(.*?)( \(\d+\))?$/;

/** Words that the catalogue does not know stay as they are. */
export function moodName(name: string): string {
  const [, words = name, number = ''] = NUMBERED.exec(name) ?? [];
  return words.split(', ').map(wordOf).join(', ') + number;
}

function wordOf(word: string): string {
  const key = `moodWord_${word.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return isKnown(key) ? t(`recipes.${key}`) : word;
}

function isKnown(key: string): key is MoodWord {
  return Object.hasOwn(CATALOGUE.en.recipes, key);
}
