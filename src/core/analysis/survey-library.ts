// Where tracks lie among each other by sound: computed in a worker, from what the library file holds.
import { openLibrary } from '../db/open.ts';
import type { Survey, SurveyTask } from '../domain/model-tasks.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { typicality } from '../training/active/typicality.ts';
import { buildFeatureTable } from '../training/head/feature-table.ts';
import { createRandom } from '../training/random.ts';

const N_COMPONENTS = 64;

/** @throws StemscapeError library.* */
export function surveyLibrary({ libraryFile, encoder, embeddingSize, trackIds, seed }: SurveyTask): Survey {
  const db = openLibrary(libraryFile, { logger: SILENT_LOGGER });
  try {
    const shape = { embeddingSize, nDescriptors: N_DESCRIPTORS, nStemFeatures: 0, stemEncoder: '' };
    const rows = db.trainingRows.ofTracks(encoder, shape, [...trackIds]);
    const n = rows.trackIds.length;
    const unlabelled = { genres: [], classes: new Int32Array(n), groups: new Int32Array(n) };
    const background = { embeddings: new Float32Array(0), trackFeatures: new Float32Array(0) };
    const table = buildFeatureTable({ ...rows, ...unlabelled, ...shape, background }, N_COMPONENTS, seed);
    const points = Float32Array.from(table.tracks);
    return { trackIds: rows.trackIds, points, k: table.k, typicality: typicality(points, table.k, createRandom(seed)) };
  } finally {
    db.close();
  }
}
