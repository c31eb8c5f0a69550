// Smart rules as Navidrome's criteria. It has no "none": a negation is carried down to the conditions, where it has an
// opposite. What it cannot say is left out and told.
import type { GroupMatch, Rule, RuleCondition, RuleGroup, RuleValue } from '../../domain/smart-rules.ts';
import { isGroup } from '../../domain/smart-rules.ts';
import { printCondition } from '../rules/print-rules.ts';
import { NAVIDROME_FIELDS, type NavidromeField } from './navidrome-fields.ts';

export type Criterion = { all: Criterion[] } | { any: Criterion[] } | Record<string, Record<string, unknown>>;

export interface Translation {
  /** Null when nothing could be said. */
  criterion: { all: Criterion[] } | { any: Criterion[] } | null;
  notes: string[];
}

const OPPOSITE: Partial<Record<RuleCondition['op'], RuleCondition['op']>> = {
  is: 'isNot',
  isNot: 'is',
  contains: 'containsNot',
  containsNot: 'contains',
  in: 'notIn',
  notIn: 'in',
  less: 'atLeast',
  atLeast: 'less',
  greater: 'atMost',
  atMost: 'greater',
  inLastDays: 'notInLastDays',
  notInLastDays: 'inLastDays',
  empty: 'notEmpty',
  notEmpty: 'empty',
};
/** Numbers of Navidrome lie between: it has no "at least". */
const [LOWEST, HIGHEST] = [-1e12, 1e12];

/** @param roots the music folders: Navidrome's paths begin below its own */
export function translateRules(where: RuleGroup, roots: readonly string[]): Translation {
  const notes = new Set<string>();
  const criterion = translate(where, false, { roots, notes });
  if (criterion === null) return { criterion, notes: [...notes] };
  const isConjunction = 'all' in criterion || 'any' in criterion;
  return { criterion: (isConjunction ? criterion : { all: [criterion] }) as Translation['criterion'], notes: [...notes] };
}

interface Context {
  roots: readonly string[];
  notes: Set<string>;
}

const NEGATED_GROUP: Record<GroupMatch, 'all' | 'any'> = { all: 'any', any: 'all', none: 'any' };

function translate(rule: Rule, isNegated: boolean, context: Context): Criterion | null {
  if (!isGroup(rule)) return conditionOf(rule, isNegated, context);
  const negatesParts = isNegated !== (rule.match === 'none');
  const parts = rule.rules.map((part) => translate(part, negatesParts, context)).filter((part) => part !== null);
  if (parts.length === 0) return null;
  const plain = rule.match === 'any' ? 'any' : 'all';
  return isNegated ? group(NEGATED_GROUP[rule.match], parts) : group(plain, parts);
}

function group(kind: 'all' | 'any', parts: Criterion[]): Criterion {
  return kind === 'all' ? { all: parts } : { any: parts };
}

function conditionOf(condition: RuleCondition, isNegated: boolean, { roots, notes }: Context): Criterion | null {
  const field = NAVIDROME_FIELDS[condition.field];
  const criterion = field ? say(field, condition, isNegated, roots) : null;
  if (criterion === null) {
    notes.add(`Navidrome cannot say “${isNegated ? 'not: ' : ''}${printCondition(condition)}”: it was left out.`);
    return null;
  }
  if (field!.caveat !== null) notes.add(field!.caveat);
  return criterion;
}

function say(field: NavidromeField, condition: RuleCondition, isNegated: boolean, roots: readonly string[]): Criterion | null {
  if (condition.op === 'between') return sayBetween(field, condition.value as [RuleValue, RuleValue], isNegated);
  if (field.type === 'date' && (condition.op === 'is' || condition.op === 'isNot')) {
    return sayBetween(field, [condition.value, condition.value], isNegated !== (condition.op === 'isNot'));
  }
  if (field.type === 'date' && (condition.op === 'before' || condition.op === 'after')) {
    return sayDay(field.name, condition.op, String(condition.value), isNegated);
  }
  if (field.type === 'flag') return one('is', field.name, isNegated ? !condition.value : condition.value);
  const op = isNegated ? OPPOSITE[condition.op] : condition.op;
  if (op === undefined) return null;
  if (op === 'empty' || op === 'notEmpty') return one('isMissing', field.name, op === 'empty');
  if (op === 'inLastDays' || op === 'notInLastDays') {
    return one(op === 'inLastDays' ? 'inTheLast' : 'notInTheLast', field.name, Math.ceil(Number(condition.value)));
  }
  if (op === 'in' || op === 'notIn') {
    const single = (value: RuleValue) => say(field, { ...condition, op: op === 'in' ? 'is' : 'isNot', value }, false, roots);
    const parts = (condition.value as RuleValue[]).map(single);
    return parts.some((part) => part === null) ? null : group(op === 'in' ? 'any' : 'all', parts as Criterion[]);
  }
  if (field.type === 'number') return sayNumber(field, op, Number(condition.value) * field.factor);
  return field.type === 'path' ? sayPath(condition, op, roots) : sayText(field.name, op, String(condition.value));
}

const TEXT_WORDS: Partial<Record<RuleCondition['op'], string>> = {
  is: 'is',
  isNot: 'isNot',
  contains: 'contains',
  containsNot: 'notContains',
  begins: 'startsWith',
  ends: 'endsWith',
};

/** Navidrome takes % and _ in a part of a text for wildcards. */
function sayText(name: string, op: RuleCondition['op'], value: string): Criterion | null {
  const word = TEXT_WORDS[op];
  const isPart = op !== 'is' && op !== 'isNot';
  return word === undefined || (isPart && /[%_]/.test(value)) ? null : one(word, name, value);
}

function sayPath({ field, value }: RuleCondition, op: RuleCondition['op'], roots: readonly string[]): Criterion | null {
  const text = String(value);
  if (op === 'contains' || op === 'containsNot' || op === 'ends') return field === 'path' ? sayText('filepath', op, text) : null;
  if (op !== 'begins' && (field === 'folder' || (op !== 'is' && op !== 'isNot'))) return null;
  const below = pathInRoot(text, roots);
  return below === null || below === '' ? null : sayText('filepath', op, below);
}

function sayNumber({ name, tolerance }: NavidromeField, op: RuleCondition['op'], value: number): Criterion | null {
  const [low, high] = [value - tolerance, value + tolerance];
  if (op === 'is') return tolerance === 0 ? one('is', name, value) : one('inTheRange', name, [low, high]);
  if (op === 'isNot') return tolerance === 0 ? one('isNot', name, value) : outside(name, low, high);
  if (op === 'less') return one('lt', name, value);
  if (op === 'greater') return one('gt', name, value);
  if (op === 'atMost') return one('inTheRange', name, [LOWEST, value]);
  return op === 'atLeast' ? one('inTheRange', name, [value, HIGHEST]) : null;
}

function outside(name: string, low: number, high: number): Criterion {
  return group('any', [one('lt', name, low), one('gt', name, high)]);
}

function sayBetween(field: NavidromeField, [from, to]: [RuleValue, RuleValue], isNegated: boolean): Criterion | null {
  if (field.type === 'number') {
    const [low, high] = [Number(from) * field.factor, Number(to) * field.factor];
    return isNegated ? outside(field.name, low, high) : one('inTheRange', field.name, [low, high]);
  }
  if (field.type !== 'date') return null;
  const ends = [sayDay(field.name, 'before', String(from), !isNegated), sayDay(field.name, 'after', String(to), !isNegated)];
  return group(isNegated ? 'any' : 'all', ends);
}

/** Moments there are texts that begin with their day, so that a day itself sorts before all its moments. */
function sayDay(name: string, op: 'before' | 'after', day: string, isNegated: boolean): Criterion {
  const first = op === 'before' ? day : dayAfter(day);
  return one((op === 'before') === isNegated ? 'after' : 'before', name, first);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function one(word: string, name: string, value: unknown): Criterion {
  return { [word]: { [name]: value } };
}

/** Below the longest root that holds it, with '/'; null outside of all. */
export function pathInRoot(path: string, roots: readonly string[]): string | null {
  let best: string | null = null;
  for (const root of roots) {
    const stem = root.replace(/[\\/]+$/, '');
    const isBelow = path.startsWith(stem) && (path.length === stem.length || /^[\\/]/.test(path.slice(stem.length)));
    if (!isBelow) continue;
    const rest = path.slice(stem.length + 1);
    if (best === null || rest.length < best.length) best = rest;
  }
  return best !== null && isWindowsPath(path) ? best.replaceAll('\\', '/') : best;
}

function isWindowsPath(path: string): boolean {
  return /^([A-Za-z]:|\\\\)/.test(path);
}
