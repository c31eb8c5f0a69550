// The verdict of the own model in use on a track that is analysed just now: it is stored in the transaction that stores the
// analysis, so that lists and playlists follow at once.
import type { LibraryDb } from '../db/open.ts';
import type { EmbeddedWindow } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { WriteGate } from '../library/write-gate.ts';
import type { Logger } from '../logger.ts';
import { argmax } from '../training/head/join-rules.ts';
import { encoderOf, openHead } from './open-head.ts';
import { scoreIds } from './score-tracks.ts';

export interface JudgeParts {
  db: LibraryDb;
  gate: WriteGate;
  logger: Logger;
  /** Hears a track with an own network. */
  embed(path: string, encoderFolder: string, signal: AbortSignal): Promise<EmbeddedWindow[]>;
}

/** Stores the verdict on a track whose analysis has just been stored. */
export type StoreVerdict = (trackId: number) => void;

/** Context is left to the next time the whole library is scored: it depends on all labels. */
export class TrackJudge {
  readonly #parts: JudgeParts;
  #open: { modelId: string; opened: ReturnType<typeof openHead> | null } | null = null;

  constructor(parts: JudgeParts) {
    this.#parts = parts;
  }

  /** Hears what the model in use needs, and waits until writing is welcome: call the answer at once, inside the transaction. */
  async hear(path: string, signal: AbortSignal): Promise<StoreVerdict> {
    const { db, gate } = this.#parts;
    const model = db.models.get(db.models.activeId());
    const windows = model?.encoderFolder ? await this.#embed(path, model.encoderFolder, signal) : null;
    await gate.pass();
    return (trackId) => {
      if (model && windows) db.encoderWindows.put(trackId, model.encoder, windows);
      this.#store(trackId);
    };
  }

  async #embed(path: string, folder: string, signal: AbortSignal): Promise<EmbeddedWindow[] | null> {
    try {
      return await this.#parts.embed(path, folder, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof StemscapeError)) throw error;
      this.#parts.logger.warn({ path, error }, 'a new track could not be heard with the own network');
      return null;
    }
  }

  #store(trackId: number): void {
    const { db } = this.#parts;
    const opened = this.#inUse();
    if (!opened) return;
    const { model, head } = opened;
    const { trackIds, probabilities } = scoreIds(db.trainingRows, encoderOf(model), head, [trackId]);
    if (trackIds.length === 0) return;
    const best = argmax(probabilities, 0, probabilities.length);
    const isUnknown = probabilities[best]! < head.thresholds[best]!;
    db.predictions.put(trackId, model.id, db.predictions.classListId(head.genres), probabilities, isUnknown);
  }

  /** Null for the bundled model, and for a broken one, which is told once. */
  #inUse(): ReturnType<typeof openHead> | null {
    const { db, logger } = this.#parts;
    const modelId = db.models.activeId();
    if (modelId === BUNDLED_MODEL_ID) return null;
    if (this.#open?.modelId !== modelId) {
      this.#open = { modelId, opened: null };
      try {
        this.#open.opened = openHead(db, modelId);
      } catch (error) {
        logger.error({ error, modelId }, 'the model in use is broken; new tracks get no verdict');
      }
    }
    return this.#open.opened;
  }
}
