import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embedStems, loudestStretch } from '../../../src/core/analysis/stem-embeddings.ts';
import { Classifier } from '../../../src/core/classifier/classifier.ts';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { STEMS } from '../../../src/core/domain/stem.ts';
import type { StemShares } from '../../../src/core/domain/track.ts';
import { maxPower, melDb } from '../../../src/core/dsp/mel.ts';
import type { StemMels } from '../../../src/core/separation/window-spectrum.ts';
import { RESOURCES_DIR } from '../../support/real-audio.ts';
import { lcg } from '../../support/synthetic-song.ts';

const { nMels } = MEL_PROFILE;
const N_FRAMES = 100;

function noisyMel(seed: number, nFrames = N_FRAMES): Float32Array {
  const random = lcg(seed);
  return Float32Array.from({ length: nFrames * nMels }, () => (1 + random()) ** 8);
}

function windowOf(seed: number, powers: StemShares): { mels: StemMels; powers: StemShares } {
  return { mels: Object.fromEntries(STEMS.map((stem, i) => [stem, noisyMel(seed + i)])) as StemMels, powers };
}

it('hears each stem as a track of its own, in the windows where it sounds', async () => {
  const classifier = await Classifier.open(join(RESOURCES_DIR, 'models/classifier'), { provider: 'cpu', nThreads: 1 });
  const windows = [
    windowOf(10, { bass: 1, drums: 1, other: 1, vocals: 0 }),
    windowOf(20, { bass: 1, drums: 0.001, other: 1, vocals: 0.001 }),
  ];
  const embeddings = await embedStems(windows, classifier);
  expect(embeddings.vocals).toBeNull();
  const alone = async (mel: Float32Array) =>
    (await classifier.classify([{ melDb: melDb(mel, maxPower(mel), MEL_PROFILE.floorDb), nFrames: N_FRAMES }]))[0]!.embedding;
  // The same arithmetic in another batch: rounding may differ.
  const expectClose = (a: Float32Array, b: Float32Array) => a.forEach((value, i) => void expect(value).toBeCloseTo(b[i]!, 3));
  expectClose(embeddings.drums!, await alone(windows[0]!.mels.drums));
  const [first, second] = [await alone(windows[0]!.mels.bass), await alone(windows[1]!.mels.bass)];
  expectClose(
    embeddings.bass!,
    first.map((value, i) => (value + second[i]!) / 2),
  );
  await classifier.close();
});

it('hears nothing in silence', async () => {
  const classifier = await Classifier.open(join(RESOURCES_DIR, 'models/classifier'), { provider: 'cpu', nThreads: 1 });
  const silence = windowOf(1, { bass: 0, drums: 0, other: 0, vocals: 0 });
  expect(await embedStems([silence], classifier)).toEqual({ bass: null, drums: null, other: null, vocals: null });
  await classifier.close();
});

it('takes the five loudest seconds, and short windows whole', () => {
  const mel = noisyMel(1, 431);
  const stretch = loudestStretch(mel);
  expect(stretch.length / nMels).toBe(215);
  const powerFrom = (frame: number) => mel.subarray(frame * nMels, (frame + 215) * nMels).reduce((sum, power) => sum + power, 0);
  const best = Math.max(...Array.from({ length: 431 - 215 + 1 }, (_, frame) => powerFrom(frame)));
  expect(stretch.reduce((sum, power) => sum + power, 0)).toBe(best);
  expect(loudestStretch(mel.subarray(0, 50 * nMels))).toHaveLength(50 * nMels);
});
