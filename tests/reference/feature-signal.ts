// The signal of features.json: the test signal with a silent stretch.
import reference from './features.json' with { type: 'json' };
import { testSignal } from './signals.ts';

/** Float32Array [nSamples] at 22.05 kHz. */
export function featureSignal(): Float32Array {
  return testSignal(reference.nSamples, reference.sampleRateHz).fill(0, reference.silentFrom, reference.silentTo);
}
