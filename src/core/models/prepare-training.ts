// Everything a training is given besides the sound: the tracks and their classes, the labels as they are now, the model in use.
import type { LearnedLabel } from '../db/model-store.ts';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import { genreKey } from '../domain/genre.ts';
import type { LabelOrigin } from '../domain/label.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { IncumbentRef } from '../domain/model-tasks.ts';
import type { TrainRequest } from '../domain/training.ts';
import { type DatasetPlan, type PrimaryLabel, planDataset } from './dataset.ts';
import { classesThen, labelsHash } from './labels-snapshot.ts';

export interface TrainingSources {
  db: LibraryDb;
  /** One label a track, of the strongest of these origins that it has. */
  labels(origins: readonly LabelOrigin[]): PrimaryLabel[];
  /** "name version" of the bundled network, and the genres it tells apart. */
  bundled: { version: string; genres: readonly string[] };
}

export interface PreparedTraining {
  dataset: DatasetPlan;
  labels: LearnedLabel[];
  labelsHash: string;
  incumbent: IncumbentRef | null;
}

/** What it would learn from; the plan's obstacle says why it cannot. */
export function planTraining({ db, labels, bundled }: TrainingSources, request: TrainRequest): DatasetPlan {
  const primary = labels(request.origins);
  return planDataset(request, {
    labels: primary,
    parents: db.guessRows.genreParents(),
    heardIds: new Set(db.trainingRows.heardIds({ kind: 'bundled', version: bundled.version })),
    credits: db.trainingRows.credits(primary.map(({ trackId }) => trackId)),
  });
}

/** @throws StemscapeError training.tooFewLabels with the plan's obstacle */
export function prepareTraining(sources: TrainingSources, request: TrainRequest): PreparedTraining {
  const dataset = planTraining(sources, request);
  if (dataset.plan.obstacle !== null) throw new StemscapeError('training.tooFewLabels', dataset.plan.obstacle);
  const credits = sources.db.trainingRows.credits(dataset.trackIds);
  const labels = dataset.trackIds.map((trackId, i) => ({
    trackId,
    contentHash: credits.get(trackId)?.contentHash ?? null,
    genre: dataset.genres[dataset.classes[i]!]!,
  }));
  return { dataset, labels, labelsHash: labelsHash(labels), incumbent: incumbentOf(sources, dataset) };
}

/** Null when the model in use has a network of its own, which learned from these tracks: nothing fair can be said of it here. */
export function incumbentOf(
  { db, bundled }: TrainingSources,
  { trackIds, genres }: Pick<DatasetPlan, 'trackIds' | 'genres'>,
): IncumbentRef | null {
  const id = db.models.activeId();
  const model = db.models.get(id);
  if (id === BUNDLED_MODEL_ID || !model) return { kind: 'bundled', name: bundledName(bundled, genres) };
  if (model.encoderFolder !== null) return null;
  const then = db.models.labels(id) ?? [];
  const classes = classesThen(then, trackIds, genres, db.guessRows.genreParents());
  if (new Set(classes.filter((label) => label >= 0)).size < 2) return null;
  return { kind: 'retrained', name: model.name, classes, settings: model.settings };
}

/** Says when the bundled model cannot know the genres by name. */
function bundledName({ version, genres: known }: TrainingSources['bundled'], genres: readonly string[]): string {
  const keys = new Set(known.map(genreKey));
  const nKnown = genres.filter((name) => keys.has(genreKey(name))).length;
  if (nKnown === genres.length) return version;
  return `${version} (knows ${nKnown === 0 ? 'none' : nKnown} of the ${genres.length} genres by name)`;
}
