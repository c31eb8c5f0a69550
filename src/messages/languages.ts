// The languages that the window speaks. A new one is a folder beside `en`, and a line in each table here and in `catalogue.ts`.

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Whose habits numbers follow, and whose dates do. */
export const NUMBER_LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', de: 'de-DE' };
export const DATE_LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** Whether a name that opens a line with a capital is written small inside a sentence. */
export const WRITES_NAMES_SMALL: Readonly<Record<Language, boolean>> = { en: true, de: false };

/** The chosen language; 'system' takes the first of the computer's languages (BCP 47 tags) that is spoken here. */
export function languageFor(choice: 'system' | Language, preferred: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const known = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (known) return known;
  }
  return 'en';
}
