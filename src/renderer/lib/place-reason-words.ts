// Why a track is in a playlist, in the window's language.
import type { PlaceReason } from '../../contract/index.ts';
import { factsInWords } from './fact-words.ts';
import { formatCount, formatDay } from './format.ts';
import { t } from './language.ts';
import { moodName } from './mood-words.ts';

type ReasonOf<C extends PlaceReason['code']> = Extract<PlaceReason, { code: C }>;
type Mix = ReasonOf<'mixBegins'>['mix'];

/** One sentence a reason; null where a person put the track there. */
export function placeReasonsInWords(reasons: readonly PlaceReason[]): string | null {
  return reasons.length === 0 ? null : reasons.map(reasonInWords).join(' ');
}

function reasonInWords(reason: PlaceReason): string {
  switch (reason.code) {
    case 'said':
      return reason.text;
    case 'facts':
      return factsInWords(reason.facts);
    case 'sure':
      return t('reasons.sure', { genre: reason.genre, n: reason.percent });
    case 'inFile':
    case 'yours':
      return t(`reasons.${reason.code}`, { genre: reason.genre });
    case 'mood':
      return reason.mood === null
        ? t('reasons.theMood', { n: reason.percent })
        : t('reasons.mood', { mood: moodName(reason.mood), n: reason.percent });
    case 'lastPlayed':
      return t('reasons.lastPlayed', { day: formatDay(reason.atMs) });
    case 'corner':
      return t('reasons.corner', { played: reason.nPlayed, total: reason.nTracks });
    case 'like':
      return likeInWords(reason);
    case 'pathEnds':
      return t('reasons.pathEnds', { far: far(reason.distance) });
    case 'pathStep': {
      const { step, nSteps, from, to, distance } = reason;
      return t('reasons.pathStep', { n: step, total: nSteps, from, to, far: far(distance) });
    }
    case 'arc': {
      const { field, shape, percent, askedPercent, place, nPlaces } = reason;
      return t('reasons.arc', { what: field, shape, own: percent, asked: askedPercent, n: place, total: nPlaces });
    }
    case 'mixBegins':
      return t('reasons.mixBegins', { mix: mixInWords(reason.mix) });
    case 'mixes':
      return t(reason.isMixing ? 'reasons.mixes' : 'reasons.mixesNot', {
        mix: mixInWords(reason.mix),
        before: mixInWords(reason.before),
      });
    default:
      return t(`reasons.${reason.code}`);
  }
}

function likeInWords({ title, distance, parts }: ReasonOf<'like'>): string {
  if (parts.length === 0) return t('reasons.like', { title, far: far(distance) });
  const said = parts.map(({ source, isUnlike, distance: own }) =>
    isUnlike ? t(`reasons.unlike_${source}`, { far: far(own) }) : t(`reasons.its_${source}`, { far: far(own) }),
  );
  return t('reasons.likeBy', { title, far: far(distance), parts: said.join(', ') });
}

/** "8A, 122 BPM" */
function mixInWords({ camelot, tempoBpm }: Mix): string {
  return t('reasons.mix', {
    key: camelot ?? t('reasons.keyUnknown'),
    tempo: tempoBpm === null ? t('reasons.tempoUnknown') : t('reasons.mixTempo', { n: Math.round(tempoBpm) }),
  });
}

function far(distance: number): string {
  return formatCount(distance, 2);
}
