// Passing from one track to the next without a pause: the next file is opened and buffered before the present one ends, and started
// so early that its first sample sounds as the last one fades. Two media elements cannot be tied to one clock: what is left is a gap or
// an overlap of some milliseconds. Silence that an encoder put into a file is the decoder's to cut.
import type { Transport } from './transport.ts';

/** Opened this long before the end. */
const PREPARE_SEC = 12;
/** From here on a timer counts down: ticks are too coarse. */
const AIM_SEC = 0.6;
/** From calling play to the first sample, until it was measured. */
const FIRST_LEAD_MS = 15;
const MAX_LEAD_MS = 150;
/** How much a new measurement counts. */
const LEARNING = 0.3;

export interface Prepared<T> {
  what: T;
  transport: Transport;
}

interface Hooks<T> {
  /** Opens what comes next; null when nothing does. */
  open(): Promise<Prepared<T> | null>;
  /** What was opened is still what comes next. */
  isNext(what: T): boolean;
  take(next: Prepared<T>): void;
}

export class HandOver<T> {
  #hooks: Hooks<T>;
  #next: Prepared<T> | null = null;
  #hasAsked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leadMs = FIRST_LEAD_MS;
  #run = 0;

  constructor(hooks: Hooks<T>) {
    this.#hooks = hooks;
  }

  /** To be called often while `present` plays. */
  tick(present: Transport, durationSec: number | null): void {
    if (durationSec === null) return;
    if (this.#next && !this.#hooks.isNext(this.#next.what)) this.cancel();
    const leftSec = durationSec - present.currentSec;
    if (leftSec <= PREPARE_SEC && !this.#hasAsked) void this.#open();
    clearTimeout(this.#timer);
    if (leftSec <= AIM_SEC && this.#next) {
      this.#timer = setTimeout(() => this.takeNow(), Math.max(0, 1000 * leftSec - this.#leadMs));
    }
  }

  /** @returns false when nothing was opened in time */
  takeNow(): boolean {
    clearTimeout(this.#timer);
    const next = this.#next;
    if (!next || !this.#hooks.isNext(next.what)) return false;
    this.#next = null;
    this.#hasAsked = false;
    const startMs = performance.now();
    void next.transport.play().then(() => this.#learn(next.transport, startMs));
    this.#hooks.take(next);
    return true;
  }

  /** The present track was paused, moved or left. */
  cancel(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    this.#next?.transport.close();
    this.#next = null;
    this.#hasAsked = false;
  }

  async #open(): Promise<void> {
    const run = this.#run;
    this.#hasAsked = true;
    const next = await this.#hooks.open();
    if (run !== this.#run) {
      next?.transport.close();
      return;
    }
    this.#next = next;
  }

  #learn(transport: Transport, startMs: number): void {
    const lateMs = performance.now() - startMs - 1000 * transport.currentSec;
    if (lateMs >= 0 && lateMs < MAX_LEAD_MS) this.#leadMs += LEARNING * (lateMs - this.#leadMs);
  }
}
