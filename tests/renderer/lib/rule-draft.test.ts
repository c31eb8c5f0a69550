// Rules while they are edited: they come back as they were, say what they miss, and keep what still has a meaning.
import { describe, expect, it } from 'vitest';
import { OPERATORS_OF, RULE_FIELDS, type RuleGroup } from '../../../src/contract/index.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import {
  addRule,
  conditionsIn,
  type DraftCondition,
  draftOf,
  newCondition,
  newGroup,
  problemOfDraft,
  type RuleField,
  replaceRule,
  rulesOfDraft,
  withOperator,
} from '../../../src/renderer/lib/rule-draft.ts';
import { choiceName, fieldName } from '../../../src/renderer/lib/rule-field-words.ts';
import { groupedFields, operatorName, shownNumber, typedNumber } from '../../../src/renderer/lib/rule-words.ts';

const fieldOf = (name: string): RuleField => {
  const field = RULE_FIELDS.find((known) => known.name === name)!;
  return {
    ...field,
    choices: field.choices && [...field.choices],
    operators: OPERATORS_OF[field.type].map((op) => ({ op, words: op })),
  };
};
const RULES: RuleGroup = {
  match: 'all',
  rules: [
    { field: 'genre', op: 'is', value: 'Jazz' },
    {
      match: 'any',
      rules: [
        { field: 'tempo', op: 'between', value: [90, 110] },
        { field: 'distance', op: 'less', value: 0.4, trackId: 7 },
        { match: 'none', rules: [{ field: 'added', op: 'inLastDays', value: 30 }] },
      ],
    },
  ],
};
const problemOf = (condition: DraftCondition): string | null => problemOfDraft(condition, fieldOf(condition.field));
const isFinished = (condition: DraftCondition): boolean => problemOf(condition) === null;

describe('rules while they are edited', () => {
  it('come back as they were', () => {
    expect(rulesOfDraft(draftOf(RULES), isFinished)).toEqual(RULES);
  });

  it('have a key of their own in every part', () => {
    const draft = draftOf(RULES);
    const keys = [draft.key, ...conditionsIn(draft).map(({ key }) => key)];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are replaced, taken out and added at any depth, and nothing else changes', () => {
    const draft = draftOf(RULES);
    const [, tempo] = conditionsIn(draft);
    const faster = replaceRule(draft, tempo!.key, { ...tempo!, value: [120, 130] });
    expect(conditionsIn(faster).map(({ value }) => value)).toEqual(['Jazz', [120, 130], 0.4, 30]);
    const fewer = replaceRule(draft, tempo!.key, null);
    expect(conditionsIn(fewer).map(({ field }) => field)).toEqual(['genre', 'distance', 'added']);
    const inner = draft.rules[1]!;
    const more = addRule(draft, inner.key, newCondition(fieldOf('title'), 'is'));
    expect(conditionsIn(more).map(({ field }) => field)).toEqual(['genre', 'tempo', 'distance', 'added', 'title']);
    expect(rulesOfDraft(draft, isFinished)).toEqual(RULES);
  });

  it('leave unfinished conditions out, and groups that only held those', () => {
    const draft = addRule(draftOf(RULES), 0, newCondition(fieldOf('title'), 'is'));
    const withGroup = { ...draft, rules: [...draft.rules, newGroup('any', [newCondition(fieldOf('year'), 'is')])] };
    expect(rulesOfDraft(withGroup, isFinished)).toEqual(RULES);
  });
});

describe('a new condition', () => {
  it('can be followed or says in a sentence what it misses, whatever its field and operator', () => {
    for (const { name, type } of RULE_FIELDS) {
      for (const op of OPERATORS_OF[type]) {
        const problem = problemOf(newCondition(fieldOf(name), op));
        expect(problem ?? 'None.', `${name} ${op}`).toMatch(/^[A-Z](?!.*(undefined|NaN)).*\.$/);
      }
    }
  });

  it.each([
    ['title', 'is', '', 'Type a text to compare with.'],
    ['tempo', 'less', '', 'Fill in a number.'],
    ['tempo', 'between', ['', 90], 'Fill in both ends.'],
    ['tempo', 'between', [120, 90], 'The first end is above the second.'],
    ['added', 'after', '', 'Choose a day.'],
    ['genre', 'in', [], 'Add one or more to compare genre with.'],
    ['playlist', 'in', '', 'Choose a playlist.'],
    ['distance', 'less', 0.3, 'Choose the track to measure from.'],
  ] as const)('on %s %s %j: %s', (name, op, value, sentence) => {
    const draft = { ...newCondition(fieldOf(name), op), value: Array.isArray(value) ? [...value] : (value as string | number) };
    expect(problemOf(draft)).toBe(sentence);
  });
});

describe('another operator', () => {
  it('keeps a value that still has a meaning and drops one that has none', () => {
    const tempo = fieldOf('tempo');
    const less = { ...newCondition(tempo, 'less'), value: 120 };
    expect(withOperator(less, tempo, 'atLeast').value).toBe(120);
    expect(withOperator(less, tempo, 'between').value).toEqual(['', '']);
    expect(withOperator(less, tempo, 'empty').value).toBeNull();
    const added = fieldOf('added');
    const after = { ...newCondition(added, 'after'), value: '2026-01-31' };
    expect(withOperator(after, added, 'inLastDays').value).toBe(30);
    expect(withOperator(withOperator(after, added, 'inLastDays'), added, 'before').value).toBe('');
    const genre = fieldOf('genre');
    const several = { ...newCondition(genre, 'in'), value: ['Jazz', 'Blues'] };
    expect(withOperator(several, genre, 'notIn').value).toEqual(['Jazz', 'Blues']);
    expect(withOperator(several, genre, 'is').value).toBe('');
  });
});

describe('the editor’s words', () => {
  it('have every field in exactly one group', () => {
    const names = groupedFields(RULE_FIELDS).flatMap(({ fields }) => fields.map(({ name }) => name));
    expect([...names].sort()).toEqual(RULE_FIELDS.map(({ name }) => name).sort());
  });

  it('are in English the engine’s own, and change with the language', () => {
    for (const field of RULE_FIELDS) expect(fieldName(field)).toBe(field.label);
    setLanguage('de');
    const german = RULE_FIELDS.map(fieldName);
    const modes = ['major', 'minor'].map((mode) => choiceName('mode', mode));
    setLanguage('en');
    expect(german.slice(0, 2)).toEqual(['Name', 'Interpret']);
    expect(modes).toEqual(['Dur', 'Moll']);
  });

  it('name every operator', () => {
    for (const { type } of RULE_FIELDS)
      for (const op of OPERATORS_OF[type]) expect(operatorName(op, type)).toMatch(/^is|^con|^do|^b|^e|^m/);
  });

  it.each([
    ['35', '0..1', 0.35],
    ['0,5', null, 0.5],
    ['4:30', 's', 270],
    ['1:02:03', 's', 3723],
    ['90', 's', 90],
    ['320', 'bit/s', 320_000],
    ['12.5', 'bytes', 12_500_000],
    ['fast', 'BPM', ''],
    ['', 'BPM', ''],
  ])('read %j of %s as %j', (text, unit, value) => {
    expect(typedNumber(text, unit)).toBe(value);
  });

  it.each(['0..1', 's', 'bit/s', 'bytes', 'BPM', null])('show and read numbers of %s alike', (unit) => {
    for (const value of [0, 1, 59, 60, 3599, 123_000]) expect(typedNumber(shownNumber(value, unit), unit)).toBeCloseTo(value, 6);
  });
});
