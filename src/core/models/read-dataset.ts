// The numbers a head learns from, read from the library for the tracks and classes that were planned.
import type { FeatureRows, TrainingRows } from '../db/training-rows.ts';
import { StemscapeError } from '../domain/errors.ts';
import { genreKey } from '../domain/genre.ts';
import type { IncumbentRef, TrainHeadTask } from '../domain/model-tasks.ts';
import { STEMS } from '../domain/stem.ts';
import type { FeatureShape, HeadDataset, Incumbent } from '../domain/training.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';

/** Unlabelled tracks that help with scales and directions; more change nothing that can be measured. */
const MAX_BACKGROUND = 3000;

/** @throws StemscapeError model.notReady when a track was analysed anew or removed meanwhile */
export function readDataset(rows: TrainingRows, task: TrainHeadTask): HeadDataset {
  const { encoder, embeddingSize, genres, trackIds, classes, groups, heldOut } = task;
  const shape = shapeOf(task);
  const labelled = rows.ofTracks(encoder, shape, [...trackIds]);
  if (labelled.trackIds.length !== trackIds.length) {
    throw new StemscapeError('model.notReady', 'Tracks were analysed anew while the training began; start it again.');
  }
  const heard = heldOut ?? labelled;
  return {
    genres: [...genres],
    trackIds,
    classes,
    groups,
    windowStart: heard.windowStart,
    embeddings: heard.embeddings,
    trackFeatures: labelled.trackFeatures,
    ...shape,
    embeddingSize,
    // The own network has not heard the other tracks yet.
    background: heldOut
      ? { embeddings: new Float32Array(0), trackFeatures: new Float32Array(0) }
      : readBackground(rows, task, shape),
  };
}

/** As it is stored: whatever network makes the embeddings that the head reads, stems were heard by the bundled one. */
export function shapeOf({ encoder, storedSize }: Pick<TrainHeadTask, 'encoder' | 'storedSize'>): FeatureShape {
  return {
    embeddingSize: storedSize,
    nDescriptors: N_DESCRIPTORS,
    nStemFeatures: STEMS.length * storedSize,
    stemEncoder: encoder.version,
  };
}

/** Tracks without a label, evenly over the library by id. */
function readBackground(
  rows: TrainingRows,
  { encoder, trackIds }: TrainHeadTask,
  shape: FeatureShape,
): HeadDataset['background'] {
  const labelled = new Set(trackIds);
  const others = [...rows.heardIds(encoder)].filter((id) => !labelled.has(id));
  const n = Math.min(MAX_BACKGROUND, others.length);
  const chosen = Array.from({ length: n }, (_, i) => others[Math.floor((i * others.length) / n)]!);
  const found = rows.ofTracks(encoder, shape, chosen);
  return { embeddings: meanEmbeddings(found, shape.embeddingSize), trackFeatures: found.trackFeatures };
}

/** Float32Array [nTracks x size] */
function meanEmbeddings({ trackIds, windowStart, embeddings }: FeatureRows, size: number): Float32Array {
  const means = new Float32Array(trackIds.length * size);
  for (let t = 0; t < trackIds.length; t++) {
    const [from, to] = [windowStart[t]!, windowStart[t + 1]!];
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let window = from; window < to; window++) sum += embeddings[window * size + j]!;
      means[t * size + j] = sum / (to - from);
    }
  }
  return means;
}

export function readIncumbent(rows: TrainingRows, incumbent: IncumbentRef | null, dataset: HeadDataset): Incumbent | null {
  if (incumbent?.kind !== 'bundled') return incumbent;
  const { trackIds, genres } = dataset;
  return { kind: 'fixed', name: incumbent.name, probabilities: bundledProbabilities(rows, trackIds, genres) };
}

/**
 * The bundled model's verdicts in the own genres of the same name, Float32Array [nTracks x nGenres]. Where its best guess is none
 * of them the row is 0: it says something else, and is not right.
 */
export function bundledProbabilities(rows: TrainingRows, trackIds: Int32Array, genres: readonly string[]): Float32Array {
  const places = new Map(genres.map((name, place) => [genreKey(name), place]));
  const verdicts = rows.bundledVerdicts([...trackIds]);
  const mapped = new Float32Array(trackIds.length * genres.length);
  for (const [i, id] of trackIds.entries()) {
    const verdict = verdicts.get(id);
    if (!verdict) continue;
    const best = verdict.probabilities.indexOf(verdict.probabilities.reduce((max, p) => Math.max(max, p), 0));
    if (!places.has(genreKey(verdict.genres[best] ?? ''))) continue;
    for (const [c, name] of verdict.genres.entries()) {
      const place = places.get(genreKey(name));
      if (place !== undefined) mapped[i * genres.length + place] = verdict.probabilities[c]!;
    }
  }
  return mapped;
}
