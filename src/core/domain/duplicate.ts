// The same recording in several files: what is told of the files, and which is likely the best one to keep.

/** `same`: one recording as a whole, in other formats, bit rates or with other silence around it. `near`: other versions of it. */
export const DUPLICATE_KINDS = ['same', 'near'] as const;
export type DuplicateKind = (typeof DUPLICATE_KINDS)[number];

/** Two tracks that hold the same sound. */
export interface DuplicatePair {
  kind: DuplicateKind;
  /** Track ids, a < b. */
  a: number;
  b: number;
  /** Share of the fingerprints' bits that agree, 0.5..1. */
  agreement: number;
  /** So much later the common sound begins in a. */
  offsetSec: number;
}

export interface DuplicateFile {
  trackId: number;
  path: string;
  title: string | null;
  artist: string | null;
  codec: string | null;
  isLossless: boolean;
  bitRateBps: number | null;
  sampleRateHz: number | null;
  sizeBytes: number;
  durationSec: number | null;
}

export interface DuplicateGroup {
  kind: DuplicateKind;
  /** Best copy first. Of near duplicates that have copies of their own, the best copy stands for them. */
  files: DuplicateFile[];
  /** Why the first is likely the best copy. */
  reason: string;
  /** The smallest agreement among the pairs that make the group, 0.5..1. */
  agreement: number;
}

export interface DuplicateReport {
  groups: DuplicateGroup[];
  /** Tracks that were compared. */
  nTracks: number;
  /** Analysed tracks without a fingerprint: analysed by an earlier version, or too short. */
  nNotCompared: number;
}

const LOSSLESS = /\b(flac|alac|pcm|wav|aiff|ape|monkey|wavpack|tta|dsd)|lossless/i;

/** Whether a codec, as the file's tags name it, keeps every sample. */
export function isLosslessCodec(codec: string | null): boolean {
  return codec !== null && LOSSLESS.test(codec);
}

/** Bits of a codec are worth so many bits of MP3: what listening tests find about equal at middle rates. */
const MP3_WORTH: readonly [RegExp, number][] = [
  [/opus/i, 1.6],
  [/aac|mp4a|vorbis/i, 1.3],
];

function worthOf({ codec, bitRateBps }: DuplicateFile): number {
  return (bitRateBps ?? 0) * (MP3_WORTH.find(([name]) => codec && name.test(codec))?.[1] ?? 1);
}

/** Best copy first: lossless, then by sample rate, or else by what the bit rate is worth; the longer and then the older one of equals. */
export function bestFirst(files: readonly DuplicateFile[]): DuplicateFile[] {
  return files.toSorted(
    (a, b) =>
      Number(b.isLossless) - Number(a.isLossless) ||
      (a.isLossless ? (b.sampleRateHz ?? 0) - (a.sampleRateHz ?? 0) : worthOf(b) - worthOf(a)) ||
      (b.durationSec ?? 0) - (a.durationSec ?? 0) ||
      a.trackId - b.trackId,
  );
}

/** @param files best first, two or more */
export function whyBest([best, next]: readonly DuplicateFile[]): string {
  if (!best || !next) return '';
  if (best.isLossless && !next.isLossless) return 'The only lossless copy.';
  if (best.isLossless && (best.sampleRateHz ?? 0) > (next.sampleRateHz ?? 0)) return 'Lossless, with the highest sample rate.';
  if (!best.isLossless && worthOf(best) > worthOf(next)) return 'The highest bit rate for its format.';
  if ((best.durationSec ?? 0) > (next.durationSec ?? 0) + 0.5) return 'Of equal quality; the longest copy.';
  return 'Of equal quality; the copy that was there first.';
}
