// Details of the tracks that a queue shows now and next, read before they are wanted.
import type { TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';

export class DetailsAhead {
  #api: Api;
  #details = $state.raw<ReadonlyMap<number, TrackDetail>>(new Map());
  #asked = new Map<number, Promise<unknown>>();

  constructor(api: Api) {
    this.#api = api;
  }

  get(id: number | undefined): TrackDetail | null {
    return (id === undefined ? undefined : this.#details.get(id)) ?? null;
  }

  /** Reads these, the first of them to its end, and forgets the others. @throws what reading the first one throws */
  async want(ids: readonly number[]): Promise<void> {
    this.#details = new Map([...this.#details].filter(([id]) => ids.includes(id)));
    for (const id of this.#asked.keys()) if (!ids.includes(id)) this.#asked.delete(id);
    const [first, ...later] = ids.map((id) => this.#read(id));
    // One that cannot be read is told when its turn comes.
    for (const reading of later) reading.catch(() => {});
    await first;
  }

  clear(): void {
    this.#asked.clear();
    this.#details = new Map();
  }

  #read(id: number): Promise<unknown> {
    if (this.#details.has(id)) return Promise.resolve();
    const asked = this.#asked.get(id);
    if (asked) return asked;
    const reading = this.#api
      .call('tracks.get', { id })
      .then((detail) => {
        if (this.#asked.get(id) === reading) this.#details = new Map(this.#details).set(id, detail);
      })
      .finally(() => {
        if (this.#asked.get(id) === reading) this.#asked.delete(id);
      });
    this.#asked.set(id, reading);
    return reading;
  }
}
