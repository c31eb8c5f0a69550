// The text form: what is printed is read as the same rules, what cannot be read is told with its place.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smartRulesSchema } from '../../../../src/core/domain/smart-rules.ts';
import { parseRules } from '../../../../src/core/playlists/rules/parse-rules.ts';
import { printRules } from '../../../../src/core/playlists/rules/print-rules.ts';
import { RuleTextError } from '../../../../src/core/playlists/rules/rule-tokens.ts';
import { ANYTHING, smartRules } from '../../../support/random-rules.ts';

test('what is printed is read as the same rules', () => {
  fc.assert(
    fc.property(smartRules(ANYTHING), (rules) => {
      expect(smartRulesSchema.parse(rules)).toEqual(rules);
      expect(parseRules(printRules(rules))).toEqual(rules);
    }),
    { numRuns: 500 },
  );
});

test('any text is read or told to be unreadable at a place inside it', () => {
  const piece = fc.constantFrom(
    'all',
    '{',
    '}',
    'genre',
    'is',
    '"Jazz"',
    'not',
    'tempo',
    '<',
    '12',
    'and',
    'sort',
    'by',
    '(',
    ',',
    '\n',
    '#',
    '"',
    '§',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join(' ');
      try {
        parseRules(text);
      } catch (error) {
        if (!(error instanceof RuleTextError)) throw error;
        const line = text.split('\n')[error.line - 1];
        expect(line).toBeDefined();
        expect(error.column).toBeLessThanOrEqual(line!.length + 1);
      }
    }),
    { numRuns: 500 },
  );
});

describe('as a person writes it', () => {
  const only = (text: string) => parseRules(text).where.rules[0];

  test('conditions without a block are joined by “and” or by “or”', () => {
    expect(parseRules('genre is Jazz and tempo > 120').where).toMatchObject({
      match: 'all',
      rules: [{ value: 'Jazz' }, { value: 120 }],
    });
    expect(parseRules('genre is Jazz or tempo > 120').where.match).toBe('any');
    expect(parseRules('GENRE IS Jazz').where).toEqual(parseRules('all { genre is "Jazz" }').where);
  });

  test('shares in percent, times as on a clock, remarks', () => {
    expect(only('vocals < 5% # hardly any')).toMatchObject({ value: 0.05 });
    expect(only('duration between 4:30 and 1h')).toMatchObject({ value: [270, 3600] });
    expect(only('lastPlayed not in the last 30 days')).toMatchObject({ op: 'notInLastDays', value: 30 });
    expect(only('not in playlist "Friday, late"')).toMatchObject({ field: 'playlist', op: 'notIn', value: 'Friday, late' });
  });

  test.each([
    ['genre is Jazz\nand tempo > fast', 2, 13, /number is expected here, not “fast”/],
    ['all {\n  genre is Jazz', 1, 5, /no “}”/],
    ['gener is Jazz', 1, 1, /field is expected here, not “gener”/],
    ['title is "half', 1, 10, /closing quote/],
    ['tempo contains "1"', 1, 1, /cannot be compared that way/],
    ['camelot is 13A', 1, 1, /one of 1A/],
    ['added after 2026-02-30', 1, 1, /day such as/],
    ['genre is a or tempo > 1 and year = 2', 1, 25, /blocks/],
    ['sort by title\nsort by album', 2, 1, /said already/],
    ['limit 0 tracks', 1, 1, /./],
    ['genre is Jazz ?', 1, 15, /means nothing/],
  ])('%j is told at %d:%d', (text, line, column, sentence) => {
    expect(() => parseRules(text)).toThrow(expect.objectContaining({ code: 'input.invalid', line, column }));
    expect(() => parseRules(text)).toThrow(sentence);
  });
});
