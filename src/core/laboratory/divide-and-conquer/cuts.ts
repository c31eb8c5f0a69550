// The same 30 seconds of a recording cut in three ways: whole, in 3 pieces of 10 seconds, in 10 pieces of 3 seconds.
import type { SegmentSpec } from '../../domain/laboratory-networks.ts';
import { segmentSec } from '../networks/segment-plan.ts';

export interface Cut {
  name: string;
  nPieces: number;
  /** Examples in a step: about as many seconds of sound in all cuts fill about the same memory. */
  batchSize: number;
}

export const CUTS: readonly Cut[] = [
  { name: '30 s', nPieces: 1, batchSize: 4 },
  { name: '3 x 10 s', nPieces: 3, batchSize: 8 },
  { name: '10 x 3 s', nPieces: 10, batchSize: 16 },
];

/** 29.7 s at hops of 512 samples: a clip of 30 s always has them, also one that lost a little to its coding. */
const N_STEPS = 1280;
const HOP_SAMPLES = 512;
const MIDDLE_SEC = 29.75;

export function specOf({ nPieces }: Cut): SegmentSpec {
  const stepFrames = Math.floor(N_STEPS / nPieces);
  return {
    sources: ['mixture'],
    nFrames: stepFrames + 1,
    nMels: 128,
    fftSamples: 2048,
    hopSamples: HOP_SAMPLES,
    stepFrames,
    maxSegments: nPieces,
    middleSec: MIDDLE_SEC,
  };
}

/** A longer piece must have at least so many times the sound of a shorter one. */
const MIN_GAIN = 1.5;

/** Cuts that hear something of their own: where recordings are hardly longer than short pieces, long ones are the same sound repeated more often. */
export function cutsFor(longestSec: number): readonly Cut[] {
  const lengths = CUTS.map((cut) => segmentSec(specOf(cut)));
  return CUTS.filter((_, i) => i === CUTS.length - 1 || longestSec > MIN_GAIN * lengths[i + 1]!);
}
