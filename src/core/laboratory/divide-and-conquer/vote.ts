// A recording's class from the classes of its pieces.
import type { SegmentTable } from '../../domain/laboratory-networks.ts';

/**
 * The class that most pieces vote for; between equals the one that their probabilities, added up, are larger of.
 * @param probabilities Float32Array [nTested x nClasses]
 * @param tested Int32Array [nTested], places of segments
 * @returns recordings in the order of their first piece, and the class of each
 */
export function majorityVote(
  probabilities: Float32Array,
  nClasses: number,
  tested: Int32Array,
  { recordings }: Pick<SegmentTable, 'recordings'>,
): { recordings: Int32Array; guesses: Int32Array } {
  const byRecording = Map.groupBy(tested.keys(), (i) => recordings[tested[i]!]!);
  const guesses = [...byRecording.values()].map((pieces) => {
    const sums = new Float64Array(nClasses);
    const votes = new Int32Array(nClasses);
    for (const piece of pieces) {
      const row = probabilities.subarray(piece * nClasses, (piece + 1) * nClasses);
      for (const [c, probability] of row.entries()) sums[c] = sums[c]! + probability;
      const vote = row.indexOf(Math.max(...row));
      votes[vote] = votes[vote]! + 1;
    }
    const classes = [...sums.keys()];
    return classes.reduce((best, c) => {
      const difference = votes[c]! - votes[best]!;
      return difference > 0 || (difference === 0 && sums[c]! > sums[best]!) ? c : best;
    });
  });
  return { recordings: Int32Array.from(byRecording.keys()), guesses: Int32Array.from(guesses) };
}
