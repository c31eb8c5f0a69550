// Rows of a long list fetched a page at a time: what is on screen is asked for, what was seen long ago is let go.

export interface Page<T> {
  total: number;
  rows: T[];
}

export type FetchPage<T> = (offset: number, limit: number) => Promise<Page<T>>;

export class PageCache<T> {
  readonly pageSize: number;
  #maxPages: number;
  #fetch: FetchPage<T>;
  #onChange: (total: number) => void;
  #onFailure: (error: unknown) => void;
  /** In order of use, the oldest first. A stale page is shown until its replacement arrives. */
  #pages = new Map<number, { rows: T[]; generation: number }>();
  #underWay = new Map<number, { generation: number; done: Promise<void> }>();
  #generation = 0;
  #dropsStale = false;

  constructor(
    fetch: FetchPage<T>,
    hooks: { onChange: (total: number) => void; onFailure: (error: unknown) => void },
    sizes: { pageSize?: number; maxPages?: number } = {},
  ) {
    this.#fetch = fetch;
    this.#onChange = hooks.onChange;
    this.#onFailure = hooks.onFailure;
    this.pageSize = sizes.pageSize ?? 200;
    this.#maxPages = sizes.maxPages ?? 30;
  }

  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.pageSize))?.rows[index % this.pageSize];
  }

  /** Asks for every page that rows `first` to `last` lie on and that is absent or stale. */
  async require(first: number, last: number): Promise<void> {
    const wanted: Promise<void>[] = [];
    const lastPage = Math.floor(Math.max(first, last) / this.pageSize);
    for (let page = Math.floor(Math.max(0, first) / this.pageSize); page <= lastPage; page++) wanted.push(this.#load(page));
    await Promise.all(wanted);
  }

  /** Everything may have changed; rows stay readable until they are required again. */
  invalidate(): void {
    this.#generation += 1;
  }

  /** Another question was asked: the old answer stays readable only until the first rows of the new one arrive. */
  restart(): void {
    this.#generation += 1;
    this.#dropsStale = true;
  }

  /** Index of the first loaded row that fits, or -1. */
  findIndex(fits: (row: T) => boolean): number {
    for (const [page, { rows }] of this.#pages) {
      const index = rows.findIndex(fits);
      if (index >= 0) return page * this.pageSize + index;
    }
    return -1;
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation;
    const known = this.#pages.get(page);
    if (known?.generation === generation) {
      this.#pages.delete(page);
      this.#pages.set(page, known);
      return;
    }
    const running = this.#underWay.get(page);
    if (running?.generation === generation) return running.done;
    const done = this.#read(page, generation);
    this.#underWay.set(page, { generation, done });
    await done;
    if (this.#underWay.get(page)?.generation === generation) this.#underWay.delete(page);
  }

  async #read(page: number, generation: number): Promise<void> {
    try {
      const { rows, total } = await this.#fetch(page * this.pageSize, this.pageSize);
      if (generation !== this.#generation) return;
      if (this.#dropsStale) this.#pages.clear();
      this.#dropsStale = false;
      this.#pages.delete(page);
      this.#pages.set(page, { rows, generation });
      this.#dropOldest();
      this.#onChange(total);
    } catch (error) {
      if (generation === this.#generation) this.#onFailure(error);
    }
  }

  #dropOldest(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= this.#maxPages) return;
      this.#pages.delete(page);
    }
  }
}
