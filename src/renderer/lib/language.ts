// The window's language. A change mounts the window's components anew, so words may be asked for anywhere but while a module loads.
import { createSubscriber } from 'svelte/reactivity';
import { DATE_LOCALES, type Language, NUMBER_LOCALES, WRITES_NAMES_SMALL } from '../../messages/languages.ts';
import type { MessageKey } from '../../messages/message-keys.ts';
import { type MessageValues, translate } from '../../messages/translate.ts';

let current: Language = 'en';
let changed = (): void => {};
const watch = createSubscriber((update) => {
  changed = update;
  return () => {
    changed = () => {};
  };
});

/** The language of now; an effect that asks runs again when it changes. */
export function language(): Language {
  watch();
  return current;
}

export function setLanguage(chosen: Language): void {
  if (chosen === current) return;
  current = chosen;
  changed();
}

/** A message of the catalogue in the window's language. */
export function t(key: MessageKey, values?: MessageValues): string {
  return translate(current, key, values);
}

export function numberLocale(): string {
  return NUMBER_LOCALES[current];
}

export function dateLocale(): string {
  return DATE_LOCALES[current];
}

/** "Tempo" inside an English sentence is "tempo"; German keeps it. */
export function nameInside(name: string): string {
  return WRITES_NAMES_SMALL[current] ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** "Hip-Hop" inside an English sentence is "hip-hop"; names in capitals stay, and German keeps all. */
export function genreInside(genre: string): string {
  return WRITES_NAMES_SMALL[current] && genre !== genre.toUpperCase() ? genre.toLowerCase() : genre;
}
