import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEMS, type Stem } from '../../../src/core/domain/stem.ts';
import { Masks } from '../../../src/core/separation/masks.ts';
import { Separator, type StereoSpectrum } from '../../../src/core/separation/separator.ts';
import { type StemSamples, StreamSeparator } from '../../../src/core/separation/stream-separator.ts';
import { syntheticSong } from '../../support/synthetic-song.ts';

const RATE_HZ = 44_100;

/** Every stem gets the next one's masks. */
function turn(masks: Masks, layout: Separator['manifest']): Masks {
  const data = new Float32Array(STEMS.length * 2 * masks.nFrames * layout.nBins);
  for (let plane = 0; plane < STEMS.length * 2; plane++) {
    for (let frame = 0; frame < masks.nFrames; frame++) {
      const start = (plane * masks.nFrames + frame) * layout.nBins;
      masks.readFrame(((plane >> 1) + 1) % STEMS.length, plane % 2, frame, data.subarray(start, start + layout.nBins));
    }
  }
  return new Masks(layout, data, masks.nFrames);
}

describe('StreamSeparator', () => {
  let separator: Separator;
  beforeAll(async () => {
    const dir = join(import.meta.dirname, '../../../resources/models/separator');
    separator = await Separator.open(dir, { provider: 'cpu', nThreads: 1 });
  });
  afterAll(() => separator.close());

  async function separate(
    left: Float32Array,
    right: Float32Array,
    blockSamples: number,
    by: Pick<Separator, 'manifest' | 'masks'> = separator,
  ): Promise<Record<Stem, Float32Array[]>> {
    const parts: StemSamples[] = [];
    const stream = new StreamSeparator(by, (stems) => void parts.push(stems));
    for (let i = 0; i < left.length; i += blockSamples) {
      await stream.push(left.subarray(i, i + blockSamples), right.subarray(i, i + blockSamples));
    }
    await stream.finish();
    const join = (stem: Stem, side: 'left' | 'right'): Float32Array =>
      Float32Array.from(parts.flatMap((part) => Array.from(part[stem][side])));
    return Object.fromEntries(STEMS.map((stem) => [stem, [join(stem, 'left'), join(stem, 'right')]])) as Record<
      Stem,
      Float32Array[]
    >;
  }

  it.each([1000, Math.round(12.3 * RATE_HZ)])(
    'gives four stems as long as %i samples that sum to the mixture',
    async (nSamples) => {
      const { left, right } = syntheticSong(nSamples);
      const stems = await separate(left, right, 4567);
      for (const [side, mixture] of [left, right].entries()) {
        let worst = 0;
        for (const stem of STEMS) expect(stems[stem][side]!.length).toBe(nSamples);
        for (let i = 0; i < nSamples; i++) {
          const sum = STEMS.reduce((total, stem) => total + stems[stem][side]![i]!, 0);
          worst = Math.max(worst, Math.abs(sum - mixture[i]!));
        }
        expect(worst).toBeLessThan(1e-5);
      }
    },
  );

  it('treats all stems alike: other masks for a stem give it what they gave another', async () => {
    const { left, right } = syntheticSong(11 * RATE_HZ);
    const turned = {
      manifest: separator.manifest,
      masks: async (spectrum: StereoSpectrum) => turn(await separator.masks(spectrum), separator.manifest),
    };
    const [plain, other] = [await separate(left, right, 30_000), await separate(left, right, 30_000, turned)];
    for (const [s, stem] of STEMS.entries()) {
      const [heard, same] = [other[stem], plain[STEMS[(s + 1) % STEMS.length]!]];
      for (const side of [0, 1])
        for (let i = 0; i < left.length; i += 7) expect(Math.abs(heard[side]![i]! - same[side]![i]!)).toBeLessThan(1e-5);
    }
  });

  it('does not depend on how the song is cut into blocks', async () => {
    const { left, right } = syntheticSong(3 * RATE_HZ);
    const [small, large] = [await separate(left, right, 1152), await separate(left, right, left.length)];
    for (const stem of STEMS) expect(small[stem][0]).toEqual(large[stem][0]);
  });
});
