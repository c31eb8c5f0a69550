// A small run on the demo library: three genres, one window a track, and a recipe that is over in seconds.
import { join } from 'node:path';
import { listenWindows } from '../../../../src/core/analysis/listen-windows.ts';
import { RunWriter } from '../../../../src/core/training/finetune/run-folder.ts';
import { RECIPES, type Recipe } from '../../../../src/core/training/finetune/run-plan.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR } from '../../../support/real-audio.ts';

/** Artists of the demo library, two tracks each. */
const ARTISTS = ['Gravelthrone', 'Slow Meridian', 'Low Ledger'];
const WINDOWS_PER_TRACK = 3;
const WINDOW_SEC = 4;

/**
 * The first track of each artist is learned from, the second one is for validation.
 * @param runDir an empty folder
 */
export async function writeDemoRun(
  runDir: string,
  mode: 'finetune' | 'scratch',
  change: Partial<Recipe> = {},
  seed = 7,
): Promise<void> {
  const base = mode === 'finetune' ? 'classifier' : 'scratch-cnn';
  const run = await RunWriter.create(runDir, {
    mode,
    seed,
    genres: ARTISTS,
    baseDir: join(RESOURCES_DIR, 'models', base),
    encoder: { name: 'own', version: 'test' },
    recipe: { ...RECIPES[mode], batchSize: 6, cropFrames: 80, maxEpochs: 3, patience: 3, ...change },
  });
  let trackId = 1;
  for (const [genre, artist] of ARTISTS.entries()) {
    for (const [i, path] of audioFilesIn(join(DEMO_DIR, artist)).entries()) {
      const part = i === 0 ? 'train' : 'validation';
      const windows = listenWindows({ path, nWindows: WINDOWS_PER_TRACK, windowSec: WINDOW_SEC }, () => {});
      await run.add({ trackId: trackId++, class: genre, part }, windows);
    }
  }
  await run.finish();
}
