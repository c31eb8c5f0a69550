// Tags into files, only when asked: a preview of every change first, then exactly those changes, with a journal that undoes them.
import { randomUUID } from 'node:crypto';
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import type { ScanLock } from '../db/scan-lock.ts';
import { StemscapeError, toFailure } from '../domain/errors.ts';
import type { LabelTarget } from '../domain/label.ts';
import type {
  PastTagWrite,
  TagChange,
  TagField,
  TagPreview,
  TagProgress,
  TagWriteRequest,
  TagWriteResult,
} from '../domain/tag-write.ts';
import { countTracks } from '../labels/relabel.ts';
import type { WriteGate } from '../library/write-gate.ts';
import type { Logger } from '../logger.ts';
import { settleFile, undoWritten, type WriteParts, writePlanned } from '../tags/journalled-write.ts';
import { changesOf, planWrites, type TagPlan } from '../tags/plan.ts';
import { atIntervals, type FileRun, MAX_NAMED_FILES, runFiles } from '../tags/run-files.ts';

export interface TagWritingParts {
  db: LibraryDb;
  events: AppEvents;
  logger: Logger;
  gate: Pick<WriteGate, 'pass'>;
  /** Tracks that a search, a genre or a playlist finds. @throws StemscapeError playlist.unknown */
  idsOf(query: Extract<LabelTarget, { kind: 'query' }>): number[];
  nowMs: () => number;
}

export interface TagListeners {
  signal?: AbortSignal;
  onProgress?: (progress: TagProgress) => void;
}

/** A write or an undo that has begun; `done` is its end. */
export interface TagRun {
  writeId: number;
  done: Promise<TagWriteResult>;
}

interface KeptPlan extends TagPlan {
  fields: readonly TagField[];
}

/** Previews that can still be written; the oldest goes first. */
const MAX_PLANS = 4;
const FIELD_WORDS: Readonly<Record<TagField, string>> = { genre: 'genre', bpm: 'tempo', key: 'key' };

export class TagWritingService {
  readonly #parts: TagWritingParts;
  readonly #plans = new Map<string, KeptPlan>();
  readonly #previews = new Set<AbortController>();
  #controller: AbortController | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #progress: TagProgress | null = null;

  constructor(parts: TagWritingParts) {
    this.#parts = parts;
  }

  /** Writes nothing. @throws StemscapeError track.unknown | input.invalid | playlist.unknown */
  async preview(request: TagWriteRequest, limit: number, listeners: TagListeners = {}): Promise<TagPreview> {
    if (request.fields.length === 0) throw new StemscapeError('input.invalid', 'Name at least one field to write.');
    const plan = await this.#look(this.#targetIds(request.target), request, listeners);
    const planId = randomUUID();
    this.#plans.set(planId, { ...plan, fields: request.fields });
    for (const oldest of [...this.#plans.keys()].slice(0, -MAX_PLANS)) this.#plans.delete(oldest);
    const nChanges = plan.files.reduce((sum, { after }) => sum + Object.keys(after).length, 0);
    return {
      planId,
      nFiles: plan.files.length,
      nChanges,
      nUnchanged: plan.nUnchanged,
      nRefused: plan.refused.length,
      changes: changesOf(plan.files, 0, limit),
      refused: plan.refused.slice(0, MAX_NAMED_FILES),
    };
  }

  async #look(ids: readonly number[], request: TagWriteRequest, listeners: TagListeners): Promise<TagPlan> {
    const controller = new AbortController();
    this.#previews.add(controller);
    const signal = listeners.signal ? AbortSignal.any([listeners.signal, controller.signal]) : controller.signal;
    const say = atIntervals((progress) => this.#tell(progress, listeners));
    const onLooked = (done: number) => {
      say({ kind: 'preview', writeId: null, done, total: ids.length, nFailed: 0 }, done === ids.length);
    };
    const looked = planWrites(this.#parts.db, ids, request, { signal, onLooked });
    try {
      return await looked;
    } finally {
      this.#previews.delete(controller);
    }
  }

  #tell(progress: TagProgress, listeners: TagListeners): void {
    listeners.onProgress?.(progress);
    this.#parts.events.emit('tags.progress', progress);
  }

  /** More of a preview's changes, by path. @throws StemscapeError tags.unknown */
  changes(planId: string, offset: number, limit: number): TagChange[] {
    return changesOf(this.#plan(planId).files, offset, limit);
  }

  /** Writes exactly what the preview showed; a plan is written once. @throws StemscapeError tags.unknown | tags.running */
  write(planId: string, listeners: TagListeners = {}): TagRun {
    const plan = this.#plan(planId);
    if (plan.files.length === 0) throw new StemscapeError('input.invalid', 'There is nothing to write.');
    return this.#begin('write', listeners, () => {
      this.#plans.delete(planId);
      const words = plan.fields.map((field) => FIELD_WORDS[field]).join(', ');
      const { db, nowMs } = this.#parts;
      const writeId = db.durably(() => db.tagWrites.begin(`Wrote ${words} into ${countTracks(plan.files.length)}`, nowMs()));
      return { writeId, work: (run) => runFiles(run, plan.files, (file) => writePlanned(this.#writing(), writeId, file)) };
    });
  }

  /** @throws StemscapeError tags.unknown | tags.running */
  undo(writeId: number, listeners: TagListeners = {}): TagRun {
    const { db } = this.#parts;
    if (!db.tagWrites.exists(writeId)) throw new StemscapeError('tags.unknown', `There is no write ${writeId} to undo.`);
    return this.#begin('undo', listeners, () => ({
      writeId,
      work: (run) => runFiles(run, db.tagWrites.written(writeId), (file) => undoWritten(this.#writing(), file)),
    }));
  }

  history(limit: number): PastTagWrite[] {
    return this.#parts.db.tagWrites.history(limit);
  }

  status(): { running: boolean; progress: TagProgress | null } {
    return { running: this.#controller !== null, progress: this.#progress };
  }

  /** The file in work is finished; the others stay as they are. A preview ends. */
  cancel(): void {
    for (const preview of this.#previews) preview.abort();
    this.#controller?.abort();
  }

  /** Finishes what a crash interrupted. Does nothing while another Stemscape works on the library. */
  async recover(): Promise<void> {
    const { db, logger } = this.#parts;
    if (db.tagWrites.unsettled().length === 0 || this.#controller !== null) return;
    try {
      const lock = db.lockForScan();
      await this.#settleAll().finally(() => lock.release());
    } catch (error) {
      if (!(error instanceof StemscapeError)) logger.error({ error }, 'interrupted tag writes could not be settled');
    }
  }

  async close(): Promise<void> {
    this.cancel();
    await this.#running;
  }

  #plan(planId: string): KeptPlan {
    const plan = this.#plans.get(planId);
    if (!plan) throw new StemscapeError('tags.unknown', 'This preview is gone: ask for a new one.');
    return plan;
  }

  #writing(): WriteParts {
    return { db: this.#parts.db, writable: () => this.#parts.gate.pass() };
  }

  #lock(): ScanLock {
    try {
      return this.#parts.db.lockForScan();
    } catch (error) {
      if (!(error instanceof StemscapeError) || error.code !== 'library.locked') throw error;
      const sentence = 'The library is being scanned. Wait for the scan to finish or stop it first.';
      throw new StemscapeError('tags.running', sentence, { cause: error });
    }
  }

  async #settleAll(): Promise<void> {
    for (const file of this.#parts.db.tagWrites.unsettled()) await settleFile(this.#writing(), file, null);
  }

  /** One at a time, and never beside a scan: both would look at half-done work. */
  #begin(kind: TagWriteResult['kind'], listeners: TagListeners, prepare: () => Prepared): TagRun {
    if (this.#controller !== null) throw new StemscapeError('tags.running', 'Tags are being written already. Wait or cancel it.');
    const lock = this.#lock();
    let prepared: Prepared;
    try {
      prepared = prepare();
    } catch (error) {
      lock.release();
      throw error;
    }
    const { writeId, work } = prepared;
    const controller = new AbortController();
    this.#controller = controller;
    const signal = listeners.signal ? AbortSignal.any([listeners.signal, controller.signal]) : controller.signal;
    const onProgress = (progress: TagProgress) => {
      this.#progress = progress;
      this.#tell(progress, listeners);
    };
    const run: FileRun = { kind, writeId, signal, onProgress, logger: this.#parts.logger };
    const done = this.#follow(() => work(run), lock);
    this.#running = done.catch(() => {});
    return { writeId, done };
  }

  async #follow(work: () => Promise<TagWriteResult>, lock: ScanLock): Promise<TagWriteResult> {
    const { events } = this.#parts;
    try {
      await this.#settleAll();
      const result = await work();
      this.#end(lock);
      events.emit('tags.ended', { result, failure: null });
      return result;
    } catch (error) {
      this.#end(lock);
      events.emit('tags.ended', { result: null, failure: toFailure(error) });
      throw error;
    }
  }

  #end(lock: ScanLock): void {
    lock.release();
    this.#controller = null;
    this.#progress = null;
    this.#parts.events.emit('tracks.changed', { ids: null });
  }

  #targetIds(target: LabelTarget): number[] {
    const { db, idsOf } = this.#parts;
    if (target.kind === 'query') return idsOf(target);
    if (target.kind === 'folder') return db.tracks.idsBelow(target.path);
    const ids = [...new Set(target.ids)];
    const unknown = ids.find((id) => db.tracks.byId(id) === undefined);
    if (unknown !== undefined) throw new StemscapeError('track.unknown', `There is no track ${unknown} in this library.`);
    return ids;
  }
}

interface Prepared {
  writeId: number;
  work: (run: FileRun) => Promise<TagWriteResult>;
}
