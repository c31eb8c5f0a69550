// Taking a model into use: an own network first hears what it has not heard, then the library is scored from what is stored, and
// everything changes in one transaction of a worker.
import { StemscapeError, toFailure } from '../domain/errors.ts';
import { type ActivationProgress, BUNDLED_MODEL_ID, type EncoderRef } from '../domain/model.ts';
import type { LibraryScores, RescoreTask } from '../domain/model-tasks.ts';
import { inLanes } from '../jobs/lanes.ts';
import { encoderOf, openHead } from '../models/open-head.ts';
import { joinScores } from '../models/score-tracks.ts';
import type { ModelParts } from './model-parts.ts';

export class Activation {
  readonly #parts: ModelParts;
  #controller: AbortController | null = null;
  /** Fulfilled when the latest has ended in whatever way. */
  #settled: Promise<void> = Promise.resolve();

  constructor(parts: ModelParts) {
    this.#parts = parts;
  }

  /**
   * Whatever fails leaves the model before in use.
   * @throws StemscapeError model.unknown | model.corrupt | model.missing | model.notReady | cancelled
   */
  async use(modelId: string, use: RescoreTask['use']): Promise<{ nTracks: number; seconds: number }> {
    if (this.#controller !== null) throw new StemscapeError('model.notReady', 'Another model is just being taken into use.');
    const controller = new AbortController();
    this.#controller = controller;
    const using = this.#use(modelId, use, controller.signal).finally(() => {
      this.#controller = null;
    });
    this.#settled = using.then(
      () => {},
      () => {},
    );
    return using;
  }

  async idle(): Promise<void> {
    while (this.#controller !== null) await this.#settled;
  }

  /** Ends the hearing; what was heard is kept. */
  cancel(): void {
    this.#controller?.abort(new StemscapeError('cancelled', 'Cancelled; the model before stays in use.'));
  }

  async #use(modelId: string, use: RescoreTask['use'], signal: AbortSignal): Promise<{ nTracks: number; seconds: number }> {
    const { db, pool, gate, events, settings, nowMs } = this.#parts;
    const startMs = performance.now();
    await this.#check(modelId);
    if (modelId !== BUNDLED_MODEL_ID) await this.#hear(modelId, signal);
    const scores = modelId === BUNDLED_MODEL_ID ? null : await this.#score(modelId, signal);
    signal.throwIfAborted();
    const { contextWeight } = settings();
    const task = { kind: 'rescore' as const, libraryFile: db.file, modelId, use, atMs: nowMs(), contextWeight, scores };
    const { nTracks } = await gate.hold(() => pool.run(task, { priority: 'interactive' }));
    this.#tell({ modelId, stage: 'done', done: nTracks, total: nTracks, remainingSec: 0 });
    events.emit('models.changed', {});
    events.emit('tracks.changed', { ids: null });
    return { nTracks, seconds: (performance.now() - startMs) / 1000 };
  }

  /** Everything is looked at before anything changes. */
  async #check(modelId: string): Promise<void> {
    if (modelId === BUNDLED_MODEL_ID) return;
    const { db, folders, bundled } = this.#parts;
    const { model, head } = openHead(db, modelId);
    if (model.encoderFolder !== null) {
      const { embeddingSize } = await folders.open(model.encoderFolder);
      if (embeddingSize !== head.embeddingSize) {
        throw new StemscapeError('model.corrupt', `The network of "${model.name}" does not fit its head.`);
      }
    } else if (model.encoder !== bundled.version) {
      const sentence = `"${model.name}" was made for ${model.encoder}, but this Stemscape has ${bundled.version}; train it again.`;
      throw new StemscapeError('model.notReady', sentence);
    }
  }

  /** Tracks that cannot be heard are left without a verdict; each that was heard is kept, also when it is cancelled on the way. */
  async #hear(modelId: string, signal: AbortSignal): Promise<void> {
    const { db, folders, concurrency, provider } = this.#parts;
    const model = db.models.get(modelId)!;
    if (model.encoderFolder === null) return;
    const encoder = encoderOf(model);
    const encoderDir = folders.pathOf(model.encoderFolder);
    const ids = db.trainingRows.unheardIds(encoder);
    const chosen = await provider();
    const startMs = performance.now();
    let done = 0;
    await inLanes(ids, Math.min(concurrency(), ids.length), async (id) => {
      signal.throwIfAborted();
      await this.#hearTrack(id, encoder, { encoderDir, provider: chosen }, signal);
      done++;
      const remainingSec = ((performance.now() - startMs) / 1000 / done) * (ids.length - done);
      this.#tell({ modelId, stage: 'hear', done, total: ids.length, remainingSec });
    });
  }

  async #hearTrack(
    id: number,
    encoder: EncoderRef,
    network: { encoderDir: string; provider: Awaited<ReturnType<ModelParts['provider']>> },
    signal: AbortSignal,
  ): Promise<void> {
    const { db, pool, settings, logger, gate } = this.#parts;
    const row = db.tracks.byId(id);
    if (!row) return;
    const { nWindows, windowSec } = settings();
    try {
      const windows = await pool.run(
        { kind: 'embedTrack', path: row.path, ...network, nWindows, windowSec },
        { signal, priority: 'scan' },
      );
      await gate.pass();
      db.encoderWindows.put(id, encoder.version, windows);
    } catch (error) {
      if (signal.aborted || !(error instanceof StemscapeError) || !/^(file|decode)\./.test(error.code)) throw error;
      logger.warn({ path: row.path, error: toFailure(error) }, 'a track could not be heard with the own network');
    }
  }

  async #score(modelId: string, signal: AbortSignal): Promise<LibraryScores> {
    const { db, pool, concurrency } = this.#parts;
    const ranges = db.trainingRows.ranges(concurrency());
    const nGenres = db.models.get(modelId)!.genres.length;
    let done = 0;
    this.#tell({ modelId, stage: 'score', done, total: ranges.length, remainingSec: null });
    const parts = ranges.map(async (range) => {
      const scores = await pool.run(
        { kind: 'scoreTracks', libraryFile: db.file, modelId, ...range },
        { signal, priority: 'interactive' },
      );
      this.#tell({ modelId, stage: 'score', done: ++done, total: ranges.length, remainingSec: null });
      return scores;
    });
    return joinScores(await Promise.all(parts), nGenres);
  }

  #tell(progress: ActivationProgress): void {
    this.#parts.events.emit('models.activating', progress);
  }
}
