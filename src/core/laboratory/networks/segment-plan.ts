// Where the segments of a recording lie.
import { MEL_PROFILE } from '../../config/audio-profile.ts';
import type { SegmentSpec } from '../../domain/laboratory-networks.ts';

/** Seconds from a segment's first sample to behind its last: so many samples have nFrames centred frames. */
export function segmentSec({ nFrames, hopSamples }: SegmentSpec): number {
  return ((nFrames - 1) * hopSamples) / MEL_PROFILE.sampleRateHz;
}

/**
 * Seconds at which the segments begin: as many as lie wholly in the recording (or in its middle), or `maxSegments` of them spread over it; one at 0 where
 * the recording is shorter than a segment.
 */
export function planSegments(durationSec: number, spec: SegmentSpec): { starts: number[]; isRepeated: boolean } {
  const lengthSec = segmentSec(spec);
  if (durationSec < lengthSec) return { starts: [0], isRepeated: true };
  const stepSec = (spec.stepFrames * spec.hopSamples) / MEL_PROFILE.sampleRateHz;
  const cutSec = Math.max(lengthSec, Math.min(durationSec, spec.middleSec ?? durationSec));
  const fromSec = (durationSec - cutSec) / 2;
  const n = 1 + Math.floor((cutSec - lengthSec) / stepSec);
  const nKept = Math.min(n, spec.maxSegments ?? n);
  const starts = Array.from({ length: nKept }, (_, i) => fromSec + stepSec * Math.floor(((i + 0.5) * n) / nKept));
  return { starts, isRepeated: false };
}
