// Which two genres are taken for each other most often.
import type { Evaluation } from '../../domain/training.ts';

const N_PAIRS = 5;

/**
 * Pairs with the largest share of their tracks confused with each other, largest first.
 * @param confusion [label][guess], counts
 */
export function hardestPairs(genres: readonly string[], confusion: readonly (readonly number[])[]): Evaluation['hardestPairs'] {
  const pairs: Evaluation['hardestPairs'] = [];
  const labelled = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  for (const [i, a] of genres.entries()) {
    for (let j = i + 1; j < genres.length; j++) {
      const nConfused = confusion[i]![j]! + confusion[j]![i]!;
      if (nConfused > 0) pairs.push({ a, b: genres[j]!, nConfused, share: nConfused / (labelled[i]! + labelled[j]!) });
    }
  }
  return pairs.sort((p, q) => q.share - p.share || q.nConfused - p.nConfused).slice(0, N_PAIRS);
}
