// The four faders of the track that plays.
import type { Stem } from '../../contract/index.ts';
import { neutralMix, type StemFader, type StemMix, stemGains } from '../lib/stem-mix.ts';

export class StemFaders {
  #mix = $state.raw<StemMix>(neutralMix());

  get mix(): Readonly<StemMix> {
    return this.#mix;
  }

  /** Linear gain of each stem. */
  get gains(): Record<Stem, number> {
    return stemGains(this.#mix);
  }

  change(stem: Stem, change: Partial<StemFader>): void {
    this.#mix = { ...this.#mix, [stem]: { ...this.#mix[stem], ...change } };
  }

  reset(): void {
    this.#mix = neutralMix();
  }
}
