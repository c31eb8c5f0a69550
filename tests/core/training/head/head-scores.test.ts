import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Head, JOIN_RULES, KERNEL_CLIP, type KernelAxes, Z_CLIP } from '../../../../src/core/domain/training.ts';
import { bestGuess, createHeadScorer, trackProbabilities } from '../../../../src/core/training/head/head-scores.ts';
import { maxDifference } from '../../../reference/signals.ts';
import { normals, SMALL, smallDirectedHead, smallHead, smallKernelHead, smallTracks } from './small-head.ts';

/** The head's formula, number by number. */
function logitsByFormula(head: Head, track: number, window: number): number[] {
  const { embeddings, trackFeatures } = smallTracks();
  const { embeddingSize, nDescriptors } = SMALL;
  const features = [
    ...embeddings.subarray(window * embeddingSize, (window + 1) * embeddingSize),
    ...trackFeatures.subarray(track * nDescriptors, (track + 1) * nDescriptors),
  ];
  const z = features.map((value, j) => {
    const scaled = (value - head.mean[j]!) / head.scale[j]!;
    return Number.isNaN(scaled) ? 0 : Math.min(Z_CLIP, Math.max(-Z_CLIP, scaled));
  });
  const x = head.kernel ? kernelByFormula(head, z) : z;
  return Array.from(head.bias, (bias, c) => x.reduce((sum, value, j) => sum + value * head.weights[c * x.length + j]!, bias));
}

function kernelByFormula({ kernel }: Head, z: readonly number[]): number[] {
  const { relevance, landmarks, axes } = kernel!;
  const relevant = [...relevance.keys()].filter((j) => relevance[j]! > 0);
  const c = z.map((value) => Math.min(KERNEL_CLIP, Math.max(-KERNEL_CLIP, value)));
  if (axes)
    return alongByFormula(
      axes,
      landmarks,
      relevant.map((j) => Math.sqrt(relevance[j]!) * c[j]!),
    );
  return Array.from({ length: landmarks.length / relevant.length }, (_, i) => {
    const squares = relevant.map((j, at) => relevance[j]! * (c[j]! - landmarks[i * relevant.length + at]!) ** 2);
    return Math.exp(-0.5 * squares.reduce((a, b) => a + b, 0));
  });
}

function alongByFormula({ directions, halves }: KernelAxes, landmarks: Float32Array, x: readonly number[]): number[] {
  const k = directions.length / x.length;
  const place = Array.from({ length: k }, (_, p) => x.reduce((sum, value, j) => sum + value * directions[p * x.length + j]!, 0));
  const half = 0.5 * x.reduce((sum, value) => sum + value ** 2, 0);
  return Array.from(halves, (own, i) => {
    const product = place.reduce((sum, value, p) => sum + value * landmarks[i * k + p]!, 0);
    return Math.exp(Math.min(0, product - half - own));
  });
}

describe('scores of a head', () => {
  it.each([
    ['z', smallHead],
    ['the kernel with landmarks', smallKernelHead],
    ['the kernel along directions', smallDirectedHead],
  ] as const)('are weights x + bias with x = %s, a missing feature as 0', (_, make) => {
    const tracks = smallTracks();
    const head = make();
    const logits = createHeadScorer(head).windowLogits(tracks);
    for (let t = 0; t < 5; t++) {
      for (let window = tracks.windowStart[t]!; window < tracks.windowStart[t + 1]!; window++) {
        expect(maxDifference(logits.subarray(window * 3, window * 3 + 3), logitsByFormula(head, t, window))).toBeLessThan(1e-5);
      }
    }
  });

  it.each(JOIN_RULES)('sum to one for every track (%s)', (join) => {
    const probabilities = trackProbabilities(smallHead(join), smallTracks());
    expect(probabilities).toHaveLength(15);
    for (let t = 0; t < 5; t++) {
      const row = probabilities.subarray(t * 3, t * 3 + 3);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(row.every((value) => value >= 0)).toBe(true);
    }
  });

  it.each([
    ['linear', smallHead],
    ['kernel', smallKernelHead],
    ['kernel along directions', smallDirectedHead],
  ] as const)('do not depend on how many tracks are scored at once (%s)', (_, make) => {
    const nTracks = 150;
    const tracks = {
      windowStart: Int32Array.from({ length: nTracks + 1 }, (_, i) => 2 * i),
      embeddings: normals(2 * nTracks * SMALL.embeddingSize, 3),
      trackFeatures: normals(nTracks * SMALL.nDescriptors, 4),
    };
    const scorer = createHeadScorer(make());
    const together = scorer.trackProbabilities(tracks);
    for (const t of [0, 31, 64, 149]) {
      const alone = scorer.trackProbabilities({
        windowStart: Int32Array.of(0, 2),
        embeddings: tracks.embeddings.subarray(2 * t * SMALL.embeddingSize, 2 * (t + 1) * SMALL.embeddingSize),
        trackFeatures: tracks.trackFeatures.subarray(t * SMALL.nDescriptors, (t + 1) * SMALL.nDescriptors),
      });
      expect(alone).toEqual(together.slice(t * 3, t * 3 + 3));
    }
  });

  it('work for a head that reads embeddings alone', () => {
    const head = { ...smallHead(), nDescriptors: 0, weights: normals(3 * SMALL.embeddingSize, 2) };
    const probabilities = trackProbabilities(head, { ...smallTracks(), trackFeatures: new Float32Array(0) });
    expect(probabilities.every(Number.isFinite)).toBe(true);
  });
});

describe('bestGuess', () => {
  const head = { genres: ['A', 'B', 'C', 'D'], thresholds: Float32Array.of(0.3, 0.6, 0, 1) };

  it('names the three likeliest, likeliest first', () => {
    const guess = bestGuess(Float32Array.of(0.4, 0.1, 0.3, 0.2), head);
    expect(guess.genres.map(({ name }) => name)).toEqual(['A', 'C', 'D']);
    expect(guess.isUnknown).toBe(false);
  });

  it('is unknown exactly when the likeliest is below its own threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 4 }), (shares) => {
        const total = shares.reduce((a, b) => a + b, 0);
        const probabilities = Float32Array.from(shares, (share) => share / total);
        const guess = bestGuess(probabilities, head);
        const best = probabilities.indexOf(Math.max(...probabilities));
        expect(guess.genres[0]!.name).toBe(head.genres[best]);
        expect(guess.isUnknown).toBe(probabilities[best]! < head.thresholds[best]!);
      }),
    );
  });
});
