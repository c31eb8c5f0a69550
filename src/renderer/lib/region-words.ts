// Names of a map's regions in the window's language. The engine stores them with the map as English phrases of a few fixed words
// and a genre or two: "mostly energetic hip-hop, strong bass, no vocals".
import type { MessageKey } from '../../messages/message-keys.ts';
import { t } from './language.ts';

type Word = Extract<MessageKey, `map.trait${string}` | `map.noun${string}`>;

/** Before the genre. */
const ADJECTIVES: Readonly<Record<string, Word>> = {
  fast: 'map.traitFast',
  slow: 'map.traitSlow',
  energetic: 'map.traitEnergetic',
  calm: 'map.traitCalm',
};
/** After it: the first word, then the rest. */
const STEM_TRAITS: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  strong: { bass: 'map.traitStrongBass', drums: 'map.traitStrongDrums' },
  little: { bass: 'map.traitLittleBass', singing: 'map.traitLittleSinging' },
  few: { drums: 'map.traitFewDrums', instruments: 'map.traitFewInstruments' },
  many: { instruments: 'map.traitManyInstruments' },
  much: { singing: 'map.traitMuchSinging' },
  no: {
    bass: 'map.traitNoBass',
    drums: 'map.traitNoDrums',
    other_instruments: 'map.traitNoOtherInstruments',
    vocals: 'map.traitNoVocals',
  },
};
/** Genres with an "and" of their own are no pair. */
const PAIR = /^((?:drum|rhythm|rock|country) and (?:bass|blues|roll|western)|.+?) and (.+)$/;
const ONE_GENRE = /^(drum|rhythm|rock|country) and (bass|blues|roll|western)$/;

/** What is not made of those words stays as it is. */
export function regionName(name: string): string {
  const [, phrase = name, number] = /^(.*?)(?: \((\d+)\))?$/s.exec(name) ?? [];
  const [head = '', ...stems] = phrase.split(', ');
  const traits = stems.map(stemTrait);
  if (traits.includes(null)) return name;
  const words = head.split(' ');
  const isMostly = words[0] === 'mostly';
  if (isMostly) words.shift();
  const adjectives: string[] = [];
  while (words.length > 1 && words[0]! in ADJECTIVES) adjectives.push(t(ADJECTIVES[words.shift()!]!));
  const said = t('map.region', {
    isMostly: isMostly ? 'yes' : 'no',
    before: adjectives.length > 0 ? adjectives.reduce((first, second) => t('map.traitsBefore', { first, second })) : 'none',
    noun: nounOf(words.join(' ')),
    after: traits.length > 0 ? traits.join(', ') : 'none',
  });
  return number === undefined ? said : t('map.regionNumbered', { name: said, n: number });
}

function stemTrait(phrase: string): string | null {
  const [first = '', ...rest] = phrase.split(' ');
  const key = STEM_TRAITS[first]?.[rest.join('_')];
  return key ? t(key) : null;
}

function nounOf(noun: string): string {
  if (noun === 'music') return t('map.nounMusic');
  if (/^mixed music$/.test(noun)) return t('map.nounMixed');
  const pair = ONE_GENRE.test(noun) ? null : PAIR.exec(noun);
  return pair ? t('map.nounPair', { first: pair[1]!, second: pair[2]! }) : noun;
}
