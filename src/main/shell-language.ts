// The language of the menu and of the system's dialogs: the one that the settings name.

import type { Failure } from '../contract/index.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../contract/index.ts';
import type { Engine } from '../engine/engine.ts';
import { failureSentence } from '../messages/failures.ts';
import { type Language, languageFor } from '../messages/languages.ts';
import type { Messages } from '../messages/message-keys.ts';
import { translate } from '../messages/translate.ts';

let current: Language = 'en';

export function say(key: keyof Messages['menu']): string {
  return translate(current, `menu.${key}`);
}

export function sayFailure({ code, message }: Failure): string {
  return failureSentence(current, code, message);
}

export interface FollowedLanguage {
  engine: Pick<Engine, 'handle' | 'onEvent'>;
  /** The computer's languages, the most wanted first. */
  preferred(): readonly string[];
  /** Called once the language is known, and whenever it has changed. */
  changed(): void;
}

/** Follows the settings from now on. */
export async function followLanguage({ engine, preferred, changed }: FollowedLanguage): Promise<void> {
  const read = async (): Promise<void> => {
    const { result } = await engine.handle({ type: 'request', id: 0, name: 'settings.get', input: {} });
    const parsed = settingsSchema.safeParse(result.ok ? result.value : DEFAULT_SETTINGS);
    const language = languageFor(parsed.success ? parsed.data.language : 'system', preferred());
    if (language === current) return;
    current = language;
    changed();
  };
  engine.onEvent(({ name }) => {
    if (name === 'settings.changed') void read();
  });
  await read();
}
