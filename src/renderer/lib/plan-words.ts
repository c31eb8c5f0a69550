// What a training would leave out, and what keeps it from starting. The engine says the same in English; here it is said from the plan's
// numbers, so that it can be said in every language.
import {
  MIN_GENRES,
  MIN_TRACKS_FROM_SCRATCH,
  MIN_TRACKS_PER_GENRE,
  MIN_TRACKS_TO_FINETUNE,
  type TrainPlan,
  type TrainRequest,
} from '../../contract/index.ts';
import { t } from './language.ts';

type Asked = Pick<TrainRequest, 'mode' | 'genres'>;
type LeftOut = TrainPlan['leftOut'][number];

/** Whether a genre is left out because the person chose others. */
export function isUnchosen({ name }: Pick<LeftOut, 'name'>, { genres }: Asked): boolean {
  return genres !== null && !genres.includes(name);
}

export function leftOutWords(genre: LeftOut, asked: Asked): string {
  if (isUnchosen(genre, asked)) return t('teach.notChosen');
  const missing = MIN_TRACKS_PER_GENRE - genre.nTracks;
  if (missing > 0) return t('teach.needsMore', { genre: genre.name, n: genre.nTracks, missing });
  return t('teach.oneArtist', { genre: genre.name, n: genre.nTracks });
}

/** @returns null when the training can start */
export function obstacleWords(plan: TrainPlan, asked: Asked): string | null {
  if (plan.obstacle === null) return null;
  const refused = asked.genres === null ? undefined : plan.leftOut.find((genre) => !isUnchosen(genre, asked));
  if (refused) return leftOutWords(refused, asked);
  if (plan.genres.length < MIN_GENRES) return tooFewGenres(plan, asked);
  if (asked.mode === 'finetune') return tooFew('teach.tooFew_finetune', MIN_TRACKS_TO_FINETUNE, plan.nTracks);
  if (asked.mode === 'scratch') return tooFew('teach.tooFew_scratch', MIN_TRACKS_FROM_SCRATCH, plan.nTracks);
  return plan.obstacle;
}

function tooFew(key: 'teach.tooFew_finetune' | 'teach.tooFew_scratch', needed: number, nTracks: number): string {
  return t(key, { n: needed, missing: needed - nTracks });
}

function tooFewGenres({ genres, leftOut, nUnheard }: TrainPlan, asked: Asked): string {
  const sentences: string[] = [];
  if (genres.length === 0 && leftOut.length === 0) {
    sentences.push(t('teach.noLabels', { n: MIN_TRACKS_PER_GENRE, genres: MIN_GENRES }));
  } else {
    const nearest = leftOut.toSorted((a, b) => b.nTracks - a.nTracks).slice(0, MIN_GENRES - genres.length);
    if (genres[0]) sentences.push(t('teach.onlyKnown', { genre: genres[0].name }));
    sentences.push(...nearest.map((genre) => leftOutWords(genre, asked)));
    const isAlone = nearest.length + genres.length < MIN_GENRES;
    if (isAlone) sentences.push(t('teach.labelAnother', { n: MIN_TRACKS_PER_GENRE }));
  }
  if (nUnheard > 0) sentences.push(t('teach.unheardFirst', { n: nUnheard }));
  return sentences.join(' ');
}
