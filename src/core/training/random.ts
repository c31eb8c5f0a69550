// A seeded generator of pseudo-random numbers: the same seed gives the same numbers on every machine.

export interface Random {
  /** Uniform in 0..1, 1 excluded. */
  next(): number;
  /** Uniform integer in 0..n - 1. */
  below(n: number): number;
}

/** sfc32 (Doty-Humphrey, PractRand), seeded by splitmix32 of one number. */
export function createRandom(seed: number): Random {
  let mix = Math.trunc(seed) | 0;
  const word = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  let [a, b, c, counter] = [word(), word(), word(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still show the seed.
  for (let i = 0; i < 12; i++) next();
  return { next, below: (n) => Math.floor(next() * n) };
}

/** Shuffles in place (Fisher-Yates) and gives the array back. */
function shuffle<T extends Int32Array | unknown[]>(array: T, random: Random): T {
  for (let i = array.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = array[i]!;
    array[i] = array[j]!;
    array[j] = kept;
  }
  return array;
}

/** The same items in random order. */
export function shuffled<T>(items: Iterable<T>, random: Random): T[] {
  return shuffle([...items], random);
}

/** 0..n - 1 in random order. */
export function shuffledOrder(n: number, random: Random): Int32Array {
  return shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    random,
  );
}

/** One standard normal number (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
