// All messages by language.
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import type { Language } from './languages.ts';
import type { Messages } from './message-keys.ts';

export const CATALOGUE: Readonly<Record<Language, Messages>> = { en, de };
