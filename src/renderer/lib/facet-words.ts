// Facets and their values in words.
import { ALBUM_SEPARATOR, type Facet, LABEL_STATES, N_ENERGY_BANDS, TEMPO_BAND_BPM } from '../../contract/index.ts';
import { camelotOf } from './camelot.ts';
import { keyName } from './key-words.ts';
import { t } from './language.ts';

export function facetName(facet: Facet): string {
  return t(`library.facet_${facet}`);
}

const CODECS: readonly (readonly [RegExp, string])[] = [
  [/layer 3/i, 'MP3'],
  [/^vorbis/i, 'Vorbis'],
  [/^opus/i, 'Opus'],
  [/^mpeg-4\/aac|^aac/i, 'AAC'],
];

/** Facets whose values have an order of their own; the others show most tracks first. */
export const ORDERED: readonly Facet[] = ['decade', 'year', 'key', 'tempo', 'energy', 'label'];

/** "MPEG 1 Layer 3" -> "MP3" */
export function codecName(codec: string): string {
  return CODECS.find(([pattern]) => pattern.test(codec))?.[1] ?? codec;
}

export function facetValueName(facet: Facet, value: string): string {
  if (facet === 'label') return labelStateName(value);
  if (value === '') return t(`library.facetNone_${facet}`);
  switch (facet) {
    case 'decade':
      return t('library.decade', { year: value });
    case 'tempo':
      return t('library.tempoBand', { from: value, to: Number(value) + TEMPO_BAND_BPM - 1 });
    case 'energy':
      return t('library.energyBand', {
        from: (100 * Number(value)) / N_ENERGY_BANDS,
        to: (100 * (Number(value) + 1)) / N_ENERGY_BANDS,
      });
    case 'album':
      return value.split(ALBUM_SEPARATOR)[0]!;
    case 'key':
      return [keyName(value), camelotOf(value)].filter(Boolean).join(' · ');
    case 'format':
      return codecName(value);
    default:
      return value;
  }
}

function labelStateName(value: string): string {
  const state = LABEL_STATES.find((each) => each === value);
  return state ? t(`library.labelState_${state}`) : value;
}

/** Values in the order a person expects; unknown ones last. */
export function inOrder<T extends { value: string }>(facet: Facet, values: readonly T[]): readonly T[] {
  if (!ORDERED.includes(facet)) return values;
  const rank = ({ value }: T): number => {
    if (value === '') return Number.POSITIVE_INFINITY;
    if (facet === 'label') return LABEL_STATES.indexOf(value as (typeof LABEL_STATES)[number]);
    if (facet === 'key') return wheelRank(value);
    return facet === 'year' || facet === 'decade' ? -Number(value) : Number(value);
  };
  return [...values].sort((a, b) => rank(a) - rank(b));
}

/** 1A, 1B, 2A ... */
function wheelRank(key: string): number {
  const name = camelotOf(key);
  return name === null ? Number.MAX_SAFE_INTEGER : 2 * Number.parseInt(name, 10) + (name.endsWith('B') ? 1 : 0);
}
