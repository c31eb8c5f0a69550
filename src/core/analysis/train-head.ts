// A head is trained in a worker, on what the library file holds.
import { type LibraryDb, openLibrary } from '../db/open.ts';
import type { TrainedHead, TrainHeadTask } from '../domain/model-tasks.ts';
import type { HeadDataset, Incumbent } from '../domain/training.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { readDataset, readIncumbent, shapeOf } from '../models/read-dataset.ts';
import { encodeHead } from '../training/head/head-file.ts';
import { trainHead } from '../training/head/train-head.ts';

/** @throws StemscapeError model.notReady | training.tooFewLabels | library.* */
export function trainLibraryHead(task: TrainHeadTask, pulse: (fraction: number | null) => void): TrainedHead {
  const db = openLibrary(task.libraryFile, { logger: SILENT_LOGGER });
  try {
    const dataset = readDataset(db.trainingRows, task);
    pulse(0);
    const { head, evaluation, outOfFold } = trainHead(
      dataset,
      {
        seed: task.seed,
        join: task.join,
        settings: null,
        incumbent: incumbentOf(db, task, dataset),
        ...(task.heldOut && { heldOut: task.heldOut.places }),
      },
      pulse,
    );
    const tested = testedOnly(dataset.trackIds, outOfFold, dataset.genres.length);
    return { head: encodeHead(head), settings: head.settings, join: head.join, evaluation, ...tested };
  } finally {
    db.close();
  }
}

/**
 * Beside an own network the quick head in use is trained again too: on the bundled network's embeddings of the tracks that the own
 * network learned from, and tested on the same ones.
 */
function incumbentOf(db: LibraryDb, task: TrainHeadTask, dataset: HeadDataset): Incumbent | null {
  const incumbent = readIncumbent(db.trainingRows, task.incumbent, dataset);
  if (incumbent?.kind !== 'retrained' || task.heldOut === null) return incumbent;
  const { windowStart, embeddings } = db.trainingRows.ofTracks(task.encoder, shapeOf(task), [...task.trackIds]);
  const { outOfFold } = trainHead(
    { ...dataset, windowStart, embeddings, embeddingSize: task.storedSize },
    { seed: task.seed, join: 'auto', settings: incumbent.settings, incumbent: null, heldOut: task.heldOut.places },
  );
  return { kind: 'fixed', name: `${incumbent.name}, trained on the same tracks`, probabilities: outOfFold };
}

/** Tracks that no fold could test have no verdict. */
function testedOnly(
  trackIds: Int32Array,
  outOfFold: Float32Array,
  nGenres: number,
): Pick<TrainedHead, 'testedIds' | 'outOfFold'> {
  const tested = [...trackIds.keys()].filter((i) => !Number.isNaN(outOfFold[i * nGenres]!));
  const verdicts = new Float32Array(tested.length * nGenres);
  for (const [at, i] of tested.entries()) verdicts.set(outOfFold.subarray(i * nGenres, (i + 1) * nGenres), at * nGenres);
  return { testedIds: Int32Array.from(tested, (i) => trackIds[i]!), outOfFold: verdicts };
}
