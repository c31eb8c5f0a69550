// Training of a network itself: hear the labelled tracks, take gradient steps, embed the tracks anew, and fit a head on that.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedRun, FineTuneResult } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { TrainedHead } from '../domain/model-tasks.ts';
import type { EpochFigures } from '../domain/training.ts';
import type { OnPulse } from '../jobs/job-queue.ts';
import { type GradientRequest, type GradientRun, partsOf, type RunNote } from '../models/gradient-run.ts';
import { labelsHash } from '../models/labels-snapshot.ts';
import { newModelId, ownEncoderVersion } from '../models/model-folder.ts';
import { incumbentOf, type PreparedTraining } from '../models/prepare-training.ts';
import { checkPlan, PLAN_FILE, type RunPlan, readPlan } from '../training/finetune/run-plan.ts';
import { listenToRun } from './listen-to-run.ts';
import { type Report, storeModel, type TrainingParts } from './training-parts.ts';

export interface GradientSignals {
  /** Ends the training without a model. */
  stop: AbortSignal;
  /** Ends the gradient steps only: what is best so far becomes the model. */
  finish: AbortSignal;
}

export async function beginRun(
  run: GradientRun,
  request: GradientRequest,
  prepared: PreparedTraining,
  nowMs: number,
): Promise<void> {
  const { dataset, labels, labelsHash } = prepared;
  const parts = partsOf(Int32Array.from(dataset.classes), Int32Array.from(dataset.groups), request.seed);
  const tracks = dataset.trackIds.map((trackId, i) => ({
    trackId,
    contentHash: labels[i]!.contentHash,
    class: dataset.classes[i]!,
    group: dataset.groups[i]!,
    part: parts[i]!,
  }));
  const { genres } = dataset;
  await run.begin({
    format: 1,
    startedAtMs: nowMs,
    request: { ...request, genres: request.genres && [...request.genres], origins: [...request.origins] },
    genres,
    labelsHash,
    tracks,
  });
}

/** Begins or goes on where it was interrupted. @returns the new model's id */
export async function trainGradient(
  parts: TrainingParts,
  run: GradientRun,
  note: RunNote,
  report: Report,
  signals: GradientSignals,
): Promise<string> {
  const startMs = performance.now();
  if (!(await exists(join(run.dir, PLAN_FILE)))) await listenToRun(parts, run, note, report, signals.stop);
  const { plan } = await readPlan(run.dir);
  checkPlan(plan);
  const tuned = await fineTune(parts, run, parts.baseDirs[note.request.mode], report, signals);
  report('embed', null);
  const embedded = await parts.pool.run(
    { kind: 'embedRun', runDir: run.dir, encoderDir: run.encoderDir },
    { signal: signals.stop, priority: 'interactive', onPulse: (fraction) => report('embed', fraction) },
  );
  const trained = await fitHead(parts, note, plan, embedded, report, signals.stop);
  const id = newModelId();
  const encoder = ownEncoderVersion(await parts.folders.adopt(id, run.encoderDir));
  storeEmbeddings(parts, plan, embedded, encoder);
  const seconds = (performance.now() - startMs) / 1000;
  storeModel(parts, note.request, preparedOf(note, plan), {
    id,
    trained,
    backend: tuned.backend,
    seconds,
    encoder,
    encoderFolder: id,
  });
  await run.discard();
  return id;
}

async function fineTune(
  parts: TrainingParts,
  run: GradientRun,
  baseDir: string,
  report: Report,
  signals: GradientSignals,
): Promise<FineTuneResult> {
  const task = { kind: 'fineTune' as const, runDir: run.dir, outDir: run.encoderDir, backend: 'auto' as const, baseDir };
  const known: EpochFigures[] = (await run.interrupted())?.epochs ?? [];
  report('finetune', null, known);
  const onPulse: OnPulse = (fraction, news) => report('finetune', fraction, news?.epoch && [news.epoch]);
  try {
    const signal = AbortSignal.any([signals.stop, signals.finish]);
    // The application may lie elsewhere by now than when the run began.
    return await parts.pool.run({ ...task, finishOnly: false }, { signal, onPulse, priority: 'interactive' });
  } catch (error) {
    if (!signals.finish.aborted || signals.stop.aborted) throw error;
    return parts.pool.run({ ...task, finishOnly: true }, { signal: signals.stop, priority: 'interactive' });
  }
}

/** The head learns from every track; it is tested on those that the network has seen nothing of. */
async function fitHead(
  parts: TrainingParts,
  note: RunNote,
  plan: RunPlan,
  embedded: EmbeddedRun,
  report: Report,
  signal: AbortSignal,
): Promise<TrainedHead> {
  const groupOf = new Map(note.tracks.map(({ trackId, group }) => [trackId, group]));
  const places = [...plan.tracks.keys()].filter((i) => plan.tracks[i]!.part === 'test');
  if (places.length === 0) throw new StemscapeError('training.tooFewLabels', 'No track is left to test the training with.');
  const trackIds = plan.tracks.map(({ trackId }) => trackId);
  report('head', null);
  return parts.pool.run(
    {
      kind: 'trainHead',
      libraryFile: parts.db.file,
      encoder: { kind: 'bundled', version: parts.bundled.version },
      storedSize: parts.embeddingSize,
      embeddingSize: embedded.embeddingSize,
      genres: plan.genres,
      trackIds: Int32Array.from(trackIds),
      classes: Int32Array.from(plan.tracks, (track) => track.class),
      groups: Int32Array.from(trackIds, (id) => groupOf.get(id)!),
      seed: note.request.seed,
      join: note.request.join,
      incumbent: incumbentOf(parts, { trackIds, genres: plan.genres }),
      heldOut: { places: Int32Array.from(places), embeddings: embedded.embeddings, windowStart: windowStarts(plan) },
    },
    { signal, priority: 'interactive', onPulse: (fraction) => report('head', fraction) },
  );
}

function windowStarts({ tracks }: RunPlan): Int32Array {
  const starts = new Int32Array(tracks.length + 1);
  for (const [i, { windows }] of tracks.entries()) starts[i + 1] = starts[i]! + windows.length;
  return starts;
}

/** What was heard for the training need not be heard again to use the model. */
function storeEmbeddings(
  { db }: TrainingParts,
  plan: RunPlan,
  { embeddings, embeddingSize }: EmbeddedRun,
  encoder: string,
): void {
  let at = 0;
  db.transaction(() => {
    for (const { trackId, windows } of plan.tracks) {
      const rows = windows.map(({ startSec, lengthSec }) => {
        const embedding = embeddings.slice(at * embeddingSize, (at + 1) * embeddingSize);
        at++;
        return { startSec, lengthSec, embedding };
      });
      db.encoderWindows.put(trackId, encoder, rows);
    }
  });
}

/** The dataset and its labels as the run has them; tracks that could not be heard are not among them. */
function preparedOf(note: RunNote, plan: RunPlan): PreparedTraining {
  const byId = new Map(note.tracks.map((track) => [track.trackId, track]));
  const tracks = plan.tracks.map(({ trackId }) => byId.get(trackId)!);
  const labels = tracks.map((track) => ({
    trackId: track.trackId,
    contentHash: track.contentHash,
    genre: note.genres[track.class]!,
  }));
  return {
    dataset: {
      plan: { genres: [], nTracks: tracks.length, leftOut: [], nUnheard: 0, obstacle: null },
      genres: note.genres,
      trackIds: tracks.map(({ trackId }) => trackId),
      classes: tracks.map((track) => track.class),
      groups: tracks.map(({ group }) => group),
    },
    labels,
    labelsHash: labelsHash(labels),
    incumbent: null,
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
