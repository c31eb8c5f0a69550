// Segments of real recordings: where they lie, and that mixture and stems are what the application hears elsewhere.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawMel } from '../../../../src/core/analysis/mel-picture.ts';
import { Models } from '../../../../src/core/analysis/models.ts';
import { probeAudio } from '../../../../src/core/audio/decode.ts';
import type { SegmentSpec } from '../../../../src/core/domain/laboratory-networks.ts';
import { cutSegments } from '../../../../src/core/laboratory/networks/cut-segments.ts';
import { planSegments, segmentSec } from '../../../../src/core/laboratory/networks/segment-plan.ts';
import { SegmentReader } from '../../../../src/core/laboratory/networks/segment-reader.ts';
import { ResultCache } from '../../../../src/core/laboratory/result-cache.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR } from '../../../support/real-audio.ts';
import { suiteTempDir } from '../../../support/temp-dir.ts';

const path = audioFilesIn(DEMO_DIR)[0]!;
const durationSec = probeAudio(path).durationSec!;
const models = new Models();
const paths = {
  separatorDir: join(RESOURCES_DIR, 'models', 'separator'),
  classifierDir: join(RESOURCES_DIR, 'models', 'classifier'),
  provider: 'cpu',
} as const;
const dir = suiteTempDir();
const still = () => {};
const SPEC: SegmentSpec = {
  sources: ['mixture', 'drums', 'accompaniment'],
  nFrames: 173,
  nMels: 128,
  fftSamples: 2048,
  hopSamples: 512,
  stepFrames: 172,
  maxSegments: 2,
};
const size = SPEC.nFrames * SPEC.nMels;
const cut = (spec: SegmentSpec, lengthSec = durationSec) =>
  cutSegments({ kind: 'segments', path, durationSec: lengthSec, models: paths, spec }, models, still);
const meanDifference = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length;

beforeAll(() => models.use(paths, 1));
afterAll(() => models.close());

it('lie side by side, or as many as are wanted over the whole recording', () => {
  expect(segmentSec({ ...SPEC, nFrames: 458 })).toBeCloseTo(10.61, 2);
  const all = { ...SPEC, maxSegments: null };
  const length = segmentSec(SPEC);
  expect(planSegments(3.5 * length, all).starts).toEqual([0, length, 2 * length]);
  expect(planSegments(3.5 * length, { ...all, stepFrames: 86 }).starts).toHaveLength(6);
  expect(planSegments(10 * length, SPEC).starts).toEqual([2, 7].map((i) => i * length));
  expect(planSegments(10 * length, { ...all, middleSec: 2.5 * length }).starts).toEqual([3.75 * length, 4.75 * length]);
  expect(planSegments(2 * length, { ...all, middleSec: 2.5 * length }).starts).toEqual([0, length]);
  expect(planSegments(length - 0.1, all)).toEqual({ starts: [0], isRepeated: true });
});

it('hold the mixture and the stems as the window draws them', async () => {
  const { starts, bytes } = await cut(SPEC);
  expect(bytes).toHaveLength(2 * 3 * size);
  for (const [i, source] of (['mixture', 'drums'] as const).entries()) {
    const window = { startSec: starts[1]!, lengthSec: segmentSec(SPEC) };
    const drawn = await drawMel({ kind: 'melPicture', path, models: paths, source, ...window }, models);
    expect(bytes.subarray((3 + i) * size, (4 + i) * size)).toEqual(drawn.bytes.subarray(0, size));
  }
  // What is left without the vocals is nearer to the mixture than the drums are.
  const [mixture, drums, rest] = [0, 1, 2].map((s) => bytes.subarray(s * size, (s + 1) * size)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  expect(meanDifference(rest, mixture)).toBeLessThan(meanDifference(drums, mixture));
  await expect(cut({ ...SPEC, hopSamples: 256 })).rejects.toThrow(RangeError);
});

it('repeat a recording that is too short, and take other mel bands and hops for the mixture', async () => {
  const spec: SegmentSpec = { ...SPEC, sources: ['mixture'], nMels: 64, hopSamples: 256, nFrames: 259 };
  const { bytes, isRepeated } = await cut(spec, 1);
  expect([isRepeated, bytes.length]).toEqual([true, 259 * 64]);
  // A second has 86.13 hops of 256 samples.
  const frames = (from: number, n: number) => bytes.subarray(from * 64, (from + n) * 64);
  expect(meanDifference(frames(20, 40), frames(20 + 86, 40))).toBeLessThan(meanDifference(frames(20, 40), frames(60, 40)) / 2);
});

it('are read back as examples, channel by channel', async () => {
  const found = await cut(SPEC);
  mkdirSync(dir, { recursive: true });
  await new ResultCache(dir).put('ab12', found);
  const table = { cacheDir: dir, spec: SPEC, keys: ['ab12'], recordings: Int32Array.of(0, 0), places: Int32Array.of(0, 1) };
  const reader = new SegmentReader(table, [2, 0]);
  expect(reader.shape).toEqual([128, 173, 2]);
  const examples = await reader.read(Int32Array.of(1, 0));
  for (const [i, place] of [1, 0].entries()) {
    for (const [channel, source] of [2, 0].entries()) {
      const [mel, frame] = [37, 101];
      const at = ((i * 128 + mel) * 173 + frame) * 2 + channel;
      expect(examples[at]).toBeCloseTo(found.bytes[((place * 3 + source) * 173 + frame) * 128 + mel]! / 255, 6);
    }
  }
});
