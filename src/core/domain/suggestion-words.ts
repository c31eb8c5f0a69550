// Why a track is asked about or its label doubted, in one plain English sentence: for the command line.
import type { LabelDoubt, Suggestion } from './suggestion.ts';

export function suggestionSentence({ why, nAlike, guesses }: Pick<Suggestion, 'why' | 'nAlike' | 'guesses'>): string {
  const [first, second] = guesses;
  switch (why) {
    case 'between':
      return `Between ${first?.name} and ${second?.name}.`;
    case 'rare':
      return `Perhaps ${first?.name}, which has few labels so far.`;
    case 'alike':
      return `${nAlike === 1 ? 'One other track sounds' : `${nAlike} other tracks sound`} much like it.`;
    case 'unlikeLabelled':
      return 'Unlike what you have labelled so far.';
    case 'unlikeOthers':
      return 'Unlike the other tracks.';
  }
}

export function doubtSentence({ given, suggested, suggestedProbability, isConfident }: Omit<LabelDoubt, 'trackId'>): string {
  const percent = Math.round(suggestedProbability * 100);
  if (isConfident) return `Labelled ${given}, but your other labels make it ${suggested} (${percent} %).`;
  return `Labelled ${given}; your other labels lean to ${suggested} (${percent} %).`;
}
