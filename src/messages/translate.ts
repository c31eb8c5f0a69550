// A message of the catalogue in a language, with its values put in by the rules of ICU MessageFormat.
import { IntlMessageFormat } from 'intl-messageformat';
import { CATALOGUE } from './catalogue.ts';
import { type Language, NUMBER_LOCALES } from './languages.ts';
import type { Area, MessageKey } from './message-keys.ts';

export type MessageValues = Readonly<Record<string, string | number>>;

const formats = new Map<string, IntlMessageFormat>();

/** @throws Error when a value that the message names is not given */
export function translate(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const text = messageOf(language, key);
  // Most messages hold no value: they need no parser.
  if (!text.includes('{') && !text.includes("'")) return text;
  const id = `${language} ${key}`;
  let format = formats.get(id);
  if (!format) {
    format = new IntlMessageFormat(text, NUMBER_LOCALES[language], undefined, { ignoreTag: true });
    formats.set(id, format);
  }
  return format.format(values) as string;
}

/** The message as it is written. */
export function messageOf(language: Language, key: MessageKey): string {
  const point = key.indexOf('.');
  const area = CATALOGUE[language][key.slice(0, point) as Area] as Readonly<Record<string, string>>;
  return area[key.slice(point + 1)]!;
}
