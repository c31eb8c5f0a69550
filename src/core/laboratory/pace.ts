// How far a stage is and how long it still takes, from the pace of what was really done.
import type { LabProgress } from '../domain/laboratory.ts';

/** Less of a piece says too little about how long the rest takes. */
const MIN_WORKED = 0.02;

export class Pace {
  readonly #stage: LabProgress['stage'];
  readonly #total: number;
  readonly #tell: (progress: LabProgress) => void;
  readonly #startMs = performance.now();
  #nDone = 0;
  /** Without what was known already. */
  #nWorked = 0;
  /** How far the pieces in work are, 0..1. */
  readonly #under = new Map<string, number>();

  constructor(stage: LabProgress['stage'], total: number, tell: (progress: LabProgress) => void) {
    this.#stage = stage;
    this.#total = total;
    this.#tell = tell;
    this.#report('');
  }

  /** @param fraction of the piece, 0..1 */
  under(what: string, fraction: number): void {
    this.#under.set(what, fraction);
    this.#report(`${what}, ${Math.floor(100 * fraction)} %`);
  }

  done(what: string, wasKnown: boolean): void {
    this.#under.delete(what);
    this.#nDone++;
    if (!wasKnown) this.#nWorked++;
    this.#report(what);
  }

  #report(what: string): void {
    const partly = [...this.#under.values()].reduce((a, b) => a + b, 0);
    const worked = this.#nWorked + partly;
    const perPiece = (performance.now() - this.#startMs) / 1000 / worked;
    const remainingSec = worked >= MIN_WORKED ? perPiece * (this.#total - this.#nDone - partly) : null;
    this.#tell({ stage: this.#stage, done: this.#nDone, total: this.#total, remainingSec, what });
  }
}
