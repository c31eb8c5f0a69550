// The registry of models: every version with its figures, which one is in use, the way back, and models as files.

import type { StoredModel } from '../db/model-store.ts';
import { StemscapeError } from '../domain/errors.ts';
import { genreKey } from '../domain/genre.ts';
import { BUNDLED_MODEL_ID, type ModelComparison, type ModelDetail, type ModelSummary } from '../domain/model.ts';
import { comparePaired, confusedIds, type FairVerdicts, fairVerdicts } from '../models/compare.ts';
import { importModel } from '../models/import-model.ts';
import { MODEL_FILE_SUFFIX, packModel } from '../models/model-file.ts';
import { encoderOf, openHead, unknownModel } from '../models/open-head.ts';
import { Activation } from './activation.ts';
import type { ModelParts } from './model-parts.ts';

export class ModelService {
  readonly #parts: ModelParts;
  readonly #activation: Activation;
  #isStale = false;
  #isRefreshing = false;

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#activation = new Activation(parts);
  }

  /** Newest first, the bundled model last. */
  list(): ModelSummary[] {
    return [...this.#parts.db.models.list().map((model) => this.#summaryOf(model)), this.#bundledSummary()];
  }

  /** @throws StemscapeError model.unknown */
  get(id: string): ModelDetail {
    const { bundled } = this.#parts;
    if (id === BUNDLED_MODEL_ID) {
      const nothing = {
        seed: null,
        join: null,
        settings: null,
        labelsHash: null,
        backend: null,
        seconds: null,
        evaluation: null,
      };
      return { ...this.#bundledSummary(), encoder: bundled.version, ...nothing };
    }
    const model = this.#find(id);
    const { encoder, seed, join, settings, labelsHash, backend, seconds, evaluation } = model;
    return { ...this.#summaryOf(model), encoder, seed, join, settings, labelsHash, backend, seconds, evaluation };
  }

  /** Scores the library and takes the model into use. @throws StemscapeError model.* | cancelled */
  use(id: string): Promise<{ nTracks: number; seconds: number }> {
    return this.#activation.use(id, 'add');
  }

  cancelUse(): void {
    this.#activation.cancel();
  }

  /** Scores anew with the model in use, for a setting that changed; once more when it changes again meanwhile. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      while (this.#isStale) {
        await this.#activation.idle();
        this.#isStale = false;
        const id = this.#parts.db.models.activeId();
        if (id !== BUNDLED_MODEL_ID) await this.#activation.use(id, null);
      }
    } finally {
      this.#isRefreshing = false;
    }
  }

  /** Back to the model that was in use before. @throws StemscapeError model.unknown when there was none */
  async rollback(): Promise<{ id: string }> {
    const id = this.#parts.db.models.previousId();
    if (id === null) throw new StemscapeError('model.unknown', 'There is no earlier model to go back to.');
    await this.#activation.use(id, 'goBack');
    return { id };
  }

  /** @throws StemscapeError model.unknown | input.invalid */
  async rename(id: string, name: string): Promise<ModelSummary> {
    if (id === BUNDLED_MODEL_ID) throw new StemscapeError('input.invalid', 'The bundled model keeps its name.');
    this.#find(id);
    await this.#parts.gate.pass();
    this.#parts.db.models.rename(id, name);
    this.#parts.events.emit('models.changed', {});
    return this.#summaryOf(this.#find(id));
  }

  /** @throws StemscapeError model.unknown | model.inUse */
  async remove(id: string): Promise<void> {
    const { db, folders, events, gate } = this.#parts;
    if (id === BUNDLED_MODEL_ID) throw new StemscapeError('model.inUse', 'The bundled model cannot be removed.');
    const model = this.#find(id);
    await gate.pass();
    if (db.models.activeId() === id) {
      throw new StemscapeError('model.inUse', `"${model.name}" is in use; use another model before you remove it.`);
    }
    db.models.remove(id);
    if (model.encoderFolder !== null) {
      if (!db.models.list().some(({ encoder }) => encoder === model.encoder)) db.encoderWindows.removeEncoder(model.encoder);
      await folders.remove(model.encoderFolder);
    }
    events.emit('models.changed', {});
  }

  /** @throws StemscapeError model.unknown | model.corrupt */
  async compare(a: string, b: string): Promise<ModelComparison> {
    const { db, pool } = this.#parts;
    const [summaryA, summaryB] = [this.get(a), this.get(b)].map((detail) => summaryPart(detail)) as [ModelSummary, ModelSummary];
    const paired = comparePaired(this.#fair(a, b), this.#fair(b, a));
    const over = await pool.run({ kind: 'compareModels', libraryFile: db.file, a, b }, { priority: 'interactive' });
    return { a: summaryA, b: summaryB, ...over, ...paired };
  }

  /** Labelled tracks of one cell of the confusion matrix. @throws StemscapeError model.unknown */
  confused(id: string, label: string, guess: string): number[] {
    if (id === BUNDLED_MODEL_ID) return [];
    this.#find(id);
    const { db } = this.#parts;
    return confusedIds(this.#fair(id, id), label, guess).filter((trackId) => db.tracks.byId(trackId) !== undefined);
  }

  /** @throws StemscapeError model.unknown | model.missing | model.corrupt */
  async export(id: string): Promise<{ fileName: string; bytes: Uint8Array }> {
    const { db, folders } = this.#parts;
    if (id === BUNDLED_MODEL_ID)
      throw new StemscapeError('input.invalid', 'The bundled model comes with Stemscape; there is nothing to export.');
    openHead(db, id);
    const model = db.models.whole(id)!;
    const encoderFiles = model.encoderFolder === null ? new Map<string, Uint8Array>() : await folders.read(model.encoderFolder);
    const name =
      model.name
        .replace(/[^\p{L}\p{N}._ -]+/gu, '')
        .replace(/\s+/g, ' ')
        .trim() || 'model';
    return { fileName: name + MODEL_FILE_SUFFIX, bytes: packModel(model, encoderFiles) };
  }

  /** Takes a model in from a file; it is not in use then. @throws StemscapeError model.corrupt | model.notReady */
  async import(bytes: Uint8Array): Promise<ModelSummary> {
    const { db, folders, gate, bundled } = this.#parts;
    const id = await importModel({ db, folders, gate, bundledVersion: bundled.version }, bytes);
    this.#parts.events.emit('models.changed', {});
    return this.#summaryOf(this.#find(id));
  }

  /** One sentence on the model in use, for `doctor`. @throws StemscapeError model.* when it is broken */
  async describeInUse(): Promise<string> {
    const { db, folders } = this.#parts;
    const id = db.models.activeId();
    if (id === BUNDLED_MODEL_ID) return 'the bundled one';
    try {
      const { model } = openHead(db, id);
      if (model.encoderFolder !== null) await folders.open(model.encoderFolder);
      return `"${model.name}", ${model.genres.length} genres, from ${model.nTracks} labelled tracks`;
    } catch (cause) {
      const because = cause instanceof StemscapeError ? cause.message : String(cause);
      const sentence = `The model in use is broken, so its verdicts stay as they were and new tracks get none. Use another one. ${because}`;
      throw new StemscapeError('model.corrupt', sentence, { cause });
    }
  }

  #find(id: string): StoredModel {
    const model = this.#parts.db.models.get(id);
    if (!model) throw unknownModel();
    return model;
  }

  /** Verdicts of tracks the model has not learned from; of the bundled one, on the tracks of the other. */
  #fair(id: string, otherId: string): FairVerdicts {
    const { db } = this.#parts;
    const own = db.models.outOfFold(id);
    if (own) return fairVerdicts(own, db.models.labels(id) ?? []);
    const ids = [...(db.models.outOfFold(otherId)?.trackIds ?? [])];
    const verdicts = [...db.trainingRows.bundledVerdicts(ids)].map(([trackId, { genres, probabilities }]): [number, string] => {
      const best = probabilities.indexOf(probabilities.reduce((max, p) => Math.max(max, p), 0));
      return [trackId, genreKey(genres[best] ?? '')];
    });
    return { guesses: new Map(verdicts), labels: null };
  }

  #bundledSummary(): ModelSummary {
    const { db, bundled } = this.#parts;
    return {
      id: BUNDLED_MODEL_ID,
      name: 'Bundled model',
      mode: null,
      createdAtMs: 0,
      isActive: db.models.activeId() === BUNDLED_MODEL_ID,
      genres: [...bundled.genres],
      nTracks: 0,
      accuracy: null,
      macroF1: null,
      nToHear: 0,
    };
  }

  #summaryOf(model: StoredModel): ModelSummary {
    const { db } = this.#parts;
    const { id, name, mode, createdAtMs, genres, nTracks, evaluation, encoderFolder } = model;
    return {
      ...{ id, name, mode, createdAtMs, genres, nTracks },
      isActive: db.models.activeId() === id,
      accuracy: evaluation.accuracy,
      macroF1: evaluation.macroF1,
      nToHear: encoderFolder === null ? 0 : db.trainingRows.unheardIds(encoderOf(model)).length,
    };
  }
}

function summaryPart({
  id,
  name,
  mode,
  createdAtMs,
  isActive,
  genres,
  nTracks,
  accuracy,
  macroF1,
  nToHear,
}: ModelDetail): ModelSummary {
  return { id, name, mode, createdAtMs, isActive, genres, nTracks, accuracy, macroF1, nToHear };
}
