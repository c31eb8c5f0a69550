// Vectors as bits: one a dimension, set where the value is positive, lowest bit first, as sqlite-vec packs them. The angle between
// two vectors shows in how many bits differ (Charikar, Similarity Estimation Techniques from Rounding Algorithms, STOC 2002).

/** @returns Uint8Array [ceil(n / 8)] */
export function signCode(vector: Float32Array): Uint8Array {
  const code = new Uint8Array(Math.ceil(vector.length / 8));
  for (let i = 0; i < vector.length; i++) if (vector[i]! > 0) code[i >> 3]! |= 1 << (i & 7);
  return code;
}
