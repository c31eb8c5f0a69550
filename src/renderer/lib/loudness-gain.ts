// Playing every track equally loud, by the loudness the engine measured.

/** Quiet enough that almost all music only has to be turned down, so nothing ever clips. */
export const TARGET_LUFS = -18;

/** Linear gain 0..1; 1 when the loudness is not known or the track is quieter than the target. */
export function normalisingGain(loudnessLufs: number | null): number {
  if (loudnessLufs === null) return 1;
  return Math.min(1, 10 ** ((TARGET_LUFS - loudnessLufs) / 20));
}

/** Fader position 0..1 -> linear gain: squared, so that equal steps sound about equal. */
export function faderGain(position: number): number {
  return position * position;
}
