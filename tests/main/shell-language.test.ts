// The menu speaks the language of the settings, and follows when it changes.
import { expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type EventMessage } from '../../src/contract/index.ts';
import { followLanguage, say, sayFailure } from '../../src/main/shell-language.ts';

test('the language of the settings, else of the computer, with failures in it', async () => {
  let language: 'system' | 'en' | 'de' = 'system';
  let tell: (message: EventMessage) => void = () => {};
  const changed = vi.fn();
  const engine = {
    handle: async () => ({
      type: 'response' as const,
      id: 0,
      result: { ok: true as const, value: { ...DEFAULT_SETTINGS, language } },
    }),
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  };
  await followLanguage({ engine, preferred: () => ['de-AT', 'en'], changed });
  expect(say('quit')).toBe('Beenden');
  expect(sayFailure({ code: 'export.exists', message: 'a.m3u8 exists.' })).toBe('Die Datei gibt es schon: a.m3u8 exists.');
  expect(changed).toHaveBeenCalledTimes(1);

  language = 'en';
  tell({ type: 'event', name: 'settings.changed', payload: {} });
  await vi.waitFor(() => expect(say('quit')).toBe('Quit'));
  expect(sayFailure({ code: 'export.exists', message: 'a.m3u8 exists.' })).toBe('a.m3u8 exists.');

  tell({ type: 'event', name: 'settings.changed', payload: {} });
  await new Promise((resolve) => setTimeout(resolve));
  expect(changed).toHaveBeenCalledTimes(2);
});
