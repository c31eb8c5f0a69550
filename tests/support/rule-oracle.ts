// Smart rules followed by plain loops over plain objects: what the query has to agree with.
import { CAMELOT_BY_KEY } from '../../src/core/domain/camelot.ts';
import { ruleField } from '../../src/core/domain/smart-rule-fields.ts';
import { foldText, isGroup, type Rule, type RuleCondition, type SmartRules } from '../../src/core/domain/smart-rules.ts';

export type Fact = string | number | boolean | string[] | null;
/** Every field of a track by name; `distance` by the track it is measured from, playlists by name. */
export interface TrackFacts {
  id: number;
  fields: Record<string, Fact>;
  distanceTo: Record<number, number | null>;
  playlists: string[];
}

const DAY_MS = 86_400_000;
const dayStart = (day: string): number => new Date(`${day}T00:00:00`).getTime();
/** Days are not all 24 hours long. */
const dayEnd = (day: string): number => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date.getTime();
};

function glob(text: string, pattern: string): boolean {
  const source = [...pattern].map((sign) =>
    sign === '*' ? '[^]*' : sign === '?' ? '[^]' : sign.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'),
  );
  return new RegExp(`^(?:${source.join('')})$`, 'u').test(text);
}

function textFits(value: string | null, { op, value: wanted }: RuleCondition): boolean {
  if (value === null) return false;
  const own = foldText(value);
  const [first] = [wanted].flat().map((one) => foldText(String(one))) as [string];
  if (op === 'is') return own === first;
  if (op === 'contains') return own.includes(first);
  if (op === 'begins') return own.startsWith(first);
  if (op === 'ends') return own.endsWith(first);
  if (op === 'matches') return glob(own, first);
  return [wanted].flat().some((one) => foldText(String(one)) === own);
}

function numberFits(value: number | null, { op, value: wanted }: RuleCondition, step: number): boolean {
  if (value === null) return false;
  const numbers = [wanted].flat().map(Number);
  const same = (n: number) => (step === 0 ? value === n : Math.abs(value - n) <= step / 2);
  if (op === 'less') return value < numbers[0]!;
  if (op === 'greater') return value > numbers[0]!;
  if (op === 'atMost') return value <= numbers[0]!;
  if (op === 'atLeast') return value >= numbers[0]!;
  if (op === 'between') return value >= Math.min(...numbers) && value <= Math.max(...numbers);
  return numbers.some(same);
}

function dateFits(value: number | null, { op, value: wanted }: RuleCondition, nowMs: number): boolean {
  if (value === null) return false;
  if (op === 'inLastDays') return value >= nowMs - Number(wanted) * DAY_MS;
  const days = [wanted].flat().map(String).sort();
  if (op === 'before') return value < dayStart(days[0]!);
  if (op === 'after') return value >= dayEnd(days[0]!);
  return value >= dayStart(days[0]!) && value < dayEnd(days.at(-1)!);
}

const OPPOSITES: Record<string, RuleCondition['op']> = {
  isNot: 'is',
  containsNot: 'contains',
  notIn: 'in',
  notEmpty: 'empty',
  notInLastDays: 'inLastDays',
};

function conditionFits(condition: RuleCondition, track: TrackFacts, nowMs: number): boolean {
  const opposite = OPPOSITES[condition.op];
  if (opposite) return !conditionFits({ ...condition, op: opposite }, track, nowMs);
  const field = ruleField(condition.field)!;
  const value = field.name === 'distance' ? (track.distanceTo[condition.trackId!] ?? null) : (track.fields[field.name] ?? null);
  if (condition.op === 'empty') return Array.isArray(value) ? value.length === 0 : value === null || value === '';
  switch (field.type) {
    case 'text':
      return textFits(value as string | null, condition);
    case 'texts':
      return (value as string[]).some((one) => textFits(one, condition));
    case 'number':
    case 'distance':
      return numberFits(value as number | null, condition, field.step);
    case 'date':
      return dateFits(value as number | null, condition, nowMs);
    case 'playlist':
      return track.playlists.includes(String(condition.value));
    default:
      return [condition.value].flat().includes(value as string);
  }
}

export function ruleFits(rule: Rule, track: TrackFacts, nowMs: number): boolean {
  if (!isGroup(rule)) return conditionFits(rule, track, nowMs);
  const fits = rule.rules.map((part) => ruleFits(part, track, nowMs));
  if (rule.match === 'all') return fits.every(Boolean);
  return rule.match === 'any' ? fits.some(Boolean) : !fits.some(Boolean);
}

function asksForStatus(rule: Rule): boolean {
  return isGroup(rule) ? rule.rules.some(asksForStatus) : rule.field === 'status';
}

const isPlayable = ({ fields }: TrackFacts): boolean => fields.status === 'analysed' || fields.status === 'pending';
const WHEEL = [...CAMELOT_BY_KEY.values()];

/** Numbers and the wheel of keys; what is unknown comes last either way. */
function compare(a: TrackFacts, b: TrackFacts, sort: SmartRules['sort']): number {
  for (const { field, descending } of sort) {
    const [x, y] = [a, b].map(({ fields }) => {
      const value = fields[field] ?? null;
      return field === 'camelot' && value !== null ? WHEEL.indexOf(String(value)) : Number(value ?? Number.NaN);
    }) as [number, number];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    } else if (x !== y) return (x - y) * (descending ? -1 : 1);
  }
  return a.id - b.id;
}

/** Without a random order. */
export function followByHand({ where, sort, limit }: SmartRules, tracks: readonly TrackFacts[], nowMs: number): number[] {
  const fitting = tracks.filter((track) => (asksForStatus(where) || isPlayable(track)) && ruleFits(where, track, nowMs));
  const ordered = fitting.toSorted((a, b) => compare(a, b, sort));
  if (limit?.by === 'tracks') return ordered.slice(0, limit.n).map(({ id }) => id);
  if (limit?.by === 'percent')
    return ordered.slice(0, Math.ceil((tracks.filter(isPlayable).length * limit.n) / 100)).map(({ id }) => id);
  if (limit === null) return ordered.map(({ id }) => id);
  const through: number[] = [];
  for (const { fields } of ordered) through.push((through.at(-1) ?? 0) + Number(fields.duration ?? 0));
  return ordered.filter((_, i) => through[i]! <= 60 * limit.n).map(({ id }) => id);
}
