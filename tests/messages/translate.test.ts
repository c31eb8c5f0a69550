import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/messages/catalogue.ts';
import { LANGUAGES, languageFor } from '../../src/messages/languages.ts';
import type { Area, MessageKey } from '../../src/messages/message-keys.ts';
import { messageOf, translate } from '../../src/messages/translate.ts';
import { sourceFiles } from '../structure/source-files.ts';

const areas = Object.keys(CATALOGUE.en) as Area[];
const keys = areas.flatMap((area) => Object.keys(CATALOGUE.en[area]).map((name) => `${area}.${name}` as MessageKey));

describe('the catalogue', () => {
  it('names the same values in every language', () => {
    const differing = LANGUAGES.flatMap((language) =>
      keys
        .filter((key) => String(valuesOf(messageOf(language, key))) !== String(valuesOf(messageOf('en', key))))
        .map((key) => `${language} ${key}`),
    );
    expect(differing).toEqual([]);
  });

  it('leaves no message empty', () => {
    expect(LANGUAGES.flatMap((language) => keys.filter((key) => messageOf(language, key).trim() === ''))).toEqual([]);
  });

  it('holds no message that nobody says, and is given the values that it names', async () => {
    const files = (await sourceFiles()).filter(({ path }) => /^src\/(renderer|main)\//.test(path));
    const source = files.map(({ text }) => text).join('\n');
    // `t(`units.${name}`)` may say every message that begins so.
    const begun = [...source.matchAll(/`([a-z]\w*\.\w*)\$\{/g)].map((match) => match[1]!);
    const unused = keys.filter((key) => !source.includes(`'${key}'`) && !begun.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
    const calls = [...source.matchAll(/\bt\(\s*'([a-zA-Z]+\.\w+)'(?:,\s*\{([^{}]*)\})?\s*,?\s*\)/g)];
    const lacking = calls.flatMap(([call, key, given]) => {
      // What a spread gives is not known here; the message itself throws when a value is lacking.
      if (given?.includes('...')) return [];
      const names = (given ?? '').split(/,(?![^(]*\))/).map((part) => part.split(':')[0]!.trim());
      const missing = valuesOf(messageOf('en', key as MessageKey)).filter((name) => !names.includes(name));
      return missing.length > 0 ? [`${call} lacks ${missing}`] : [];
    });
    expect(lacking).toEqual([]);
  });
});

describe('a message', () => {
  it('counts by the rules of its language', () => {
    expect(translate('en', 'count.track', { n: 1 })).toBe('1 track');
    expect(translate('en', 'count.track', { n: 1204 })).toBe('1,204 tracks');
    expect(translate('de', 'count.playlist', { n: 1 })).toBe('1 Playlist');
    expect(translate('de', 'count.playlist', { n: 1204 })).toBe('1.204 Playlists');
  });

  it('does without a value only when it names none', () => {
    expect(() => translate('en', 'count.track')).toThrow(/n/);
  });

  it('keeps what a person typed as it is', () => {
    expect(translate('en', 'common.joined', { first: '<b>{x}', second: "It's" })).toBe("<b>{x}, It's");
  });
});

describe('the language', () => {
  it('is the one chosen, else the first of the computer that is spoken here, else English', () => {
    expect(languageFor('de', ['en-US'])).toBe('de');
    expect(languageFor('system', ['fr-FR', 'de-CH', 'en'])).toBe('de');
    expect(languageFor('system', ['fr'])).toBe('en');
    expect(languageFor('system', [])).toBe('en');
  });
});

/** Names of the values in a message, sorted. */
function valuesOf(message: string): string[] {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if ('value' in element) names.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
      if ('children' in element) walk(element.children);
    }
  };
  walk(parse(message, { ignoreTag: true }));
  return [...names].sort();
}
