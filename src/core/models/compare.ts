// Two models on the labelled tracks that both were tested on without having seen them.
import type { LearnedLabel, OutOfFold } from '../db/model-store.ts';
import { genreKey } from '../domain/genre.ts';
import type { ModelComparison } from '../domain/model.ts';
import { mcnemarMidP } from '../training/evaluation/mcnemar.ts';
import { argmax } from '../training/head/join-rules.ts';

/** What a model says of tracks it has not learned from, and the labels these tracks had. Keys of names; null = no label known. */
export interface FairVerdicts {
  guesses: ReadonlyMap<number, string>;
  /** Null for a model that never learned from labels: it is fair on every track. */
  labels: ReadonlyMap<number, string> | null;
}

export type PairedFigures = Pick<ModelComparison, 'nShared' | 'accuracyA' | 'accuracyB' | 'onlyARight' | 'onlyBRight' | 'pValue'>;

export function fairVerdicts({ genres, trackIds, probabilities }: OutOfFold, labels: readonly LearnedLabel[]): FairVerdicts {
  const n = genres.length;
  const keys = genres.map(genreKey);
  return {
    guesses: new Map(Array.from(trackIds, (id, i) => [id, keys[argmax(probabilities, i * n, n)]!])),
    labels: new Map(labels.flatMap(({ trackId, genre }) => (trackId === null ? [] : [[trackId, genreKey(genre)]]))),
  };
}

/** Paired figures (McNemar, mid-p). Tracks that the two learned under different labels are left out: neither is known to be right. */
export function comparePaired(a: FairVerdicts, b: FairVerdicts): PairedFigures {
  let [nShared, nA, nB, onlyARight, onlyBRight] = [0, 0, 0, 0, 0];
  for (const [id, guessA] of a.guesses) {
    const guessB = b.guesses.get(id);
    const labels = [a.labels?.get(id), b.labels?.get(id)].filter((label) => label !== undefined);
    if (guessB === undefined || labels.length === 0 || new Set(labels).size > 1) continue;
    const [rightA, rightB] = [guessA === labels[0], guessB === labels[0]];
    nShared++;
    if (rightA) nA++;
    if (rightB) nB++;
    if (rightA && !rightB) onlyARight++;
    if (rightB && !rightA) onlyBRight++;
  }
  if (nShared === 0) return { nShared, accuracyA: null, accuracyB: null, onlyARight, onlyBRight, pValue: null };
  return {
    nShared,
    accuracyA: nA / nShared,
    accuracyB: nB / nShared,
    onlyARight,
    onlyBRight,
    pValue: mcnemarMidP(onlyARight, onlyBRight),
  };
}

/** Tracks of one cell of the confusion matrix. */
export function confusedIds({ guesses, labels }: FairVerdicts, label: string, guess: string): number[] {
  const [labelKey, guessKey] = [genreKey(label), genreKey(guess)];
  return [...guesses].flatMap(([id, said]) => (said === guessKey && labels?.get(id) === labelKey ? [id] : []));
}
