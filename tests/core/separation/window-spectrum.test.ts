import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halve } from '../../../src/core/audio/resample.ts';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { melPower } from '../../../src/core/dsp/mel.ts';
import { Separator } from '../../../src/core/separation/separator.ts';
import { type StemSamples, StreamSeparator } from '../../../src/core/separation/stream-separator.ts';
import { stemMels, totalPower, windowSpectrum } from '../../../src/core/separation/window-spectrum.ts';
import { syntheticSong } from '../../support/synthetic-song.ts';

const N_SAMPLES = 10 * 44_100;

/** Mean absolute difference in dB, each bin weighted by its power: what is loud counts. */
function weightedDifferenceDb(a: Float32Array, b: Float32Array): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i]! <= 0 || b[i]! <= 0) continue;
    sum += b[i]! * Math.abs(10 * Math.log10(a[i]! / b[i]!));
    weight += b[i]!;
  }
  return sum / weight;
}

describe('mel spectrograms of stems from the masked spectrum', () => {
  let separator: Separator;
  beforeAll(async () => {
    separator = await Separator.open(join(import.meta.dirname, '../../../resources/models/separator'), {
      provider: 'cpu',
      nThreads: 1,
    });
  });
  afterAll(() => separator.close());

  it('have the power of the long way round (inverse transform, half the rate, a new spectrogram) and its shape within 4 dB', async () => {
    const { left, right } = syntheticSong(N_SAMPLES);
    const mixture = melPower(halve(left.map((value, i) => (value + right[i]!) / 2)), MEL_PROFILE);
    const spectrum = windowSpectrum(left, right, separator.manifest.stft);
    const short = stemMels(spectrum, await separator.masks(spectrum));

    const parts: StemSamples[] = [];
    const stream = new StreamSeparator(separator, (stems) => void parts.push(stems));
    await stream.push(left, right);
    await stream.finish();
    for (const stem of STEMS) {
      const mono = Float32Array.from(
        parts.flatMap((part) => Array.from(part[stem].left, (l, i) => (l + part[stem].right[i]!) / 2)),
      );
      const long = melPower(halve(mono), MEL_PROFILE);
      expect(weightedDifferenceDb(short[stem], long)).toBeLessThan(4);
      expect(totalPower(short[stem]) / totalPower(mixture)).toBeCloseTo(totalPower(long) / totalPower(mixture), 1);
    }
  });
});
