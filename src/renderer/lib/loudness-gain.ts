// Playing every track equally loud, by the loudness and the peak the engine measured.

/** Quiet enough that almost all music only has to be turned down. */
export const TARGET_LUFS = -18;

/**
 * Linear gain: quiet tracks are turned up as far as their measured peak allows, so nothing ever clips.
 * @returns 1 when the loudness is not known; at most 1 when the peak is not
 */
export function normalisingGain(loudnessLufs: number | null, samplePeakDbfs: number | null = null): number {
  if (loudnessLufs === null) return 1;
  const headroomDb = Math.max(0, -(samplePeakDbfs ?? 0));
  return 10 ** (Math.min(headroomDb, TARGET_LUFS - loudnessLufs) / 20);
}

/** Fader position 0..1 -> linear gain: squared, so that equal steps sound about equal. */
export function faderGain(position: number): number {
  return position * position;
}
