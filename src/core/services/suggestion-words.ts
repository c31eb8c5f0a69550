// Why a track is asked about or its label doubted, in one plain sentence.
import type { ScoredGenre } from '../domain/track.ts';
import type { Doubt } from '../training/active/label-doubts.ts';
import type { Ranked } from '../training/active/rank-suggestions.ts';

const N_GUESSES = 3;

export function topGuesses(genres: readonly string[], probabilities: Float32Array): ScoredGenre[] {
  const scored = genres.map((name, i) => ({ name, probability: Math.min(1, probabilities[i] ?? 0) }));
  return scored.sort((a, b) => b.probability - a.probability).slice(0, N_GUESSES);
}

export function suggestionReason({ why, nAlike, probabilities }: Ranked, guesses: readonly ScoredGenre[]): string {
  const [first, second] = guesses;
  if (why === 'uncertain' && first && second) return `Between ${first.name} and ${second.name}.`;
  if (why === 'rare' && first) return `Perhaps ${first.name}, which has few labels so far.`;
  if (nAlike > 0) return `${nAlike === 1 ? 'One other track sounds' : `${nAlike} other tracks sound`} much like it.`;
  return probabilities ? 'Unlike what you have labelled so far.' : 'Unlike the other tracks.';
}

export function doubtReason(doubt: Doubt, { given, suggested }: { given: string; suggested: string }): string {
  const percent = Math.round(doubt.suggestedProbability * 100);
  if (doubt.isConfident) return `Labelled ${given}, but your other labels make it ${suggested} (${percent} %).`;
  return `Labelled ${given}; your other labels lean to ${suggested} (${percent} %).`;
}
