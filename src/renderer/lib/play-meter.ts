// How much of a track was really heard, and when that makes it a play.

/** A track counts as played after half its length or this long, as scrobblers have it. */
const COUNTS_AFTER_SEC = 240;
/** Further on at once is a jump: that was not heard. */
const MAX_STEP_SEC = 1;

export class PlayMeter {
  #atSec = 0;
  #heardSec = 0;
  #isCounted = false;

  /** A track begins, or begins again. */
  begin(): void {
    this.#atSec = 0;
    this.#heardSec = 0;
    this.#isCounted = false;
  }

  /**
   * To be called often while it plays.
   * @returns the seconds heard, once, when they make a play; else null
   */
  hear(atSec: number, durationSec: number | null): number | null {
    const step = atSec - this.#atSec;
    this.#atSec = atSec;
    if (step > 0 && step <= MAX_STEP_SEC) this.#heardSec += step;
    const needed = durationSec !== null && durationSec > 0 ? Math.min(COUNTS_AFTER_SEC, durationSec / 2) : COUNTS_AFTER_SEC;
    if (this.#isCounted || this.#heardSec <= 0 || this.#heardSec < needed) return null;
    this.#isCounted = true;
    return this.#heardSec;
  }
}
