// Why a track fits rules: what it has in the fields that the rules ask about.
import type { LibraryDb } from '../db/open.ts';
import type { PlaceReason } from '../domain/place-reason.ts';
import { ruleField } from '../domain/smart-rule-fields.ts';
import { conditionsOf, type RuleGroup } from '../domain/smart-rules.ts';

const MAX_FACTS = 6;

/** One reason a track. */
export function ruleReasons(db: LibraryDb, where: RuleGroup, ids: readonly number[]): Map<number, PlaceReason> {
  const asked = [...new Set(conditionsOf(where).map(({ field }) => field))];
  const fields = asked.map((name) => ruleField(name)!).filter(({ sortable }) => sortable);
  const facts = db.rules.facts(
    ids,
    fields.map(({ name }) => name),
  );
  const named = fields.slice(0, MAX_FACTS).map(({ name }) => name);
  return new Map(
    [...facts].map(([id, values]) => {
      const own = named.map((field) => ({ field, value: values[field] ?? null }));
      return [id, own.length === 0 ? { code: 'fits' } : { code: 'facts', facts: own }];
    }),
  );
}

export function placeByRules(db: LibraryDb, trackId: number, reasons: ReadonlyMap<number, PlaceReason>) {
  const reason = reasons.get(trackId);
  return { trackId, path: db.tracks.byId(trackId)?.path ?? '', reasons: reason ? [reason] : [] };
}
