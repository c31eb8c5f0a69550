// Smart rules while a person edits them: the same tree with a key for every part, and values that may still be missing.
import {
  type CommandOutput,
  isGroup,
  problemOf,
  type Rule,
  type RuleCondition,
  type RuleGroup,
  type RuleOperator,
} from '../../contract/index.ts';
import { t } from './language.ts';
import { fieldName } from './rule-field-words.ts';

/** A field as the engine offers it, with its operators. */
export type RuleField = CommandOutput<'rules.fields'>['fields'][number];

export type RuleValue = RuleCondition['value'];

export interface DraftCondition {
  key: number;
  field: string;
  op: RuleOperator;
  /** A missing number, day or text is ''. */
  value: RuleValue;
  /** What a distance is measured from; null = not chosen yet. */
  trackId: number | null;
}

export interface DraftGroup {
  key: number;
  match: RuleGroup['match'];
  rules: DraftRule[];
}

export type DraftRule = DraftGroup | DraftCondition;

/** Whoever holds rules that are being edited. */
export interface RuleHolder {
  readonly fields: readonly RuleField[];
  field(name: string): RuleField | undefined;
  /** What a condition still misses, as a sentence. */
  problemOf(condition: DraftCondition): string | null;
  /** With null the part is taken out. */
  replace(key: number, by: DraftRule | null): void;
  add(groupKey: number, rule: DraftRule): void;
}

let lastKey = 0;
const nextKey = (): number => ++lastKey;

export function isDraftGroup(rule: DraftRule): rule is DraftGroup {
  return 'match' in rule;
}

export function draftOf(group: RuleGroup): DraftGroup {
  return {
    key: nextKey(),
    match: group.match,
    rules: group.rules.map((rule) => (isGroup(rule) ? draftOf(rule) : draftCondition(rule))),
  };
}

function draftCondition({ field, op, value, trackId }: RuleCondition): DraftCondition {
  return { key: nextKey(), field, op, value, trackId: trackId ?? null };
}

/** What a condition on a field begins with: its first operator and nothing to compare with. */
export function newCondition(field: Pick<RuleField, 'name' | 'type' | 'choices'>, op: RuleOperator): DraftCondition {
  return { key: nextKey(), field: field.name, op, value: emptyValue(field, op), trackId: null };
}

export function newGroup(match: RuleGroup['match'], rules: DraftRule[] = []): DraftGroup {
  return { key: nextKey(), match, rules };
}

export function emptyValue({ type, choices }: Pick<RuleField, 'type' | 'choices'>, op: RuleOperator): RuleValue {
  if (op === 'empty' || op === 'notEmpty') return null;
  if (op === 'inLastDays' || op === 'notInLastDays') return 30;
  if (type === 'playlist') return '';
  if (op === 'in' || op === 'notIn') return [];
  if (op === 'between') return ['', ''];
  if (type === 'flag') return true;
  return type === 'choice' ? (choices?.[0] ?? '') : '';
}

/** The same condition with another operator; the value stays where it still has a meaning. */
export function withOperator(
  condition: DraftCondition,
  field: Pick<RuleField, 'type' | 'choices'>,
  op: RuleOperator,
): DraftCondition {
  const [before, after] = [emptyValue(field, condition.op), emptyValue(field, op)];
  const isSameShape = typeof before === typeof after && Array.isArray(before) === Array.isArray(after) && before !== null;
  const bothLists = Array.isArray(before) && Array.isArray(after) && before.length !== after.length;
  const isDays = typeof after === 'number';
  return { ...condition, op, value: isSameShape && !bothLists && !isDays && after !== null ? condition.value : after };
}

/** The tree with one part replaced, or with null taken out. */
export function replaceRule(group: DraftGroup, key: number, by: DraftRule | null): DraftGroup {
  if (group.key === key && by && isDraftGroup(by)) return by;
  const rules = group.rules.flatMap((rule) => {
    if (rule.key === key) return by ?? [];
    return isDraftGroup(rule) ? replaceRule(rule, key, by) : rule;
  });
  return { ...group, rules };
}

/** The tree with a part added at the end of one group. */
export function addRule(group: DraftGroup, key: number, rule: DraftRule): DraftGroup {
  if (group.key === key) return { ...group, rules: [...group.rules, rule] };
  return { ...group, rules: group.rules.map((one) => (isDraftGroup(one) ? addRule(one, key, rule) : one)) };
}

export function conditionsIn(rule: DraftRule): DraftCondition[] {
  return isDraftGroup(rule) ? rule.rules.flatMap(conditionsIn) : [rule];
}

/** What is still missing or wrong, as a sentence; null for a condition that can be followed. */
export function problemOfDraft(
  condition: DraftCondition,
  field: Pick<RuleField, 'name' | 'label' | 'type'> | undefined,
): string | null {
  if (!field) return t('rules.noField', { field: condition.field });
  const { value, op, trackId } = condition;
  if (field.type === 'distance' && trackId === null) return t('rules.missingTrack');
  if (Array.isArray(value)) {
    if (value.length === 0) return t('rules.missingValues', { field: fieldName(field).toLowerCase() });
    if (op === 'between' && value.includes('')) return t('rules.missingEnds');
    if (op === 'between' && value[0]! > value[1]!) return t('rules.endsTurned');
  }
  if (value === '') return t(`rules.missing_${field.type}`);
  if (problemOf(conditionOf(condition)) === null) return null;
  return op === 'inLastDays' || op === 'notInLastDays' ? t('rules.missingDays') : t('rules.notFollowed');
}

function conditionOf({ field, op, value, trackId }: DraftCondition): RuleCondition {
  return { field, op, value, ...(trackId !== null && { trackId }) };
}

/** What can be followed already; unfinished conditions are left out, and groups that only held those. */
export function rulesOfDraft(group: DraftGroup, isFinished: (condition: DraftCondition) => boolean): RuleGroup {
  const rules = group.rules.flatMap((rule): Rule[] => {
    if (!isDraftGroup(rule)) return isFinished(rule) ? [conditionOf(rule)] : [];
    const inner = rulesOfDraft(rule, isFinished);
    return inner.rules.length > 0 ? [inner] : [];
  });
  return { match: group.match, rules };
}
