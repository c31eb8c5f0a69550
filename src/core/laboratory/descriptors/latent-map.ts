// The autoencoder's latent space as a picture: trained on one fold's learned tracks, all tracks encoded, and t-SNE of that.
import type { LatentStep } from '../../domain/laboratory.ts';
import { tsne } from '../../map/tsne/tsne.ts';
import { reduceDescriptors } from './reduce-and-classify.ts';

const PERPLEXITY = 30;
const QUICK_ITERATIONS = 100;

/** @returns positions, Float32Array [2 n] @throws StemscapeError model.failed | host.unavailable */
export async function latentMap(step: LatentStep, pulse: (fraction: number | null) => void): Promise<Float32Array> {
  const { classes, latentSize, seed, isQuick } = step;
  const [latent] = await reduceDescriptors({ ...step, name: 'reduce', reduction: 'autoencoder', sizes: [latentSize] }, pulse);
  const { values, k } = latent!.rows;
  const { positions } = await tsne(Float32Array.from(values), classes.length, k, {
    perplexity: PERPLEXITY,
    seed,
    ...(isQuick && { nIterations: QUICK_ITERATIONS }),
    onProgress: () => {
      pulse(null);
      return true;
    },
  });
  return positions;
}
