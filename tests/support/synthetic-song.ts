// A made-up song of any length, the same on every machine: chords, thumps and noise, so that every stem has something.

const RATE_HZ = 44_100;

/** Uniform noise in -1..1 from a linear congruential generator. */
export function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Stereo at 44.1 kHz, peaks below 0.8. */
export function syntheticSong(nSamples: number): { left: Float32Array; right: Float32Array } {
  const noise = lcg(7);
  const make = (hz: number): Float32Array =>
    Float32Array.from({ length: nSamples }, (_, i) => {
      const t = i / RATE_HZ;
      const thump = Math.exp(-((t % 0.5) * 20)) * Math.sin(2 * Math.PI * 60 * t);
      const snare = Math.exp(-(((t + 0.25) % 0.5) * 40)) * noise();
      const chord = Math.sin(2 * Math.PI * hz * t) + 0.5 * Math.sin(2 * Math.PI * hz * 1.5 * t);
      return 0.15 * chord + 0.3 * thump + 0.15 * snare + 0.01 * noise();
    });
  return { left: make(220), right: make(330) };
}
