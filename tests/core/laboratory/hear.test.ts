import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyseTrack } from '../../../src/core/analysis/analyse-track.ts';
import { Models } from '../../../src/core/analysis/models.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/config/settings.ts';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { hear } from '../../../src/core/laboratory/hear.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR } from '../../support/real-audio.ts';

const { nWindows, windowSec } = DEFAULT_SETTINGS;
const path = audioFilesIn(DEMO_DIR)[0]!;
const still = () => {};
const models = new Models();
const paths = {
  separatorDir: join(RESOURCES_DIR, 'models', 'separator'),
  classifierDir: join(RESOURCES_DIR, 'models', 'classifier'),
  provider: 'cpu',
} as const;
beforeAll(() => models.use(paths, 1));
afterAll(() => models.close());

it('hears what an analysis hears', async () => {
  const heard = await hear({ kind: 'hear', path, models: paths, nWindows, windowSec }, models, still);
  const analysis = await analyseTrack({ kind: 'analyse', path, models: paths, nWindows, windowSec }, models, still);
  expect(heard.durationSec).toBe(analysis.durationSec);
  expect(heard.descriptors).toEqual(analysis.descriptors);
  const size = analysis.embedding.length;
  const silent = new Float32Array(size).fill(Number.NaN);
  for (const [s, stem] of STEMS.entries())
    expect(heard.stems.subarray(s * size, (s + 1) * size)).toEqual(analysis.stemEmbeddings[stem] ?? silent);
  expect(heard.windows.map(({ startSec, embedding }) => ({ startSec, embedding }))).toEqual(
    analysis.windows.map(({ startSec, embedding }) => ({ startSec, embedding })),
  );
});

it('embeds every second of a window by itself, and a shorter recording as one piece', async () => {
  const { windows } = await hear({ kind: 'hear', path, models: paths, nWindows: 1, windowSec: 4 }, models, still);
  const [{ pieces, embedding, nFrames }] = windows as [(typeof windows)[0]];
  expect(nFrames).toBe(173);
  expect(pieces).toHaveLength(4 * embedding.length);
  expect(pieces.subarray(0, embedding.length)).not.toEqual(pieces.subarray(embedding.length, 2 * embedding.length));
});
