// Stretches of numbers that narrow the library, in words: how a value is written, read from a field, and said.
import type { NumberRange, RangeField } from '../../contract/index.ts';
import { formatCount, formatDuration, formatPercent } from './format.ts';
import { t } from './language.ts';

/** What a slider moves by, in the field's unit. */
export const RANGE_STEPS: Readonly<Record<RangeField, number>> = { tempoBpm: 1, year: 1, energy: 0.01, durationSec: 5 };

export function rangeName(field: RangeField): string {
  return t(`library.range_${field}`);
}

/** As it stands in a field: "128", "1999", "65%", "3:20". */
export function rangeValue(field: RangeField, value: number): string {
  switch (field) {
    case 'energy':
      return formatPercent(value);
    case 'durationSec':
      return formatDuration(value);
    case 'year':
      return String(value);
    default:
      return formatCount(value, Number.isInteger(value) ? 0 : 1);
  }
}

/** The value that a person typed, null for none, undefined for what cannot be read; minutes where a length is one number. */
export function readRangeValue(field: RangeField, text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  const [, hours = '0', minutes, seconds] = /^(?:(\d+):)?(\d+):(\d\d)$/.exec(typed) ?? [];
  if (field === 'durationSec' && seconds !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const [, digits] = /^(\d+(?:\.\d+)?)\s*(?:%|BPM|min)?$/i.exec(typed) ?? [];
  if (digits === undefined) return undefined;
  if (field === 'durationSec') return Number(digits) * 60;
  return field === 'energy' ? Number(digits) / 100 : Number(digits);
}

/** "120–128 BPM", "from 1999", "up to 3:20" */
export function rangeInWords(field: RangeField, { from, to }: NumberRange): string {
  const said = (value: number): string => {
    const written = rangeValue(field, value);
    return field === 'tempoBpm' ? t('library.tempo', { n: written }) : written;
  };
  if (from !== null && to !== null) return t('library.between', { from: rangeValue(field, from), to: said(to) });
  if (from !== null) return t('library.from', { from: said(from) });
  return to === null ? '' : t('library.upTo', { to: said(to) });
}
