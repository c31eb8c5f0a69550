// Energy: one number for how intense music feels, from its loudness, how much happens in it, and how bright it is.

/**
 * The ingredients that Spotify's documentation of its `energy` feature names first (perceived loudness, timbre, onset rate), each
 * brought to 0..1 between two everyday extremes and averaged with fixed weights. Monotone in each.
 */
const WEIGHTS = { loudness: 0.5, onsets: 0.3, brightness: 0.2 } as const;
/** A quiet solo recording .. a loud modern master. */
const LOUDNESS_LUFS = [-35, -7] as const;
/** A slow adagio .. dense drumming. */
const ONSETS_PER_SEC = [0, 7] as const;
/** Spectral centroid of a dark piano .. of distorted guitars and cymbals; on a logarithmic scale. */
const CENTROID_HZ = [400, 4000] as const;

export interface EnergyInput {
  /** Integrated loudness; null for silence. */
  loudnessLufs: number | null;
  onsetsPerSec: number;
  centroidHz: number;
}

/** 0 calm .. 1 intense; 0 for silence. */
export function energyOf({ loudnessLufs, onsetsPerSec, centroidHz }: EnergyInput): number {
  if (loudnessLufs === null) return 0;
  const loudness = share(loudnessLufs, LOUDNESS_LUFS);
  const onsets = share(onsetsPerSec, ONSETS_PER_SEC);
  const brightness = centroidHz > 0 ? share(Math.log(centroidHz), [Math.log(CENTROID_HZ[0]), Math.log(CENTROID_HZ[1])]) : 0;
  return WEIGHTS.loudness * loudness + WEIGHTS.onsets * onsets + WEIGHTS.brightness * brightness;
}

/** Where a value lies between two bounds, 0..1. */
function share(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}
