// Windows of the same recording brought together: what its middle one says, and the mean of what all say.
import type { FitResult } from '../../domain/laboratory-networks.ts';

export interface JoinedWindows {
  /** In the order in which the windows come. */
  recordings: Int32Array;
  /** Float32Array [nRecordings x nClasses], probabilities. */
  single: Float32Array;
  all: Float32Array;
}

/**
 * @param recordings the recording of each segment
 * @param tested places of segments, those of a recording one after the other
 */
export function joinWindows(
  recordings: Int32Array,
  tested: Int32Array,
  { probabilities }: Pick<FitResult, 'probabilities'>,
  nClasses: number,
): JoinedWindows {
  const byRecording = Map.groupBy(tested.keys(), (i) => recordings[tested[i]!]!);
  const groups = [...byRecording.values()];
  const join = (pick: (rows: number[]) => number[]): Float32Array =>
    Float32Array.from(groups.flatMap((rows) => meanOf(probabilities, pick(rows), nClasses)));
  return {
    recordings: Int32Array.from(byRecording.keys()),
    single: join((rows) => [rows[Math.floor(rows.length / 2)]!]),
    all: join((rows) => rows),
  };
}

function meanOf(probabilities: Float32Array, rows: readonly number[], nClasses: number): number[] {
  return Array.from(
    { length: nClasses },
    (_, c) => rows.reduce((sum, row) => sum + probabilities[row * nClasses + c]!, 0) / rows.length,
  );
}
