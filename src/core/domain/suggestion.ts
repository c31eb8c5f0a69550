// What to label next, and which labels look wrong.
import type { ScoredGenre } from './track.ts';

/** The first two guesses are close; the first has few labels; many sound like it; few do, by the labels or by the sound. */
export const SUGGESTION_REASONS = ['between', 'rare', 'alike', 'unlikeLabelled', 'unlikeOthers'] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

/** A track worth asking about. */
export interface Suggestion {
  trackId: number;
  /** The three likeliest genres; the first is what Enter accepts. */
  guesses: ScoredGenre[];
  /** Where to listen: the window that speaks most clearly for the first guess. */
  startSec: number;
  why: SuggestionReason;
  /** Open tracks that sound much like it. */
  nAlike: number;
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
  /** The other labels leave no doubt; otherwise they lean that way. */
  isConfident: boolean;
}
