// Short messages at the edge of the window: what was done, and failures in the engine's own sentence.
import { EngineFailure } from '../lib/api.ts';
import { t } from '../lib/language.ts';

export interface Toast {
  id: number;
  tone: 'info' | 'failure';
  text: string;
  /** A button beside the text. */
  action: ToastAction | null;
}

export interface ToastAction {
  name: string;
  run: () => void;
}

const SHOWN_MS = { info: 5000, failure: 12_000 };
const MAX_SHOWN = 4;

export class Toasts {
  #shown = $state<Toast[]>([]);
  #lastId = 0;

  get shown(): readonly Toast[] {
    return this.#shown;
  }

  tell(text: string, tone: Toast['tone'] = 'info', action: ToastAction | null = null): void {
    const toast = { id: ++this.#lastId, tone, text, action };
    const others = this.#shown.filter((shown) => shown.text !== text);
    this.#shown = [...others, toast].slice(-MAX_SHOWN);
    setTimeout(() => this.dismiss(toast.id), SHOWN_MS[tone]);
  }

  /** A failure; a cancellation is what the person asked for and is not told. */
  fail(error: unknown): void {
    if (error instanceof EngineFailure && error.code === 'cancelled') return;
    this.tell(error instanceof Error ? error.message : t('common.unexpected'), 'failure');
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }
}
