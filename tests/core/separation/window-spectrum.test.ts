import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halve } from '../../../src/core/audio/resample.ts';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { maxPower, melDb, melPower } from '../../../src/core/dsp/mel.ts';
import { Separator } from '../../../src/core/separation/separator.ts';
import { type StemSamples, StreamSeparator } from '../../../src/core/separation/stream-separator.ts';
import { stemMels, totalPower, windowSpectrum } from '../../../src/core/separation/window-spectrum.ts';
import { syntheticSong } from '../../support/synthetic-song.ts';

const N_SAMPLES = 10 * 44_100;

/** Mean absolute difference in dB over the bins that carry sound (above -60 dB of the mixture's maximum). */
function meanDifferenceDb(a: Float32Array, b: Float32Array, reference: number): number {
  const [x, y] = [melDb(a, reference, -60), melDb(b, reference, -60)];
  let [sum, n] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (y[i]! <= -60) continue;
    sum += Math.abs(x[i]! - y[i]!);
    n++;
  }
  return n === 0 ? 0 : sum / n;
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

  it('agree with the long way round: inverse transform, half the rate, a new spectrogram', async () => {
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
      expect(meanDifferenceDb(short[stem], long, maxPower(mixture))).toBeLessThan(1.5);
      expect(totalPower(short[stem]) / totalPower(mixture)).toBeCloseTo(totalPower(long) / totalPower(mixture), 1);
    }
  });
});
