import { describe, expect, it } from 'vitest';
import { softmax } from '../../../src/core/nn/softmax.ts';

describe('softmax', () => {
  it('sums to one, keeps the order, and survives large logits', () => {
    const p = softmax(Float32Array.of(1000, 1001, 990));
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(p[1]).toBeGreaterThan(p[0]!);
    expect(p[0]).toBeGreaterThan(p[2]!);
  });

  it('gets flatter as the temperature rises', () => {
    const logits = Float32Array.of(2, 0);
    expect(softmax(logits, 4)[0]).toBeLessThan(softmax(logits, 1)[0]!);
    expect(softmax(logits, 1)[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  });
});
