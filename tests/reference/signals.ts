// Test signals from a formula: the same here and in make_references.py.

const NOISE_SEED = 12_345;

/** Linear congruential generator of Numerical Recipes: Float64Array [n], -1..1. */
export function noise(n: number, seed = NOISE_SEED): Float64Array {
  let state = seed;
  return new Float64Array(n).map(() => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Two tones, one of them pulsing twice a second, and a little noise: Float32Array [n]. */
export function testSignal(n: number, rateHz: number): Float32Array {
  const hiss = noise(n);
  return new Float32Array(n).map((_, i) => {
    const t = i / rateHz;
    const pulse = Math.exp(-8 * (t % 0.5));
    const tones = 0.3 * Math.sin(2 * Math.PI * 220 * t) + 0.4 * pulse * Math.sin(2 * Math.PI * 1234.5 * t);
    return tones + 0.1 * pulse * hiss[i]!;
  });
}

/** Stereo noise (right at half amplitude) at one level after another, 44.1 kHz. */
export function loudnessSignal(levelsDb: readonly number[], secondsEach: number): { left: Float32Array; right: Float32Array } {
  const n = secondsEach * 44_100;
  const left = new Float32Array(noise(levelsDb.length * n).map((value, i) => value * 10 ** (levelsDb[Math.floor(i / n)]! / 20)));
  return { left, right: left.map((value) => 0.5 * value) };
}

/** A sine: Float32Array [seconds * rateHz]. */
export function sine(frequencyHz: number, amplitude: number, seconds: number, rateHz = 44_100): Float32Array {
  return new Float32Array(Math.round(seconds * rateHz)).map(
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequencyHz * i) / rateHz),
  );
}

/** Largest difference between two equally long arrays. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let max = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= max)) max = Number.isNaN(difference) ? Infinity : difference;
  }
  return max;
}

/** Every stride-th value. */
export function sampled(values: ArrayLike<number>, stride: number): number[] {
  return Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => values[i * stride]!);
}
