// Decoded sound as it flows through the engine: planar stereo at DECODE_RATE_HZ.

/** Both channels: Float32Array [nSamples] each, amplitude, nominally -1..1 (lossy codecs overshoot), at DECODE_RATE_HZ. */
export interface StereoBlock {
  left: Float32Array;
  right: Float32Array;
}

/** Mean of both channels: Float32Array [nSamples], same unit. */
export function monoOf(block: StereoBlock): Float32Array {
  const { left, right } = block;
  const mono = new Float32Array(left.length);
  for (let i = 0; i < mono.length; i++) mono[i] = 0.5 * (left[i]! + right[i]!);
  return mono;
}
