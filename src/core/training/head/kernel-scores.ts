// A kernel head's scores of windows; what the descriptors add to a distance is computed once a track.
import type { Head, HeadDataset } from '../../domain/training.ts';
import { standardizeRow } from './feature-scale.ts';
import { type KernelPart, kernelPart, partExponents } from './kernel-map.ts';
import { multiplyTransposed } from './matrix-kernels.ts';

/** Windows and tracks worked on at once. */
const BLOCK_ROWS = 64;

type Tracks = Pick<HeadDataset, 'windowStart' | 'embeddings' | 'descriptors'>;

/** Scores before calibration, Float32Array [nWindows x nGenres], of a head that has a kernel. */
export function createKernelScorer(head: Head): (tracks: Tracks) => Float32Array {
  const m = head.genres.length;
  const fromEmbedding = partOf(head, 0, head.embeddingSize);
  const fromDescriptors = partOf(head, head.embeddingSize, head.nDescriptors);
  const nLandmarks = fromEmbedding.part.nLandmarks;
  const weights = Float64Array.from(head.weights);
  const scores = new Float64Array(BLOCK_ROWS * m);
  return ({ windowStart, embeddings, descriptors }) => {
    const nTracks = windowStart.length - 1;
    const logits = new Float32Array(windowStart[nTracks]! * m);
    for (let t = 0; t < nTracks; t += BLOCK_ROWS) {
      const end = Math.min(nTracks, t + BLOCK_ROWS);
      const shared = fromDescriptors.exponents(descriptors, t, end - t);
      let track = t;
      for (let window = windowStart[t]!; window < windowStart[end]!; window += BLOCK_ROWS) {
        const n = Math.min(BLOCK_ROWS, windowStart[end]! - window);
        const phi = fromEmbedding.exponents(embeddings, window, n);
        for (let i = 0; i < n; i++) {
          while (windowStart[track + 1]! <= window + i) track++;
          addAndRaise(phi, i * nLandmarks, shared, (track - t) * nLandmarks, nLandmarks);
        }
        multiplyTransposed(phi, weights, n, m, nLandmarks, scores);
        for (let at = 0; at < n * m; at++) logits[window * m + at] = scores[at]! + head.bias[at % m]!;
      }
    }
    return logits;
  };
}

/** phi = exp(both parts' exponents), in place. */
function addAndRaise(phi: Float64Array, at: number, shared: Float64Array, sharedAt: number, n: number): void {
  for (let l = 0; l < n; l++) phi[at + l] = Math.exp(Math.min(0, phi[at + l]! + shared[sharedAt + l]!));
}

interface ScaledPart {
  part: KernelPart;
  /** Of n <= BLOCK_ROWS rows of raw features from `start`; the array is used again by the next call. */
  exponents(rows: Float32Array, start: number, n: number): Float64Array;
}

function partOf(head: Head, offset: number, d: number): ScaledPart {
  const part = kernelPart(head.kernel!, offset, d);
  const z = new Float64Array(BLOCK_ROWS * d);
  const out = new Float64Array(BLOCK_ROWS * part.nLandmarks);
  return {
    part,
    exponents(rows, start, n) {
      for (let i = 0; i < n; i++) standardizeRow(rows, start + i, d, head, offset, z, i * d);
      partExponents(part, z, n, out);
      return out;
    },
  };
}
