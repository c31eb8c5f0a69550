// The track that is meant on the map, by the pointer or by the keyboard, and what is known of it.
import type { TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { MapPreview } from './map-preview.svelte.ts';

/** A pointer that only passes asks nothing. */
const ASK_AFTER_MS = 40;
const REMEMBERED = 200;

export class MapPointing {
  #api: Api;
  #preview: MapPreview;
  #hoveredId = $state<number | null>(null);
  #focusedId = $state<number | null>(null);
  #detail = $state.raw<TrackDetail | null>(null);
  #known = new Map<number, TrackDetail>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, preview: MapPreview) {
    this.#api = api;
    this.#preview = preview;
  }

  get hoveredId(): number | null {
    return this.#hoveredId;
  }

  get focusedId(): number | null {
    return this.#focusedId;
  }

  /** What is pointed at comes before what has the focus. */
  get id(): number | null {
    return this.#hoveredId ?? this.#focusedId;
  }

  /** Of the track that is meant; null until it is read. */
  get detail(): TrackDetail | null {
    return this.#detail?.id === this.id ? this.#detail : null;
  }

  hover(id: number | null): void {
    if (id === this.#hoveredId) return;
    this.#hoveredId = id;
    this.#follow();
  }

  focus(id: number | null): void {
    this.#focusedId = id;
    this.#follow();
  }

  leave(): void {
    this.#hoveredId = null;
    this.#focusedId = null;
    this.#follow();
  }

  /** Tracks changed: what is remembered of them may be old. */
  forget(): void {
    this.#known.clear();
  }

  #follow(): void {
    clearTimeout(this.#timer);
    const { id } = this;
    const known = id === null ? undefined : this.#known.get(id);
    this.#tell(known ?? null);
    if (id !== null && !known) this.#timer = setTimeout(() => void this.#read(id), ASK_AFTER_MS);
  }

  async #read(id: number): Promise<void> {
    let detail: TrackDetail;
    try {
      detail = await this.#api.call('tracks.get', { id });
    } catch {
      // A track that has gone meanwhile shows no card; opening it says why.
      return;
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < REMEMBERED) break;
      this.#known.delete(oldest);
    }
    this.#known.set(id, detail);
    if (this.id === id) this.#tell(detail);
  }

  #tell(detail: TrackDetail | null): void {
    this.#detail = detail;
    this.#preview.follow(detail);
  }
}
