// The stored waveform made as wide as the place it is drawn in.

/** Uint8 peaks -> `count` bars 0..1: the largest peak of each stretch. */
export function foldPeaks(peaks: Uint8Array, count: number): number[] {
  if (peaks.length === 0) return Array.from({ length: count }, () => 0);
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    let peak = 0;
    for (let index = from; index < to; index++) peak = Math.max(peak, peaks[index] ?? 0);
    return peak / 255;
  });
}
