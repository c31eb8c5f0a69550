// The likeliest genres of a track that is asked about, and what is the strongest reason to ask.
import type { SuggestionReason } from '../domain/suggestion.ts';
import type { ScoredGenre } from '../domain/track.ts';
import type { Ranked } from '../training/active/rank-suggestions.ts';

const N_GUESSES = 3;

export function topGuesses(genres: readonly string[], probabilities: Float32Array): ScoredGenre[] {
  const scored = genres.map((name, i) => ({ name, probability: Math.min(1, probabilities[i] ?? 0) }));
  return scored.sort((a, b) => b.probability - a.probability).slice(0, N_GUESSES);
}

export function whyAsked({ why, nAlike, probabilities }: Ranked, guesses: readonly ScoredGenre[]): SuggestionReason {
  if (why === 'uncertain' && guesses.length > 1) return 'between';
  if (why === 'rare' && guesses.length > 0) return 'rare';
  if (nAlike > 0) return 'alike';
  return probabilities ? 'unlikeLabelled' : 'unlikeOthers';
}
