// A person's settings, and small remembered values (such as the measured providers), as JSON by name.
import type Database from 'better-sqlite3';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange, settingsSchema } from '../config/settings.ts';
import { writeDurably } from './durable-write.ts';

export interface SettingRow {
  name: string;
  value_json: string;
}

export interface SettingStore {
  /** What was stored, each unreadable entry replaced by its default. */
  get(): Settings;
  set(changes: SettingsChange): Settings;
  /** A remembered value, to be parsed by who reads it; undefined when absent. */
  recall(name: string): unknown;
  remember(name: string, value: unknown): void;
}

/** Remembered values never collide with settings. */
const MEMORY_PREFIX = 'memory.';

export function createSettingStore(sqlite: Database.Database): SettingStore {
  const one = sqlite.prepare<[string], string>('SELECT value_json FROM setting WHERE name = ?').pluck();
  const put = sqlite.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value_json) VALUES (?, ?)');
  const read = (name: string): unknown => {
    const json = one.get(name);
    return json === undefined ? undefined : JSON.parse(json);
  };

  function get(): Settings {
    const stored: Record<string, unknown> = { ...DEFAULT_SETTINGS };
    for (const [name, schema] of Object.entries(settingsSchema.shape)) {
      const parsed = schema.safeParse(read(name));
      if (parsed.success) stored[name] = parsed.data;
    }
    return settingsSchema.parse(stored);
  }

  return {
    get,
    set(changes) {
      const checked = settingsSchema.partial().parse(changes);
      writeDurably(sqlite, () => {
        for (const name of Object.keys(changes)) {
          const value = checked[name as keyof Settings];
          if (value !== undefined) put.run(name, JSON.stringify(value));
        }
      });
      return get();
    },
    recall: (name) => read(MEMORY_PREFIX + name),
    remember: (name, value) => void put.run(MEMORY_PREFIX + name, JSON.stringify(value)),
  };
}
