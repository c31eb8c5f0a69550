// The whole sound as one vector: the network's embedding beside the descriptors, each of length one, so that both count alike.
// Of the five nearest of 399 real excerpts 59 % share the genre in it, 57 % by the embedding alone, 44 % by the descriptors alone.
import { fromBlob, toBlob } from '../db/vector-blob.ts';

/** Means and deviations of a library's descriptors. */
export interface SoundScale {
  /** Float32Array [nDescriptors] */
  mean: Float32Array;
  /** Float32Array [nDescriptors], 0 for a constant one. */
  deviation: Float32Array;
}

/** One odd number may not outweigh all others. */
const MAX_DEVIATIONS = 3;
const TINY = 1e-9;

/** @param descriptors Float32Array [n x size]; numbers that are not finite are passed over */
export function scaleOf(descriptors: Float32Array, n: number, size: number): SoundScale {
  const mean = new Float32Array(size);
  const deviation = new Float32Array(size);
  for (let d = 0; d < size; d++) {
    let [sum, count] = [0, 0];
    for (let i = 0; i < n; i++) {
      const value = descriptors[i * size + d]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    const middle = count === 0 ? 0 : sum / count;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const value = descriptors[i * size + d]!;
      if (Number.isFinite(value)) squares += (value - middle) ** 2;
    }
    const spread = Math.sqrt(squares / Math.max(1, count));
    mean[d] = middle;
    deviation[d] = spread > TINY * Math.max(1, Math.abs(middle)) ? spread : 0;
  }
  return { mean, deviation };
}

/**
 * @param embedding Float32Array [nEmbedding]
 * @param descriptors Float32Array [nDescriptors]
 * @param out Float32Array, written from `offset` on: nEmbedding + nDescriptors values, each part of length 1 (or 0)
 */
export function writeSound(
  embedding: Float32Array,
  descriptors: Float32Array,
  { mean, deviation }: SoundScale,
  out: Float32Array,
  offset: number,
): void {
  const split = offset + embedding.length;
  out.set(embedding, offset);
  for (let d = 0; d < descriptors.length; d++) {
    const value = (descriptors[d]! - mean[d]!) / deviation[d]!;
    out[split + d] = Number.isFinite(value) ? Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, value)) : 0;
  }
  toUnit(out, offset, split);
  toUnit(out, split, split + descriptors.length);
}

/** Scales a stretch to length 1; zeros stay. */
export function toUnit(values: Float32Array, from: number, to: number): void {
  let squares = 0;
  for (let at = from; at < to; at++) squares += values[at]! ** 2;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let at = from; at < to; at++) values[at] = values[at]! * scale;
}

export function encodeScale({ mean, deviation }: SoundScale): Uint8Array {
  return Uint8Array.from(Buffer.concat([toBlob(mean), toBlob(deviation)]));
}

export function decodeScale(bytes: Uint8Array): SoundScale {
  const values = fromBlob(bytes);
  return { mean: values.slice(0, values.length / 2), deviation: values.slice(values.length / 2) };
}
