import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEMS, type Stem } from '../../../src/core/domain/stem.ts';
import { Separator } from '../../../src/core/separation/separator.ts';
import { type StemSamples, StreamSeparator } from '../../../src/core/separation/stream-separator.ts';
import { syntheticSong } from '../../support/synthetic-song.ts';

const RATE_HZ = 44_100;

describe('StreamSeparator', () => {
  let separator: Separator;
  beforeAll(async () => {
    const dir = join(import.meta.dirname, '../../../resources/models/separator');
    separator = await Separator.open(dir, { provider: 'cpu', nThreads: 1 });
  });
  afterAll(() => separator.close());

  async function separate(left: Float32Array, right: Float32Array, blockSamples: number): Promise<Record<Stem, Float32Array[]>> {
    const parts: StemSamples[] = [];
    const stream = new StreamSeparator(separator, (stems) => void parts.push(stems));
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

  it('does not depend on how the song is cut into blocks', async () => {
    const { left, right } = syntheticSong(3 * RATE_HZ);
    const [small, large] = [await separate(left, right, 1152), await separate(left, right, left.length)];
    for (const stem of STEMS) expect(small[stem][0]).toEqual(large[stem][0]);
  });
});
