// Why a track fits rules: what it has in the fields that the rules ask about.
import type { LibraryDb } from '../db/open.ts';
import type { FactValue } from '../db/rule-store.ts';
import { type RuleField, ruleField } from '../domain/smart-rule-fields.ts';
import { conditionsOf, type RuleGroup } from '../domain/smart-rules.ts';

const MAX_FACTS = 6;

/** One sentence a track: "Genre Jazz, tempo 98 BPM, times played 3." */
export function ruleReasons(db: LibraryDb, where: RuleGroup, ids: readonly number[]): Map<number, string> {
  const asked = [...new Set(conditionsOf(where).map(({ field }) => field))];
  const fields = asked.map((name) => ruleField(name)!).filter(({ sortable }) => sortable);
  const facts = db.rules.facts(
    ids,
    fields.map(({ name }) => name),
  );
  return new Map([...facts].map(([id, values]) => [id, sentence(fields.slice(0, MAX_FACTS), values)]));
}

function sentence(fields: readonly RuleField[], values: Record<string, FactValue>): string {
  if (fields.length === 0) return 'It fits the rules.';
  const facts = fields.map((field) => `${field.label} ${shown(field, values[field.name] ?? null)}`);
  return `${facts.map((fact, i) => (i === 0 ? fact : fact.charAt(0).toLowerCase() + fact.slice(1))).join(', ')}.`;
}

function shown(field: RuleField, value: FactValue): string {
  if (value === null) return 'unknown';
  if (field.type === 'flag') return value ? 'yes' : 'no';
  if (field.type === 'date') return new Date(Number(value)).toISOString().slice(0, 10);
  if (typeof value === 'string') return value;
  if (field.unit === '0..1') return `${Math.round(100 * value)} %`;
  if (field.unit === 's') return `${Math.floor(value / 60)}:${String(Math.floor(value % 60)).padStart(2, '0')}`;
  const digits = field.step > 0 && field.step < 1 ? 1 : 0;
  return `${value.toFixed(digits)}${field.unit === null ? '' : ` ${field.unit}`}`;
}
