// What to label next, and which labels look wrong.
import type { ScoredGenre } from './track.ts';

/** A track worth asking about. */
export interface Suggestion {
  trackId: number;
  /** The three likeliest genres; the first is what Enter accepts. */
  guesses: ScoredGenre[];
  /** Where to listen: the window that speaks most clearly for the first guess. */
  startSec: number;
  /** "Between Jazz and Blues", "Few labels of Reggae so far": one plain sentence. */
  reason: string;
}

/** A label that the other labels contradict. */
export interface LabelDoubt {
  trackId: number;
  given: string;
  suggested: string;
  /** Of the given and the suggested genre, from folds that had not seen the track. */
  givenProbability: number;
  suggestedProbability: number;
  startSec: number;
  reason: string;
}
