// The dialog that writes tags: which tracks, which fields and how, and the preview of every change. Nothing is written here.
import type { LabelTarget } from '../../contract/index.ts';
import { type Api, EngineFailure } from '../lib/api.ts';
import { debounce } from '../lib/rate-limit.ts';
import type { TagChange, TagField, TagMode, TagPreview, TagProgress } from '../lib/tag-words.ts';
import type { TagWrites } from './tag-writes.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export interface TagOffer {
  target: LabelTarget;
  /** "12 tracks" */
  name: string;
}

export interface TagChoice {
  fields: readonly TagField[];
  mode: TagMode;
  /** Least confidence of guesses that stand in for labels; null = none do. */
  guessFrom: number | null;
}

const PAGE = 200;
const REST_MS = 200;

export class TagPreviewing {
  #api: Api;
  #toasts: Toasts;
  #writes: TagWrites;
  #offer = $state.raw<TagOffer | null>(null);
  #choice = $state.raw<TagChoice>({ fields: ['genre'], mode: 'add', guessFrom: null });
  #preview = $state.raw<TagPreview | null>(null);
  #changes = $state.raw<readonly TagChange[]>([]);
  #isLooking = $state(false);
  #progress = $state.raw<TagProgress | null>(null);
  #nQuestions = 0;
  #lookSoon = debounce(() => void this.#look(), REST_MS);

  constructor(api: Api, toasts: Toasts, writes: TagWrites) {
    this.#api = api;
    this.#toasts = toasts;
    this.#writes = writes;
  }

  /** What the dialog is about; null while it is closed. */
  get offer(): TagOffer | null {
    return this.#offer;
  }

  get choice(): TagChoice {
    return this.#choice;
  }

  /** Of the present choice; null while files are looked at, when that failed, and once it was written. */
  get preview(): TagPreview | null {
    return this.#preview;
  }

  /** As many as were asked for so far, by path. */
  get changes(): readonly TagChange[] {
    return this.#changes;
  }

  get isLooking(): boolean {
    return this.#isLooking;
  }

  get progress(): TagProgress | null {
    return this.#progress;
  }

  listen(): () => void {
    return this.#api.on('tags.progress', (progress) => {
      if (progress.kind === 'preview' && this.#isLooking) this.#progress = progress;
    });
  }

  open(offer: TagOffer): void {
    this.#offer = offer;
    this.#writes.isWatched = true;
    this.#writes.dismiss();
    void this.#look();
  }

  /** What is being written goes on; a look at files ends. */
  close(): void {
    this.#forget();
    this.#offer = null;
    this.#writes.isWatched = false;
    this.#writes.dismiss();
  }

  choose(change: Partial<TagChoice>): void {
    this.#choice = { ...this.#choice, ...change };
    this.#forget();
    this.#isLooking = this.#choice.fields.length > 0;
    this.#lookSoon();
  }

  /** Reads more of a long list of changes. */
  async more(): Promise<void> {
    const planId = this.#preview?.planId;
    if (planId === undefined) return;
    try {
      const { changes } = await this.#api.call('tags.changes', { planId, offset: this.#changes.length, limit: PAGE });
      if (this.#preview?.planId === planId) this.#changes = [...this.#changes, ...changes];
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** A plan is written once. */
  async write(): Promise<void> {
    const planId = this.#preview?.planId;
    if (planId !== undefined && (await this.#writes.write(planId))) this.#preview = null;
  }

  lookAgain(): void {
    void this.#look();
  }

  async #look(): Promise<void> {
    const target = this.#offer?.target;
    const { fields, ...choice } = this.#choice;
    if (!target || fields.length === 0 || this.#writes.running) return;
    const question = ++this.#nQuestions;
    this.#isLooking = true;
    this.#progress = null;
    try {
      const plain = target.kind === 'tracks' ? { ...target, ids: [...target.ids] } : target;
      const preview = await this.#api.call('tags.preview', { target: plain, fields: [...fields], ...choice, limit: PAGE });
      if (question !== this.#nQuestions) return;
      this.#preview = preview;
      this.#changes = preview.changes;
    } catch (error) {
      if (question === this.#nQuestions || !(error instanceof EngineFailure)) this.#toasts.fail(error);
    } finally {
      if (question === this.#nQuestions) this.#isLooking = false;
    }
  }

  /** Its answer would be about another choice. */
  #forget(): void {
    this.#lookSoon.cancel();
    this.#nQuestions += 1;
    this.#preview = null;
    this.#changes = [];
    // The engine's cancel would end a write as well.
    if (this.#isLooking && !this.#writes.running) this.#api.call('tags.cancel', {}).catch(() => {});
    this.#isLooking = false;
  }
}
