// A trained autoencoder as plain numbers, and latents of tracks by it.
import type { AutoencoderShape } from '../../nn/tfjs/autoencoder-network.ts';
import { encodeRows } from '../../nn/tfjs/autoencoder-trainer.ts';
import { openTensors } from '../../nn/tfjs/backend.ts';
import { type FeatureScale, standardizeRow } from '../head/feature-scale.ts';

export interface Autoencoder {
  shape: AutoencoderShape;
  /** What descriptors are standardised by. */
  scale: FeatureScale;
  /** Tensors of the encoder by name, row-major. */
  tensors: ReadonlyMap<string, Float32Array>;
}

/** z-values, clipped; missing ones 0. @param descriptors Float32Array [n x inputSize] */
export function standardized(descriptors: Float32Array, n: number, scale: FeatureScale): Float32Array {
  const d = scale.mean.length;
  const rows = new Float32Array(n * d);
  for (let i = 0; i < n; i++) standardizeRow(descriptors, i, d, scale, 0, rows, i * d);
  return rows;
}

/**
 * @param descriptors Float32Array [n x inputSize], as they were measured
 * @returns Float32Array [n x latentSize]
 * @throws StemscapeError host.unavailable
 */
export async function encodeTracks(autoencoder: Autoencoder, descriptors: Float32Array, n: number): Promise<Float32Array> {
  const { shape, scale, tensors } = autoencoder;
  await openTensors('auto');
  return encodeRows(shape, tensors, standardized(descriptors, n, scale), n);
}
