// Random smart rules that fit their schema, for property tests.
import fc from 'fast-check';
import { OPERATORS_OF, RULE_FIELDS, type RuleField, type RuleOperator } from '../../src/core/domain/smart-rule-fields.ts';
import { GROUP_MATCHES, type RuleCondition, type RuleGroup, type SmartRules } from '../../src/core/domain/smart-rules.ts';

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

export interface RuleTaste {
  fields: readonly RuleField[];
  text: fc.Arbitrary<string>;
  number(field: RuleField): fc.Arbitrary<number>;
}

/** Any text but NUL, any number. */
export const ANYTHING: RuleTaste = {
  fields: RULE_FIELDS,
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !text.includes('\u0000')),
  number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
};

function oneValue(field: RuleField, taste: RuleTaste): fc.Arbitrary<string | number | boolean> {
  if (field.type === 'number' || field.type === 'distance') return taste.number(field);
  if (field.type === 'date') return day;
  if (field.type === 'flag') return fc.boolean();
  if (field.type === 'choice') return fc.constantFrom(...field.choices!);
  return taste.text;
}

function comparedWith(field: RuleField, op: RuleOperator, taste: RuleTaste): fc.Arbitrary<RuleCondition['value']> {
  const value = oneValue(field, taste) as fc.Arbitrary<string | number>;
  if (op === 'empty' || op === 'notEmpty') return fc.constant(null);
  if (op === 'inLastDays' || op === 'notInLastDays') return fc.integer({ min: 1, max: 30_000 });
  if (op === 'between') return fc.array(value, { minLength: 2, maxLength: 2 });
  if ((op === 'in' || op === 'notIn') && field.type !== 'playlist') return fc.array(value, { minLength: 1, maxLength: 4 });
  return value;
}

export function condition(taste: RuleTaste): fc.Arbitrary<RuleCondition> {
  return fc
    .constantFrom(...taste.fields)
    .chain((field) => fc.constantFrom(...OPERATORS_OF[field.type]).map((op) => ({ field, op })))
    .chain(({ field, op }) =>
      fc.record({
        field: fc.constant(field.name),
        op: fc.constant(op),
        value: comparedWith(field, op, taste),
        ...(field.type === 'distance' && { trackId: fc.integer({ min: 1, max: 9 }) }),
      }),
    );
}

export function group(taste: RuleTaste): fc.Arbitrary<RuleGroup> {
  const { tree } = fc.letrec<{ tree: RuleGroup }>((tie) => ({
    tree: fc.record({
      match: fc.constantFrom(...GROUP_MATCHES),
      rules: fc.array(fc.oneof({ maxDepth: 3, withCrossShrink: true }, condition(taste), tie('tree')), { maxLength: 4 }),
    }),
  }));
  return tree;
}

export function smartRules(taste: RuleTaste): fc.Arbitrary<SmartRules> {
  const sortable = RULE_FIELDS.filter(({ sortable }) => sortable).map(({ name }) => name);
  return fc.record({
    where: group(taste),
    sort: fc.array(fc.record({ field: fc.constantFrom(...sortable), descending: fc.boolean() }), { maxLength: 3 }),
    randomSeed: fc.option(fc.integer({ min: 0, max: 0xffffffff })),
    limit: fc.option(
      fc.oneof(
        fc.record({ by: fc.constant('tracks' as const), n: fc.integer({ min: 1, max: 1000 }) }),
        fc.record({ by: fc.constant('minutes' as const), n: fc.double({ min: 0.5, max: 1e6, noNaN: true }) }),
        fc.record({ by: fc.constant('percent' as const), n: fc.double({ min: 0.1, max: 100, noNaN: true }) }),
      ),
    ),
    live: fc.boolean(),
  });
}
