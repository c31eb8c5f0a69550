// The rules by which the genres written in files are read, kept among the settings; editable by the person.
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { TagRules } from '../domain/label.ts';
import { createTagReader, DEFAULT_TAG_RULES, type TagReader } from '../domain/tag-rules.ts';
import { writeDurably } from './durable-write.ts';

const NAME = 'tagRules';
const rulesSchema = z.object({
  separators: z.array(z.string()),
  synonyms: z.array(z.object({ tag: z.string(), genre: z.string().nullable() })),
  keepUnknown: z.boolean(),
}) satisfies z.ZodType<TagRules>;

export interface TagRuleStore {
  get(): TagRules;
  set(rules: TagRules): void;
  /** Reads tags by the present rules and the person's present genres. */
  reader(): TagReader;
}

export function createTagRuleStore(sqlite: Database.Database): TagRuleStore {
  const read = sqlite.prepare<[string], string>('SELECT value_json FROM setting WHERE name = ?').pluck();
  const write = sqlite.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value_json) VALUES (?, ?)');
  const ownName = sqlite.prepare<[string], string>('SELECT name FROM genre WHERE name_key = ?').pluck();
  let made: { json: string | undefined; reader: TagReader } | null = null;
  const parse = (json: string | undefined): TagRules => {
    const parsed = rulesSchema.safeParse(json === undefined ? null : JSON.parse(json));
    return parsed.success ? parsed.data : DEFAULT_TAG_RULES;
  };
  return {
    get: () => parse(read.get(NAME)),
    set: (rules) => writeDurably(sqlite, () => void write.run(NAME, JSON.stringify(rules))),
    reader() {
      const json = read.get(NAME);
      if (made === null || made.json !== json)
        made = { json, reader: createTagReader(parse(json), (key) => ownName.get(key) ?? null) };
      return made.reader;
    },
  };
}
