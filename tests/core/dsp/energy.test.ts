import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyOf } from '../../../src/core/dsp/energy.ts';

const inputs = fc.record({
  loudnessLufs: fc.double({ min: -80, max: 5, noNaN: true }),
  onsetsPerSec: fc.double({ min: 0, max: 30, noNaN: true }),
  centroidHz: fc.double({ min: 0, max: 11_000, noNaN: true }),
});

describe('energyOf', () => {
  it('lies between 0 and 1', () => {
    fc.assert(fc.property(inputs, (input) => energyOf(input) >= 0 && energyOf(input) <= 1));
  });

  it('never falls when the music gets louder, denser or brighter', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom('loudnessLufs', 'onsetsPerSec', 'centroidHz'), fc.nat(20), (input, field, more) => {
        return energyOf({ ...input, [field]: input[field] + more }) >= energyOf(input);
      }),
    );
  });

  it('is 0 for silence and high for a loud dense bright track', () => {
    expect(energyOf({ loudnessLufs: null, onsetsPerSec: 0, centroidHz: 0 })).toBe(0);
    expect(energyOf({ loudnessLufs: -6, onsetsPerSec: 8, centroidHz: 4500 })).toBe(1);
  });
});
