// Which tracks of a list are selected, for labelling many at once: by ids, or everything that the list's query finds.
import { type FacetChoice, type LabelTarget, narrows, type RangeChoice } from '../../contract/index.ts';

/** What a selection needs of its list. */
export interface SelectableList {
  readonly query: {
    search: string;
    genre: string | null;
    playlistId: string | null;
    status: string | null;
    facets: FacetChoice;
    ranges: RangeChoice;
  };
  readonly total: number;
  ready(index: number): Promise<{ id: number } | undefined>;
  idsBetween(first: number, last: number): Promise<number[]>;
}

export class Selection {
  #list: SelectableList;
  #ids = $state.raw<ReadonlySet<number>>(new Set());
  #isWhole = $state(false);
  #anchor = -1;
  #nRequests = 0;

  constructor(list: SelectableList) {
    this.#list = list;
  }

  get count(): number {
    return this.#isWhole ? this.#list.total : this.#ids.size;
  }

  has(id: number): boolean {
    return this.#isWhole || this.#ids.has(id);
  }

  get target(): LabelTarget | null {
    const { search, genre, playlistId } = this.#list.query;
    if (this.#isWhole) return { kind: 'query', search, genre, playlistId };
    return this.#ids.size > 0 ? { kind: 'tracks', ids: [...this.#ids] } : null;
  }

  /** Ids of everything selected, also of what is not on screen. */
  async ids(): Promise<readonly number[]> {
    return this.#isWhole ? this.#list.idsBetween(0, this.#list.total - 1) : [...this.#ids];
  }

  clear(): void {
    this.#nRequests += 1;
    this.#ids = new Set();
    this.#isWhole = false;
    this.#anchor = -1;
  }

  /** Everything that the list finds, also what is not on screen. */
  async selectAll(): Promise<void> {
    const { status, facets, ranges } = this.#list.query;
    if (status === null && !narrows(facets, ranges)) {
      this.#isWhole = true;
      return;
    }
    await this.#selectRange(0, this.#list.total - 1);
  }

  /** Ctrl or Cmd and a click. */
  async toggle(index: number): Promise<void> {
    const track = await this.#list.ready(index);
    if (!track) return;
    const ids = new Set(this.#isWhole ? [] : this.#ids);
    if (!ids.delete(track.id)) ids.add(track.id);
    this.#isWhole = false;
    this.#ids = ids;
    this.#anchor = index;
  }

  /** Shift: from where the selection began to here. */
  async extendTo(index: number, from: number): Promise<void> {
    const start = this.#anchor < 0 ? Math.max(from, 0) : this.#anchor;
    this.#anchor = start;
    await this.#selectRange(Math.min(start, index), Math.max(start, index));
  }

  async #selectRange(first: number, last: number): Promise<void> {
    const request = ++this.#nRequests;
    const ids = await this.#list.idsBetween(first, last);
    // A later range may have been asked for, or the selection cleared.
    if (request !== this.#nRequests) return;
    this.#isWhole = false;
    this.#ids = new Set(ids);
  }
}
