import { describe, expect, it } from 'vitest';
import { joinWindows } from '../../../src/core/classifier/join-windows.ts';
import { softmax } from '../../../src/core/nn/softmax.ts';

const verdict = (embedding: number[], logits: number[]) => ({
  embedding: Float32Array.from(embedding),
  logits: Float32Array.from(logits),
});

describe('joinWindows', () => {
  it('averages probabilities, not logits, so that one sure window does not outvote two others', () => {
    const joined = joinWindows([verdict([0, 2], [20, 0]), verdict([2, 4], [0, 1]), verdict([4, 0], [0, 1])], 1);
    expect(joined.embedding).toEqual(Float32Array.of(2, 2));
    expect(joined.probabilities[0]! + joined.probabilities[1]!).toBeCloseTo(1, 6);
    expect(joined.probabilities[1]).toBeCloseTo((2 / 3) * softmax(Float32Array.of(0, 1))[1]!, 6);
  });

  it('gives one window back as it is', () => {
    const only = verdict([1, 2, 3], [0.5, -0.5]);
    const joined = joinWindows([only], 2);
    expect(joined.embedding).toEqual(only.embedding);
    expect(joined.probabilities).toEqual(softmax(only.logits, 2));
  });
});
