// Smart rules: conditions in nested groups, an order and a limit. What enters from outside is checked against these schemas.
import { z } from 'zod';
import { OPERATORS_OF, RULE_OPERATORS, type RuleField, ruleField } from './smart-rule-fields.ts';

export const GROUP_MATCHES = ['all', 'any', 'none'] as const;
export type GroupMatch = (typeof GROUP_MATCHES)[number];

const MAX_DEPTH = 20;
const MAX_CONDITIONS = 500;
const MAX_TEXT = 1000;
const MAX_LIST = 1000;

// NUL would end the text for SQLite.
const text = z
  .string()
  .max(MAX_TEXT)
  .refine((value) => !value.includes('\u0000'), 'A text may not hold NUL.');
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

const valueSchema = z.union([text, z.number(), z.boolean(), z.array(z.union([text, z.number()])).max(MAX_LIST), z.null()]);
export type RuleValue = z.output<typeof valueSchema>;

export const conditionSchema = z
  .object({
    field: z.string(),
    op: z.enum(RULE_OPERATORS),
    /** A text, a number or a flag; two for `between`; any number for `in`; days as "2026-01-31"; null for `empty`. */
    value: valueSchema,
    /** The track that `distance` is measured from. */
    trackId: z.number().int().positive().optional(),
  })
  .strict()
  .superRefine((condition, context) => {
    const problem = problemOf(condition);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
export type RuleCondition = z.output<typeof conditionSchema>;

export interface RuleGroup {
  match: GroupMatch;
  rules: Rule[];
}
export type Rule = RuleGroup | RuleCondition;

const groupSchema: z.ZodType<RuleGroup, RuleGroup> = z.lazy(() =>
  z
    .object({ match: z.enum(GROUP_MATCHES), rules: z.array(z.union([groupSchema, conditionSchema])).max(MAX_CONDITIONS) })
    .strict(),
);

export const ruleGroupSchema = groupSchema.superRefine((group, context) => {
  if (depthOf(group) > MAX_DEPTH) context.addIssue({ code: 'custom', message: `Groups go ${MAX_DEPTH} deep at most.` });
  const n = conditionsOf(group).length;
  if (n > MAX_CONDITIONS) context.addIssue({ code: 'custom', message: `There may be ${MAX_CONDITIONS} conditions at most.` });
});

const sortKeySchema = z
  .object({
    field: z.string().refine((name) => ruleField(name)?.sortable === true, 'Tracks cannot be sorted by that.'),
    descending: z.boolean(),
  })
  .strict();
export type RuleSortKey = z.output<typeof sortKeySchema>;

/** The first tracks in order: so many, as many as fit in so many minutes, or this share of the library. */
export const LIMIT_UNITS = ['tracks', 'minutes', 'percent'] as const;
export const ruleLimitSchema = z
  .object({ by: z.enum(LIMIT_UNITS), n: z.number().positive().max(1e9) })
  .strict()
  .refine(({ by, n }) => by !== 'tracks' || Number.isInteger(n), 'A count of tracks is a whole number.')
  .refine(({ by, n }) => by !== 'percent' || n <= 100, 'A share is 100 percent at most.');
export type RuleLimit = z.output<typeof ruleLimitSchema>;

export const smartRulesSchema = z
  .object({
    where: ruleGroupSchema,
    sort: z.array(sortKeySchema).max(20).default([]),
    /** Tracks that the sort leaves equal, or all without a sort, come in this seed's random order; null = in library order. */
    randomSeed: z.number().int().min(0).max(0xffffffff).nullable().default(null),
    limit: ruleLimitSchema.nullable().default(null),
    /** Live rules follow the library; others are followed once, until made again. */
    live: z.boolean().default(true),
  })
  .strict();
export type SmartRules = z.output<typeof smartRulesSchema>;

export const ALL_TRACKS: SmartRules = {
  where: { match: 'all', rules: [] },
  sort: [],
  randomSeed: null,
  limit: null,
  live: true,
};

export function isGroup(rule: Rule): rule is RuleGroup {
  return 'match' in rule;
}

export function conditionsOf(rule: Rule): RuleCondition[] {
  return isGroup(rule) ? rule.rules.flatMap(conditionsOf) : [rule];
}

function depthOf(rule: Rule): number {
  return isGroup(rule) ? 1 + Math.max(0, ...rule.rules.map(depthOf)) : 0;
}

/** The same rules with every condition replaced. */
export function mapConditions(group: RuleGroup, change: (condition: RuleCondition) => RuleCondition): RuleGroup {
  return { ...group, rules: group.rules.map((rule) => (isGroup(rule) ? mapConditions(rule, change) : change(rule))) };
}

type Loose = { field: string; op: RuleCondition['op']; value: RuleValue; trackId?: number | undefined };

/** A sentence on what is wrong with a condition; null when nothing is. */
export function problemOf({ field: name, op, value, trackId }: Loose): string | null {
  const field = ruleField(name);
  if (!field || field.name !== name) return `There is no field ${name}.`;
  if (!OPERATORS_OF[field.type].includes(op)) return `${field.label} cannot be compared that way.`;
  if ((field.type === 'distance') !== (trackId !== undefined)) return 'A distance is measured to a track, by its number.';
  if (op === 'empty' || op === 'notEmpty') return value === null ? null : 'Nothing follows “empty”.';
  if (op === 'inLastDays' || op === 'notInLastDays') return isNumber(value) && value > 0 ? null : 'A number of days is missing.';
  if (op === 'in' || op === 'notIn') return problemOfList(field, value);
  if (op === 'between') return problemOfRange(field, value);
  return fits(field, value) ? problemOfText(op, value) : expected(field);
}

function problemOfList(field: RuleField, value: RuleValue): string | null {
  if (field.type === 'playlist') return typeof value === 'string' && value !== '' ? null : 'The name of a playlist is missing.';
  return Array.isArray(value) && value.length > 0 && value.every((one) => fits(field, one))
    ? null
    : `${expected(field)} One or more.`;
}

function problemOfRange(field: RuleField, value: RuleValue): string | null {
  const isPair = Array.isArray(value) && value.length === 2 && value.every((one) => fits(field, one));
  return isPair ? null : `${expected(field)} Two of them.`;
}

function problemOfText(op: RuleCondition['op'], value: RuleValue): string | null {
  const needsText = op === 'contains' || op === 'containsNot' || op === 'begins' || op === 'ends' || op === 'matches';
  return needsText && value === '' ? 'A text is missing.' : null;
}

function fits(field: RuleField, value: RuleValue): boolean {
  switch (field.type) {
    case 'number':
    case 'distance':
      return isNumber(value);
    case 'date':
      return typeof value === 'string' && isDay(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && (field.choices ?? []).includes(value);
    default:
      return typeof value === 'string';
  }
}

function expected(field: RuleField): string {
  switch (field.type) {
    case 'number':
    case 'distance':
      return `${field.label} is a number.`;
    case 'date':
      return `${field.label} is a day such as 2026-01-31.`;
    case 'flag':
      return `${field.label} is yes or no.`;
    case 'choice':
      return `${field.label} is one of ${(field.choices ?? []).join(', ')}.`;
    default:
      return `${field.label} is a text.`;
  }
}

function isNumber(value: RuleValue): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isDay(value: string): boolean {
  const at = ISO_DAY.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** Case and accents folded: how texts are compared. */
export function foldText(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is plain ASCII
  if (/^[\u0000-\u007f]*$/.test(value)) return value.toLowerCase();
  return value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');
}

/** The first moment of a day, in the time zone of this machine; of the day after with `offset` 1. */
export function startOfDayMs(day: string, offset = 0): number {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year!, month! - 1, date! + offset).getTime();
}
