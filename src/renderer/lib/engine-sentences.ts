// Sentences that the engine says in English, said in the window's language. The catalogue's English is the engine's own, so a
// message is also the pattern by which its sentence is known; a sentence that no message fits stays as it is.

import { RULE_FIELDS } from '../../contract/index.ts';
import { CATALOGUE } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/message-keys.ts';
import type { MessageValues } from '../../messages/translate.ts';
import { formatCount } from './format.ts';
import { language, t } from './language.ts';
import { plainPattern } from './plain-pattern.ts';
import { fieldName } from './rule-field-words.ts';

type SentenceKey = keyof Messages['sentences'];
type Read = { said: string; end: number };

const NUMBER = '[\\d.]+';
/** What may stand for a value; any text where nothing is said. */
const SHAPES: Readonly<Record<string, string>> = {
  n: NUMBER,
  rest: '.+',
  line: NUMBER,
  column: NUMBER,
  encoding: '\\S+',
};
const MAX_KNOWN = 2000;
const known = new Map<string, string>();
let patterns: { key: SentenceKey; pattern: RegExp }[] | null = null;

/** @param text one sentence of the engine or several, one after the other */
export function saidHere(text: string): string {
  if (language() === 'en') return text;
  const place = `${language()} ${text}`;
  const said = known.get(place) ?? sentencesFrom(text, 0)?.join(' ') ?? text;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(place, said);
  return said;
}

/** Null where the rest is not known to its end. */
function sentencesFrom(text: string, at: number): string[] | null {
  if (at >= text.length) return [];
  for (const read of readings(text, at)) {
    const others = sentencesFrom(text, read.end + 1);
    if (others) return [read.said, ...others];
  }
  return null;
}

function* readings(text: string, at: number): Generator<Read> {
  patterns ??= (Object.keys(CATALOGUE.en.sentences) as SentenceKey[]).map((key) => ({ key, pattern: patternOf(key) }));
  for (const { key, pattern } of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) yield { said: t(`sentences.${key}`, valuesOf(match.groups ?? {})), end: at + match[0].length };
  }
}

function patternOf(key: SentenceKey): RegExp {
  const parts = CATALOGUE.en.sentences[key].split(/\{(\w+)\}/);
  const source = parts.map((part, i) => (i % 2 === 0 ? plainPattern(part) : `(?<${part}>${SHAPES[part] ?? '.+?'})`));
  return new RegExp(`${source.join('')}(?= |$)`, 'y');
}

function valuesOf(groups: Readonly<Record<string, string>>): MessageValues {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, valueHere(name, value)]));
}

function valueHere(name: string, value: string): string {
  if (name === 'rest' || name === 'token') return saidHere(value);
  if (name === 'field') return fieldOf(value);
  if (SHAPES[name] === NUMBER && value.includes('.')) return formatCount(Number(value), value.length - value.indexOf('.') - 1);
  return value;
}

/** A field by what the engine calls it. */
function fieldOf(label: string): string {
  const field = RULE_FIELDS.find((known) => known.label === label);
  return field ? fieldName(field) : label;
}
