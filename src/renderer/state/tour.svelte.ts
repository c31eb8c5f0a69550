// The tour of a first run: three steps, each beside the part of the window that it speaks of.
import type { SettingsState } from './settings-state.svelte.ts';

export const TOUR_STEPS = ['listen', 'look', 'teach'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

export class Tour {
  #settings: SettingsState;
  /** Opens what a step speaks of. */
  #show: (step: TourStep) => void;
  #index = $state<number | null>(null);

  constructor(settings: SettingsState, show: (step: TourStep) => void) {
    this.#settings = settings;
    this.#show = show;
  }

  /** From 0; null while there is no tour. */
  get index(): number | null {
    return this.#index;
  }

  get step(): TourStep | null {
    return this.#index === null ? null : TOUR_STEPS[this.#index]!;
  }

  get isLast(): boolean {
    return this.#index === TOUR_STEPS.length - 1;
  }

  start(): void {
    this.#goTo(0);
  }

  /** Once in a lifetime, unless a person asks for it. */
  startFirst(): void {
    if (!this.#settings.value.tourDone) this.start();
  }

  next(): void {
    if (this.#index === null) return;
    if (this.isLast) this.end();
    else this.#goTo(this.#index + 1);
  }

  back(): void {
    if (this.#index !== null && this.#index > 0) this.#goTo(this.#index - 1);
  }

  end(): void {
    this.#index = null;
    void this.#settings.change({ tourDone: true });
  }

  #goTo(index: number): void {
    this.#index = index;
    this.#show(TOUR_STEPS[index]!);
  }
}
