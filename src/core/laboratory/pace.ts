// How far a stage is and how long it still takes, from the pace of what was really done.
import type { LabProgress } from '../domain/laboratory.ts';

export class Pace {
  readonly #stage: LabProgress['stage'];
  readonly #total: number;
  readonly #tell: (progress: LabProgress) => void;
  readonly #startMs = performance.now();
  #nDone = 0;
  /** Without what was known already. */
  #nWorked = 0;

  constructor(stage: LabProgress['stage'], total: number, tell: (progress: LabProgress) => void) {
    this.#stage = stage;
    this.#total = total;
    this.#tell = tell;
    this.#report('');
  }

  done(what: string, wasKnown: boolean): void {
    this.#nDone++;
    if (!wasKnown) this.#nWorked++;
    this.#report(what);
  }

  #report(what: string): void {
    const perPiece = (performance.now() - this.#startMs) / 1000 / Math.max(1, this.#nWorked);
    const remainingSec = this.#nWorked > 0 ? perPiece * (this.#total - this.#nDone) : null;
    this.#tell({ stage: this.#stage, done: this.#nDone, total: this.#total, remainingSec, what });
  }
}
