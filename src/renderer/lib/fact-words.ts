// What a track has in the fields of rules, in words: "Genre Jazz, tempo 98 BPM."
import { type PlaceReason, RULE_FIELDS } from '../../contract/index.ts';
import { formatCount, formatDay, formatDuration } from './format.ts';
import { nameInside, t } from './language.ts';
import { choiceName, fieldName } from './rule-field-words.ts';

type Facts = Extract<PlaceReason, { code: 'facts' }>['facts'];
type Fact = Facts[number];

export function factsInWords(facts: Facts): string {
  return t('reasons.facts', { facts: facts.map(factInWords).join(', ') });
}

function factInWords({ field: name, value }: Fact, at: number): string {
  const label = fieldName({ name, label: name });
  return t('reasons.fact', { field: at === 0 ? label : nameInside(label), value: valueInWords(name, value) });
}

function valueInWords(name: string, value: Fact['value']): string {
  if (value === null) return t('reasons.factUnknown');
  const field = RULE_FIELDS.find((known) => known.name === name);
  if (field?.type === 'flag') return t(value ? 'rules.yes' : 'rules.no');
  if (field?.type === 'date') return formatDay(Number(value));
  if (field?.type === 'choice') return choiceName(name, String(value));
  // A year is not grouped: "1,984" is none.
  if (typeof value === 'string' || !field || name === 'year') return String(value);
  if (field.unit === '0..1') return t('reasons.factPercent', { n: Math.round(100 * value) });
  if (field.unit === 's') return formatDuration(Math.floor(value));
  const n = formatCount(value, field.step > 0 && field.step < 1 ? 1 : 0);
  return field.unit === null ? n : t('reasons.factUnit', { n, unit: field.unit });
}
