// The first stage of a gradient training: the windows of every labelled track, heard once and kept, so that an interruption costs
// nothing that was heard before.
import { StemscapeError, toFailure } from '../domain/errors.ts';
import { inLanes } from '../jobs/lanes.ts';
import type { GradientRun, RunNote } from '../models/gradient-run.ts';
import { RunWriter } from '../training/finetune/run-folder.ts';
import { RECIPES } from '../training/finetune/run-plan.ts';
import type { Report, TrainingParts } from './training-parts.ts';

const ENCODER_NAMES = { finetune: 'own-ecapa', scratch: 'own-cnn' } as const;

/** Lays the run out; tracks that cannot be heard are left out of it. @throws StemscapeError cancelled | disk.full */
export async function listenToRun(
  parts: TrainingParts,
  run: GradientRun,
  note: RunNote,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { nWindows, windowSec } = parts.settings();
  let nDone = 0;
  report('listen', 0);
  await inLanes(note.tracks, parts.concurrency(), async ({ trackId }) => {
    signal.throwIfAborted();
    if ((await run.heard(trackId)) === null) await hear(parts, run, trackId, { nWindows, windowSec }, signal);
    report('listen', ++nDone / note.tracks.length);
  });
  await layOut(parts, run, note);
}

async function hear(
  { db, pool, logger }: TrainingParts,
  run: GradientRun,
  trackId: number,
  windows: { nWindows: number; windowSec: number },
  signal: AbortSignal,
): Promise<void> {
  const row = db.tracks.byId(trackId);
  if (!row) return;
  try {
    await run.keepHeard(
      trackId,
      await pool.run({ kind: 'listenWindows', path: row.path, ...windows }, { signal, priority: 'interactive' }),
    );
  } catch (error) {
    if (signal.aborted || !(error instanceof StemscapeError) || !/^(file|decode)\./.test(error.code)) throw error;
    logger.warn(
      { path: row.path, error: toFailure(error) },
      'a labelled track could not be heard and is left out of the training',
    );
  }
}

async function layOut(parts: TrainingParts, run: GradientRun, note: RunNote): Promise<void> {
  const { mode, seed } = note.request;
  const writer = await RunWriter.create(run.dir, {
    mode,
    seed,
    genres: note.genres,
    baseDir: parts.baseDirs[mode],
    encoder: { name: ENCODER_NAMES[mode], version: `${note.labelsHash.slice(0, 8)}-${seed}` },
    recipe: RECIPES[mode],
  });
  try {
    for (const track of note.tracks) {
      const windows = await run.heard(track.trackId);
      if (windows) await writer.add({ trackId: track.trackId, class: track.class, part: track.part }, windows);
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
  await run.forgetHeard();
}
