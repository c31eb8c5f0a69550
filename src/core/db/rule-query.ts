// Smart rules as one SQL query: every condition is an expression that is true or false, never NULL; every value is a parameter.
import type { RuleField, RuleOperator } from '../domain/smart-rule-fields.ts';
import { ruleField } from '../domain/smart-rule-fields.ts';
import {
  conditionsOf,
  foldText,
  isGroup,
  type Rule,
  type RuleCondition,
  type RuleSortKey,
  type SmartRules,
  startOfDayMs,
} from '../domain/smart-rules.ts';
import { RULE_COLUMNS, RULE_JOINS, type RuleColumn, type RuleTable } from './rule-columns.ts';

export type RuleParameter = string | number | Uint8Array | null;

export interface RuleContext {
  nowMs: number;
  /** Ids of another playlist's tracks, named by id or name. @throws StemscapeError playlist.unknown | input.invalid */
  members(playlist: string): readonly number[];
  /** What a track sounds like, as stored; null when it was not heard. @throws StemscapeError track.unknown */
  sound(trackId: number): Uint8Array | null;
}

export interface CompiledQuery {
  sql: string;
  parameters: Record<string, RuleParameter>;
}

const DAY_MS = 86_400_000;
/** What can be played: left out only by a rule that asks for a status itself. */
const PLAYABLE = "track.status IN ('analysed', 'pending')";

/** A query for ids, in the rules' order. */
export function compileRules(rules: SmartRules, context: RuleContext): CompiledQuery {
  const compiler = new RuleCompiler(context);
  const where = compiler.where(rules.where);
  const order = compiler.order(rules.sort, rules.randomSeed);
  const from = `FROM track ${compiler.joins()} WHERE ${where}`;
  return { sql: limited(rules.limit, from, order, compiler), parameters: compiler.parameters };
}

/** A query for ids of playable tracks that a filter leaves, by id. */
export function compileFilter(filter: Rule, context: RuleContext): CompiledQuery {
  const compiler = new RuleCompiler(context);
  const where = compiler.where(filter);
  return {
    sql: `SELECT track.id FROM track ${compiler.joins()} WHERE ${where} ORDER BY track.id`,
    parameters: compiler.parameters,
  };
}

function limited(limit: SmartRules['limit'], from: string, order: string, compiler: RuleCompiler): string {
  if (limit === null) return `SELECT track.id ${from} ORDER BY ${order}`;
  const n = compiler.bind(limit.by === 'minutes' ? limit.n * 60 : limit.n);
  if (limit.by === 'tracks') return `SELECT track.id ${from} ORDER BY ${order} LIMIT ${n}`;
  if (limit.by === 'percent') {
    const share = `(SELECT CAST(ceil(count(*) * ${n} / 100.0) AS INTEGER) FROM track WHERE ${PLAYABLE})`;
    return `SELECT track.id ${from} ORDER BY ${order} LIMIT ${share}`;
  }
  const window = `OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)`;
  return `SELECT id FROM (SELECT track.id AS id, total(track.duration_sec) ${window} AS through_sec, row_number() ${window} AS place
    ${from}) WHERE through_sec <= ${n} ORDER BY place`;
}

export class RuleCompiler {
  readonly parameters: Record<string, RuleParameter> = {};
  readonly #context: RuleContext;
  readonly #tables = new Set<RuleTable>();

  constructor(context: RuleContext) {
    this.#context = context;
  }

  where(rule: Rule): string {
    const asksForStatus = conditionsOf(rule).some(({ field }) => field === 'status');
    const fits = this.#rule(rule);
    return asksForStatus ? fits : `${PLAYABLE} AND ${fits}`;
  }

  order(sort: readonly RuleSortKey[], randomSeed: number | null): string {
    const keys = sort.map(({ field, descending }) => {
      const column = this.column(field);
      const sql = column.sortSql ?? (ruleField(field)?.type === 'text' ? `folded(${column.sql})` : column.sql);
      return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS LAST`;
    });
    if (randomSeed !== null) keys.push(`seeded(track.id, ${this.bind(randomSeed)})`);
    return [...keys, 'track.id'].join(', ');
  }

  joins(): string {
    return [...this.#tables].map((table) => RULE_JOINS[table]).join(' ');
  }

  column(field: string): RuleColumn {
    const column = RULE_COLUMNS[field]!;
    if (column.table) this.#tables.add(column.table);
    return column;
  }

  bind(value: RuleParameter): string {
    const name = `p${Object.keys(this.parameters).length}`;
    this.parameters[name] = value;
    return `$${name}`;
  }

  #rule(rule: Rule): string {
    if (!isGroup(rule)) return this.#condition(rule);
    const parts = rule.rules.map((part) => this.#rule(part));
    if (rule.match === 'all') return parts.length === 0 ? '1' : `(${parts.join(' AND ')})`;
    const any = parts.length === 0 ? '0' : `(${parts.join(' OR ')})`;
    return rule.match === 'any' ? any : `NOT ${any}`;
  }

  /** A negative operator is true exactly where its positive one is not, also for what is unknown. */
  #condition(condition: RuleCondition): string {
    const positive = POSITIVE[condition.op];
    if (positive) return `NOT ${this.#condition({ ...condition, op: positive })}`;
    const field = ruleField(condition.field)!;
    const column = this.column(condition.field);
    if (column.list) return this.#listed(condition, column.list);
    return `coalesce(${this.#compare(condition, field, this.#expression(condition, column))}, 0)`;
  }

  #expression({ trackId }: RuleCondition, { sql }: RuleColumn): string {
    return trackId === undefined ? sql : sql.replaceAll('$vector', this.bind(this.#context.sound(trackId)));
  }

  #listed(condition: RuleCondition, { from, item }: NonNullable<RuleColumn['list']>): string {
    if (condition.op === 'empty') return `NOT EXISTS (SELECT 1 FROM ${from})`;
    return `EXISTS (SELECT 1 FROM ${from} AND ${this.#text(condition, item)})`;
  }

  #compare(condition: RuleCondition, field: RuleField, sql: string): string {
    if (condition.op === 'empty') return field.type === 'text' ? `(${sql} IS NULL OR ${sql} = '')` : `${sql} IS NULL`;
    switch (field.type) {
      case 'text':
        return this.#text(condition, sql);
      case 'number':
      case 'distance':
        return this.#number(condition, sql, field.step / 2);
      case 'date':
        return this.#date(condition, sql);
      case 'flag':
        return `(${sql}) = ${this.bind(condition.value === true ? 1 : 0)}`;
      case 'playlist':
        return this.#among(sql, this.#context.members(String(condition.value)));
      default:
        return this.#among(sql, listOf(condition.value));
    }
  }

  #among(sql: string, values: readonly (string | number)[]): string {
    return `${sql} IN (SELECT value FROM json_each(${this.bind(JSON.stringify(values))}))`;
  }

  #text({ op, value }: RuleCondition, sql: string): string {
    if (op === 'in')
      return this.#among(
        `folded(${sql})`,
        listOf(value).map((one) => foldText(String(one))),
      );
    const wanted = this.bind(foldText(String(value)));
    if (op === 'is') return `folded(${sql}) = ${wanted}`;
    if (op === 'contains') return `instr(folded(${sql}), ${wanted}) > 0`;
    if (op === 'begins') return `substr(folded(${sql}), 1, length(${wanted})) = ${wanted}`;
    if (op === 'ends') return `substr(folded(${sql}), -length(${wanted})) = ${wanted}`;
    return `wildcard(folded(${sql}), ${wanted})`;
  }

  #number({ op, value }: RuleCondition, sql: string, half: number): string {
    const [first, second] = listOf(value).map(Number) as [number, number];
    const same = (n: number) => (half === 0 ? `${sql} = ${this.bind(n)}` : `abs(${sql} - ${this.bind(n)}) <= ${this.bind(half)}`);
    switch (op) {
      case 'in':
        return `(${listOf(value)
          .map((n) => same(Number(n)))
          .join(' OR ')})`;
      case 'less':
        return `${sql} < ${this.bind(first)}`;
      case 'greater':
        return `${sql} > ${this.bind(first)}`;
      case 'atMost':
        return `${sql} <= ${this.bind(first)}`;
      case 'atLeast':
        return `${sql} >= ${this.bind(first)}`;
      case 'between':
        return `${sql} BETWEEN ${this.bind(Math.min(first, second))} AND ${this.bind(Math.max(first, second))}`;
      default:
        return same(first);
    }
  }

  #date({ op, value }: RuleCondition, sql: string): string {
    if (op === 'inLastDays') return `${sql} >= ${this.bind(this.#context.nowMs - Number(value) * DAY_MS)}`;
    const days = listOf(value).map(String).sort();
    const first = days[0]!;
    const start = (day: string) => this.bind(startOfDayMs(day));
    if (op === 'before') return `${sql} < ${start(first)}`;
    const end = (day: string) => this.bind(startOfDayMs(day, 1));
    if (op === 'after') return `${sql} >= ${end(first)}`;
    return `(${sql} >= ${start(first)} AND ${sql} < ${end(days.at(-1)!)})`;
  }
}

const POSITIVE: Partial<Record<RuleOperator, RuleOperator>> = {
  isNot: 'is',
  containsNot: 'contains',
  notIn: 'in',
  notEmpty: 'empty',
  notInLastDays: 'inLastDays',
};

function listOf(value: RuleCondition['value']): (string | number)[] {
  if (Array.isArray(value)) return value;
  return value === null || typeof value === 'boolean' ? [] : [value];
}
