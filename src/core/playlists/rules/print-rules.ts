// Writes smart rules as text; parse-rules.ts reads the same rules from it.
import type { RuleOperator } from '../../domain/smart-rule-fields.ts';
import { isGroup, type Rule, type RuleCondition, type SmartRules } from '../../domain/smart-rules.ts';

/** How each operator is said. */
export const OPERATOR_WORDS: Readonly<Record<RuleOperator, string>> = {
  is: 'is',
  isNot: 'is not',
  contains: 'contains',
  containsNot: 'does not contain',
  begins: 'begins with',
  ends: 'ends with',
  matches: 'matches',
  in: 'in',
  notIn: 'not in',
  less: '<',
  greater: '>',
  atMost: '<=',
  atLeast: '>=',
  between: 'between',
  before: 'before',
  after: 'after',
  inLastDays: 'in the last',
  notInLastDays: 'not in the last',
  empty: 'is empty',
  notEmpty: 'is not empty',
};

export function printRules({ where, sort, randomSeed, limit, live }: SmartRules): string {
  const lines = printRule(where, '');
  if (sort.length > 0)
    lines.push(`sort by ${sort.map(({ field, descending }) => field + (descending ? ' descending' : '')).join(', ')}`);
  if (randomSeed !== null) lines.push(`random ${randomSeed}`);
  if (limit !== null) lines.push(`limit ${printNumber(limit.n)} ${limit.by}`);
  if (!live) lines.push('frozen');
  return `${lines.join('\n')}\n`;
}

function printRule(rule: Rule, indent: string): string[] {
  if (!isGroup(rule)) return [indent + printCondition(rule)];
  const inner = rule.rules.flatMap((part) => printRule(part, `${indent}  `));
  return inner.length === 0 ? [`${indent}${rule.match} { }`] : [`${indent}${rule.match} {`, ...inner, `${indent}}`];
}

/** One line: `tempo between 90 and 110`. */
export function printCondition({ field, op, value, trackId }: RuleCondition): string {
  if (field === 'playlist') return `${OPERATOR_WORDS[op]} playlist ${printValue(value)}`;
  const name = trackId === undefined ? field : `${field} to ${trackId}`;
  if (op === 'empty' || op === 'notEmpty') return `${name} ${OPERATOR_WORDS[op]}`;
  if (op === 'inLastDays' || op === 'notInLastDays') return `${name} ${OPERATOR_WORDS[op]} ${printValue(value)} days`;
  if (op === 'between' && Array.isArray(value)) return `${name} between ${value.map(printValue).join(' and ')}`;
  if (Array.isArray(value)) return `${name} ${OPERATOR_WORDS[op]} (${value.map(printValue).join(', ')})`;
  return `${name} ${OPERATOR_WORDS[op]} ${printValue(value)}`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function printValue(value: RuleCondition['value'] | string | number): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  if (DAY.test(text)) return text;
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
