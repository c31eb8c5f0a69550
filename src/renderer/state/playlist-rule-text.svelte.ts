// The text form of the rules being edited: printed from the form when it is looked at, read into the form while it is typed.
import type { SmartRules } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { debounce } from '../lib/rate-limit.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Lines and columns count from 1. */
export type TextProblem = { line: number; column: number; message: string };

const WAIT_MS = 200;

export class PlaylistRuleText {
  #api: Api;
  #toasts: Toasts;
  #take: (rules: SmartRules) => void;
  #text = $state('');
  #problem = $state.raw<TextProblem | null>(null);
  /** Typed, but not read yet. */
  #isNew = $state(false);
  /** The form says something else by now. */
  #isOld = true;
  #nVersions = 0;
  #readSoon = debounce(() => void this.#read(), WAIT_MS);

  /** @param take is given the rules of a text that could be read */
  constructor(api: Api, toasts: Toasts, take: (rules: SmartRules) => void) {
    this.#api = api;
    this.#toasts = toasts;
    this.#take = take;
  }

  get text(): string {
    return this.#text;
  }

  get problem(): TextProblem | null {
    return this.#problem;
  }

  get isNew(): boolean {
    return this.#isNew;
  }

  type(text: string): void {
    this.#text = text;
    this.#isNew = true;
    this.#nVersions += 1;
    this.#readSoon();
  }

  /** The form changed: what was typed and not read, or could not be, gives way. */
  outdate(): void {
    this.#readSoon.cancel();
    this.#nVersions += 1;
    this.#isOld = true;
    this.#isNew = false;
    this.#problem = null;
  }

  async print(rules: SmartRules): Promise<void> {
    if (!this.#isOld) return;
    const version = ++this.#nVersions;
    try {
      const { text } = await this.#api.call('rules.print', { rules });
      if (version !== this.#nVersions) return;
      this.#text = text;
      this.#isOld = false;
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #read(): Promise<void> {
    const version = this.#nVersions;
    try {
      const read = await this.#api.call('rules.parse', { text: this.#text });
      if (version !== this.#nVersions) return;
      if (read.ok) this.#take(read.rules);
      // The form has just taken this very text.
      this.#isOld = false;
      this.#isNew = false;
      this.#problem = read.ok ? null : read;
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
