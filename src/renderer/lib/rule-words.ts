// How rules are said in the editor: operators in words, fields in groups, and units that a person counts in.
import type { RuleOperator } from '../../contract/index.ts';
import type { RuleField } from './rule-draft.ts';

const OPERATOR_NAMES: Readonly<Record<RuleOperator, string>> = {
  is: 'is',
  isNot: 'is not',
  contains: 'contains',
  containsNot: 'does not contain',
  begins: 'begins with',
  ends: 'ends with',
  matches: 'matches the pattern',
  in: 'is one of',
  notIn: 'is none of',
  less: 'is less than',
  greater: 'is more than',
  atMost: 'is at most',
  atLeast: 'is at least',
  between: 'is between',
  before: 'is before',
  after: 'is after',
  inLastDays: 'is in the last',
  notInLastDays: 'is not in the last',
  empty: 'is empty',
  notEmpty: 'is not empty',
};

export function operatorName(op: RuleOperator, type: RuleField['type']): string {
  if (type === 'playlist') return op === 'in' ? 'is' : 'is not';
  return OPERATOR_NAMES[op];
}

export const MATCH_NAMES = [
  { value: 'all', name: 'all of these' },
  { value: 'any', name: 'any of these' },
  { value: 'none', name: 'none of these' },
] as const;

const GROUPS: readonly { name: string; fields: readonly string[] }[] = [
  {
    name: 'Genre',
    fields: [
      'genre',
      'genreOrigin',
      'confidence',
      'ownGenre',
      'tagGenre',
      'modelGenre',
      'modelConfidence',
      'labelled',
      'modelDisagrees',
    ],
  },
  {
    name: 'Track',
    fields: ['title', 'artist', 'album', 'albumArtist', 'year', 'trackNumber', 'discNumber', 'duration', 'cover'],
  },
  {
    name: 'Tempo and key',
    fields: ['tempo', 'tempoConfidence', 'tagTempo', 'key', 'camelot', 'mode', 'keyConfidence', 'tagKey'],
  },
  {
    name: 'Sound',
    fields: [
      'energy',
      'loudness',
      'loudnessRange',
      'peak',
      'bass',
      'drums',
      'other',
      'vocals',
      'brightness',
      'noisiness',
      'distance',
    ],
  },
  { name: 'Listening', fields: ['plays', 'lastPlayed', 'added', 'playlist'] },
];

/** Fields by what they are about; those that no group knows come last, under "File". */
export function groupedFields<F extends Pick<RuleField, 'name'>>(fields: readonly F[]): { name: string; fields: F[] }[] {
  const known = new Set(GROUPS.flatMap((group) => group.fields));
  const named = GROUPS.map(({ name, fields: names }) => ({
    name,
    fields: names.flatMap((wanted) => fields.find((field) => field.name === wanted) ?? []),
  }));
  return [...named, { name: 'File', fields: fields.filter(({ name }) => !known.has(name)) }].filter(
    (group) => group.fields.length > 0,
  );
}

/** A stored unit as the editor counts it. */
export interface ShownUnit {
  /** Beside the field; null for a plain count. */
  name: string | null;
  /** Shown value = stored value x factor. */
  factor: number;
}

const SHOWN_UNITS: Readonly<Record<string, ShownUnit>> = {
  '0..1': { name: '%', factor: 100 },
  'bit/s': { name: 'kbit/s', factor: 1e-3 },
  bytes: { name: 'MB', factor: 1e-6 },
  '0..2': { name: 'of 2', factor: 1 },
};

export function shownUnit(unit: string | null): ShownUnit {
  return (unit === null ? undefined : SHOWN_UNITS[unit]) ?? { name: unit, factor: 1 };
}

/** 0.35 of "0..1" -> "35", 270 of "s" -> "4:30". */
export function shownNumber(value: unknown, unit: string | null): string {
  if (typeof value !== 'number') return '';
  if (unit === 's') return `${Math.floor(value / 60)}:${String(Math.round(value % 60)).padStart(2, '0')}`;
  return String(Number((value * shownUnit(unit).factor).toPrecision(10)));
}

const CLOCK = /^(?:(\d+):)?(\d+):([0-5]?\d)$/;

/** The stored value of what was typed; '' for what is no number. */
export function typedNumber(text: string, unit: string | null): number | '' {
  const clean = text.trim().replace(',', '.');
  const clock = unit === 's' ? CLOCK.exec(clean) : null;
  if (clock) return 3600 * Number(clock[1] ?? 0) + 60 * Number(clock[2]) + Number(clock[3]);
  const value = clean === '' ? Number.NaN : Number(clean);
  return Number.isFinite(value) ? Number((value / shownUnit(unit).factor).toPrecision(10)) : '';
}
