// Writing into files and taking it back: the run under way, how the last one ended, and the history.
import type { Api } from '../lib/api.ts';
import { failureText } from '../lib/failure-words.ts';
import { t } from '../lib/language.ts';
import { accountSentence, type PastTagWrite, type TagProgress, type TagResult } from '../lib/tag-words.ts';
import type { Toasts } from './toasts.svelte.ts';

export class TagWrites {
  #api: Api;
  #toasts: Toasts;
  #running = $state(false);
  #cancelling = $state(false);
  #progress = $state.raw<TagProgress | null>(null);
  #last = $state.raw<TagResult | null>(null);
  #history = $state.raw<readonly PastTagWrite[]>([]);
  /** A dialog shows how it ends, so that no message need tell it. */
  isWatched = false;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Asked to stop: the file in work is finished first. */
  get cancelling(): boolean {
    return this.#cancelling;
  }

  /** Of the write or undo under way. */
  get progress(): TagProgress | null {
    return this.#progress;
  }

  /** How the last run in this window ended; null once it was read. */
  get last(): TagResult | null {
    return this.#last;
  }

  /** Latest first. */
  get history(): readonly PastTagWrite[] {
    return this.#history;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('tags.progress', (progress) => {
        if (progress.kind === 'preview') return;
        this.#running = true;
        this.#progress = progress;
      }),
      this.#api.on('tags.ended', ({ result, failure }) => {
        this.#end();
        this.#last = result;
        if (failure) this.#toasts.tell(failureText(failure), 'failure');
        else if (result && !this.isWatched) this.#tell(result);
        void this.refresh();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      const { running, progress } = await this.#api.call('tags.status', {});
      if (running) this.#progress = progress;
      if (running !== this.#running) running ? this.#begin() : this.#end();
      this.#history = (await this.#api.call('tags.history', {})).writes;
    });
  }

  /** Writes exactly what the preview of that name showed. */
  write(planId: string): Promise<boolean> {
    return this.#start(() => this.#api.call('tags.write', { planId }));
  }

  undo(writeId: number): Promise<boolean> {
    return this.#start(() => this.#api.call('tags.undo', { writeId }));
  }

  async cancel(): Promise<void> {
    this.#cancelling = true;
    await this.#attempt(() => this.#api.call('tags.cancel', {}));
  }

  /** The account was read. */
  dismiss(): void {
    this.#last = null;
  }

  #begin(): void {
    this.#running = true;
    this.#cancelling = false;
  }

  #end(): void {
    this.#running = false;
    this.#cancelling = false;
    this.#progress = null;
  }

  async #start(ask: () => Promise<unknown>): Promise<boolean> {
    this.#last = null;
    this.#progress = null;
    this.#begin();
    const begun = await this.#attempt(ask);
    if (!begun) this.#end();
    return begun;
  }

  #tell(result: TagResult): void {
    const canUndo = result.kind === 'write' && result.nDone > 0;
    const action = canUndo ? { name: t('common.undo'), run: () => void this.undo(result.writeId) } : null;
    this.#toasts.tell(accountSentence(result), 'info', action);
  }

  async #attempt(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    }
  }
}
