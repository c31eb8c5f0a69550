// How well a network told the tested recordings of two genres apart.
import type { SegmentTable } from '../../domain/laboratory-networks.ts';

/** Shares, 0..1. */
export interface PairScores {
  recordings: number;
  /** The mean of both genres' shares, so that a large genre does not speak for a small one; chance gives a half. */
  balanced: number;
  segments: number;
}

/**
 * @param probabilities Float32Array [nTested x 2]
 * @param tested Int32Array [nTested], places of segments
 * @param isSecond whether a segment is of the second genre
 */
export function pairScores(
  probabilities: Float32Array,
  tested: Int32Array,
  { recordings }: Pick<SegmentTable, 'recordings'>,
  isSecond: (segment: number) => boolean,
): PairScores {
  const isRight = (probability: number, label: boolean) => probability > 0.5 === label;
  const yes = Array.from(tested, (_, i) => probabilities[2 * i + 1]!);
  const segments = shareOf(yes.map((probability, i) => isRight(probability, isSecond(tested[i]!))));
  const byRecording = [...Map.groupBy(tested.keys(), (i) => recordings[tested[i]!]!).values()];
  const joined = byRecording.map((places) => {
    const mean = places.reduce((sum, i) => sum + yes[i]!, 0) / places.length;
    const label = isSecond(tested[places[0]!]!);
    return { label, isRight: isRight(mean, label) };
  });
  const ofGenre = (label: boolean) => shareOf(joined.filter((each) => each.label === label).map((each) => each.isRight));
  return { recordings: shareOf(joined.map((each) => each.isRight)), balanced: (ofGenre(false) + ofGenre(true)) / 2, segments };
}

function shareOf(values: readonly boolean[]): number {
  return values.filter(Boolean).length / values.length;
}
