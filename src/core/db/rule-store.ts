// Runs smart rules on the library, and reads what tracks have in the fields that rules name.
import type Database from 'better-sqlite3';
import { ruleField } from '../domain/smart-rule-fields.ts';
import type { RuleGroup, SmartRules } from '../domain/smart-rules.ts';
import { RULE_COLUMNS } from './rule-columns.ts';
import { registerRuleFunctions } from './rule-functions.ts';
import { type CompiledQuery, compileFilter, compileRules, RuleCompiler, type RuleContext } from './rule-query.ts';

export type FactValue = string | number | null;

export interface RuleStore {
  /** Ids in the rules' order. */
  ids(rules: SmartRules, context: RuleContext): number[];
  /** Ids of playable tracks that fit, ascending. */
  filter(where: RuleGroup, context: RuleContext): number[];
  /** The values of single-valued fields, by track; fields of other kinds are left out. */
  facts(ids: readonly number[], fields: readonly string[]): Map<number, Record<string, FactValue>>;
  /** A track's embedding as stored. */
  sound(trackId: number): Uint8Array | null;
  /** Changes with every write to the library, by whomever. */
  version(): string;
}

const NO_CONTEXT: RuleContext = { nowMs: 0, members: () => [], sound: () => null };

export function createRuleStore(sqlite: Database.Database): RuleStore {
  registerRuleFunctions(sqlite);
  const sound = sqlite.prepare<[number], Uint8Array>('SELECT embedding FROM analysis WHERE track_id = ?').pluck();
  const ownChanges = sqlite.prepare<[], number>('SELECT total_changes()').pluck();
  const run = ({ sql, parameters }: CompiledQuery) => sqlite.prepare<[object], number>(sql).pluck().all(parameters);
  return {
    ids: (rules, context) => run(compileRules(rules, context)),
    filter: (where, context) => run(compileFilter(where, context)),
    facts: (ids, fields) => readFacts(sqlite, ids, fields),
    sound: (trackId) => sound.get(trackId) ?? null,
    version: () => `${ownChanges.get()}:${sqlite.pragma('data_version', { simple: true })}`,
  };
}

function readFacts(sqlite: Database.Database, ids: readonly number[], fields: readonly string[]): ReturnType<RuleStore['facts']> {
  const single = [...new Set(fields)].filter((name) => RULE_COLUMNS[name]!.list === null && ruleField(name)!.sortable);
  const compiler = new RuleCompiler(NO_CONTEXT);
  const columns = single.map((name, i) => `, ${compiler.column(name).sql} AS f${i}`).join('');
  const sql = `SELECT track.id${columns} FROM json_each($ids) AS wanted JOIN track ON track.id = wanted.value ${compiler.joins()}`;
  const rows = sqlite.prepare<[object], Record<string, FactValue>>(sql).all({ ids: JSON.stringify(ids) });
  return new Map(rows.map((row) => [Number(row.id), Object.fromEntries(single.map((name, i) => [name, row[`f${i}`] ?? null]))]));
}
