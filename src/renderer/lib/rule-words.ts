// How rules are said in the editor: operators in words, fields in groups, and units that a person counts in.
import type { RuleOperator } from '../../contract/index.ts';
import { t } from './language.ts';
import type { RuleField } from './rule-draft.ts';

type RulePart = 'genre' | 'track' | 'music' | 'sound' | 'listening';

export function operatorName(op: RuleOperator, type: RuleField['type']): string {
  if (type === 'playlist') return op === 'in' ? t('rules.op_ofPlaylist') : t('rules.op_notOfPlaylist');
  return t(`rules.op_${op}`);
}

const PARTS: readonly { part: RulePart; fields: readonly string[] }[] = [
  {
    part: 'genre',
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
    part: 'track',
    fields: ['title', 'artist', 'album', 'albumArtist', 'year', 'trackNumber', 'discNumber', 'duration', 'cover'],
  },
  {
    part: 'music',
    fields: ['tempo', 'tempoConfidence', 'tagTempo', 'key', 'camelot', 'mode', 'keyConfidence', 'tagKey'],
  },
  {
    part: 'sound',
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
  { part: 'listening', fields: ['plays', 'lastPlayed', 'added', 'playlist'] },
];

/** Fields by what they are about; those that no part knows come last, under "File". */
export function groupedFields<F extends Pick<RuleField, 'name'>>(fields: readonly F[]): { name: string; fields: F[] }[] {
  const known = new Set(PARTS.flatMap((part) => part.fields));
  const named = PARTS.map(({ part, fields: names }) => ({
    name: t(`rules.part_${part}`),
    fields: names.flatMap((wanted) => fields.find((field) => field.name === wanted) ?? []),
  }));
  const others = { name: t('rules.part_file'), fields: fields.filter(({ name }) => !known.has(name)) };
  return [...named, others].filter((group) => group.fields.length > 0);
}

/** A stored unit as the editor counts it. */
export interface ShownUnit {
  /** Beside the field; null for a plain count. */
  name: string | null;
  /** Shown value = stored value x factor. */
  factor: number;
}

const SHARE = '0..1';
const DISTANCE = '0..2';
const SHOWN_UNITS: Readonly<Record<string, ShownUnit>> = {
  [SHARE]: { name: '%', factor: 100 },
  'bit/s': { name: 'kbit/s', factor: 1e-3 },
  bytes: { name: 'MB', factor: 1e-6 },
};

export function shownUnit(unit: string | null): ShownUnit {
  if (unit === DISTANCE) return { name: t('rules.ofTwo'), factor: 1 };
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
