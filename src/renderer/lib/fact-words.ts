// The facts by which a track fits rules, in the window's language: "Tempo 98 BPM, genre Jazz." is a field and a value each.
import { RULE_FIELDS, type RuleField } from '../../contract/index.ts';
import { formatCount, formatDay } from './format.ts';
import { t } from './language.ts';
import { plainPattern } from './plain-pattern.ts';
import { choiceName, fieldName } from './rule-field-words.ts';

const uncapitalised = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const ALL = RULE_FIELDS.map(({ label }) => label).sort((a, b) => b.length - a.length);
const anyOf = (labels: readonly string[]): string => labels.map(plainPattern).join('|');
const FIRST = anyOf(ALL);
const LATER = anyOf(ALL.map(uncapitalised));
const SENTENCE = new RegExp(`(?:${FIRST}) .+?\\.(?= |$)`, 'y');
const COMMA = new RegExp(`, (?=(?:${LATER}) )`);
const FACT = new RegExp(`^(${FIRST}|${LATER}) (.+)$`);
const NUMBER = /^(-?\d+(?:\.(\d+))?)( .*)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Null where no such sentence begins at a place. */
export function readFacts(text: string, at: number): { said: string; end: number } | null {
  SENTENCE.lastIndex = at;
  const sentence = SENTENCE.exec(text)?.[0];
  if (sentence === undefined) return null;
  const said = sentence.slice(0, -1).split(COMMA).map(factHere);
  return { said: `${said.join(', ')}.`, end: at + sentence.length };
}

/** A field by what the engine calls it. */
export function fieldOf(label: string): string {
  const field = RULE_FIELDS.find((known) => known.label === label);
  return field ? fieldName(field) : label;
}

function factHere(fact: string): string {
  const [, label = '', value = ''] = FACT.exec(fact) ?? [];
  const field = RULE_FIELDS.find((known) => known.label === label || uncapitalised(known.label) === label);
  return field ? `${fieldName(field)} ${valueHere(field, value)}` : fact;
}

function valueHere({ name, type }: RuleField, value: string): string {
  if (value === 'unknown') return t('sentences.unknown');
  if (type === 'flag') return t(value === 'yes' ? 'rules.yes' : 'rules.no');
  if (type === 'choice') return choiceName(name, value);
  if (type === 'date' && DAY.test(value)) return formatDay(Date.parse(value));
  const [, number, digits = '', unit = ''] = type === 'number' ? (NUMBER.exec(value) ?? []) : [];
  return number === undefined || name === 'year' ? value : formatCount(Number(number), digits.length) + unit;
}
