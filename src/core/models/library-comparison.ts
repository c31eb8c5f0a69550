// What two models say of every track that both have heard.
import type { LibraryDb } from '../db/open.ts';
import { genreKey } from '../domain/genre.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { LibraryComparison } from '../domain/model-tasks.ts';
import { argmax } from '../training/head/join-rules.ts';
import { encoderOf, openHead } from './open-head.ts';
import { scoreRange } from './score-tracks.ts';

/** @throws StemscapeError model.unknown | model.corrupt */
export function compareOverLibrary(db: LibraryDb, a: string, b: string, onStep: () => void = () => {}): LibraryComparison {
  const guessesA = bestGuesses(db, a, onStep);
  const guessesB = bestGuesses(db, b, onStep);
  const counts = new Map<string, { genre: string; nA: number; nB: number }>();
  const count = (genre: string, side: 'nA' | 'nB') => {
    const entry = counts.get(genreKey(genre)) ?? { genre, nA: 0, nB: 0 };
    entry[side]++;
    counts.set(genreKey(genre), entry);
  };
  let [nTracks, nDifferent] = [0, 0];
  for (const [id, guessA] of guessesA) {
    const guessB = guessesB.get(id);
    if (guessB === undefined) continue;
    nTracks++;
    if (genreKey(guessA) !== genreKey(guessB)) nDifferent++;
    count(guessA, 'nA');
    count(guessB, 'nB');
  }
  const shifts = [...counts.values()].sort((x, y) => y.nB - y.nA - (x.nB - x.nA) || (x.genre < y.genre ? -1 : 1));
  return { nTracks, nDifferent, shifts };
}

function bestGuesses(db: LibraryDb, modelId: string, onStep: () => void): Map<number, string> {
  const guesses = new Map<number, string>();
  if (modelId === BUNDLED_MODEL_ID) {
    for (const { trackId, genres, probabilities } of db.guessRows.bundled()) {
      guesses.set(trackId, genres[argmax(probabilities, 0, probabilities.length)]!);
      if (guesses.size % 5000 === 0) onStep();
    }
    return guesses;
  }
  const { model, head } = openHead(db, modelId);
  const everything = { afterId: 0, throughId: Number.MAX_SAFE_INTEGER };
  const { trackIds, probabilities } = scoreRange(db.trainingRows, encoderOf(model), head, everything, onStep);
  const n = head.genres.length;
  for (const [i, id] of trackIds.entries()) guesses.set(id, head.genres[argmax(probabilities, i * n, n)]!);
  return guesses;
}
