// Vectors as bits: one a dimension, set where the value is positive, lowest bit first, as sqlite-vec packs them. The angle between
// two vectors shows in how many bits differ (Charikar, Similarity Estimation Techniques from Rounding Algorithms, STOC 2002).

/** @returns Uint8Array [ceil(n / 8)] */
export function signCode(vector: Float32Array): Uint8Array {
  const code = new Uint8Array(Math.ceil(vector.length / 8));
  for (let i = 0; i < vector.length; i++) if (vector[i]! > 0) code[i >> 3]! |= 1 << (i & 7);
  return code;
}

/** How many bits of two codes of one length differ. */
export function codeDistance(a: Uint8Array, b: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < a.length; i++) n += BITS_IN_BYTE[a[i]! ^ b[i]!]!;
  return n;
}

const BITS_IN_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
