// Why a track is in a playlist, in plain English sentences: for the command line.
import type { Mix, PlaceFact, PlaceReason } from './place-reason.ts';
import { ruleField } from './smart-rule-fields.ts';

type ReasonOf<C extends PlaceReason['code']> = Extract<PlaceReason, { code: C }>;

const ARC_WORDS = { energy: 'Energy', tempo: 'Tempo', both: 'Energy and tempo' } as const;

/** One sentence a reason; null where a person put the track there. */
export function placeReasonWords(reasons: readonly PlaceReason[]): string | null {
  return reasons.length === 0 ? null : reasons.map(sentenceOf).join(' ');
}

function sentenceOf(reason: PlaceReason): string {
  switch (reason.code) {
    case 'said':
      return reason.text;
    case 'chosen':
      return 'You chose it.';
    case 'atRandom':
      return 'Chosen at random from the library.';
    case 'fits':
      return 'It fits the rules.';
    case 'facts':
      return `${reason.facts.map(factWords).join(', ')}.`;
    case 'sure':
      return `${reason.genre}, ${reason.percent} % sure.`;
    case 'inFile':
      return `Its file says ${reason.genre}.`;
    case 'yours':
      return `You call it ${reason.genre}.`;
    case 'mood':
      return `${reason.mood === null ? 'The mood' : `“${reason.mood}”`}: ${reason.percent} % in its middle.`;
    case 'neverPlayed':
      return 'Never played.';
    case 'lastPlayed':
      return `Last played on ${dayOf(reason.atMs)}.`;
    case 'corner':
      return cornerWords(reason);
    default:
      return soundSentence(reason);
  }
}

function soundSentence(
  reason: ReasonOf<'like' | 'pathBegins' | 'pathEnds' | 'pathStep' | 'arc' | 'mixBegins' | 'mixes'>,
): string {
  switch (reason.code) {
    case 'like':
      return likeWords(reason);
    case 'pathBegins':
      return 'Where the path begins.';
    case 'pathEnds':
      return `Where the path ends, ${reason.distance.toFixed(2)} from the one before.`;
    case 'pathStep': {
      const { step, nSteps, from, to, distance } = reason;
      return `Step ${step} of ${nSteps} from “${from}” to “${to}”, ${distance.toFixed(2)} from the one before.`;
    }
    case 'arc': {
      const { field, shape, percent, askedPercent, place, nPlaces } = reason;
      const arc = shape === 'points' ? 'the arc' : `the ${shape} arc`;
      return `${ARC_WORDS[field]} ${percent} %; ${arc} asks for ${askedPercent} % at place ${place} of ${nPlaces}.`;
    }
    case 'mixBegins':
      return `Begins in ${mixWords(reason.mix)}.`;
    case 'mixes': {
      const verb = reason.isMixing ? 'mixes with' : 'does not mix well with';
      return `${mixWords(reason.mix)} ${verb} ${mixWords(reason.before)} before it.`;
    }
  }
}

function likeWords({ title, distance, parts }: ReasonOf<'like'>): string {
  const words = parts.map(({ source, isUnlike, distance: far }) => {
    return `${isUnlike ? 'unlike its' : 'its'} ${source === 'mixture' ? 'whole sound' : source} ${far.toFixed(2)}`;
  });
  return `Sounds like “${title}”, distance ${distance.toFixed(2)}${words.length > 0 ? `: ${words.join(', ')}` : ''}.`;
}

function cornerWords({ nPlayed, nTracks }: ReasonOf<'corner'>): string {
  return `${nPlayed === 0 ? 'None' : nPlayed} of the ${nTracks} tracks that sound like it ${nPlayed === 1 ? 'was' : 'were'} played.`;
}

/** "8A, 122 BPM" */
function mixWords({ camelot, tempoBpm }: Mix): string {
  return `${camelot ?? 'key unknown'}, ${tempoBpm === null ? 'tempo unknown' : `${Math.round(tempoBpm)} BPM`}`;
}

/** "tempo 98 BPM"; the first of a sentence begins with a capital. */
function factWords({ field: name, value }: PlaceFact, at: number): string {
  const field = ruleField(name);
  const label = field?.label ?? name;
  return `${at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)} ${valueWords(field, value)}`;
}

function valueWords(field: ReturnType<typeof ruleField>, value: PlaceFact['value']): string {
  if (value === null) return 'unknown';
  if (field?.type === 'flag') return value ? 'yes' : 'no';
  if (field?.type === 'date') return dayOf(Number(value));
  if (typeof value === 'string' || !field) return String(value);
  if (field.unit === '0..1') return `${Math.round(100 * value)} %`;
  if (field.unit === 's') return `${Math.floor(value / 60)}:${String(Math.floor(value % 60)).padStart(2, '0')}`;
  const digits = field.step > 0 && field.step < 1 ? 1 : 0;
  return `${value.toFixed(digits)}${field.unit === null ? '' : ` ${field.unit}`}`;
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
