// What the points are coloured by, and which entries of the legend are shown.
import { MAP_COLOURS, type MapCluster, type MapColour } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { type Colouring, colouringOf, type MapValues, plainColouring, valuesOf } from '../lib/map-colouring.ts';
import { columnOf, placesIn } from '../lib/map-columns.ts';
import { EMPTY_SCENE, type Scene } from '../lib/map-scene.ts';
import { regionName } from '../lib/region-words.ts';
import { recallOneOf, remember } from '../lib/remembered.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The map whose values colour whatever is shown. */
interface ValueSource {
  mapId: number;
  trackIds: Int32Array;
}

export class MapColours {
  #api: Api;
  #toasts: Toasts;
  #by = $state<MapColour>(recallOneOf('mapColour', MAP_COLOURS));
  #colouring = $state.raw<Colouring>(plainColouring('genre', 0));
  /** Null = all are shown. */
  #only = $state.raw<ReadonlySet<number> | null>(null);
  #scene: Scene = EMPTY_SCENE;
  #clusters: readonly MapCluster[] = [];
  #source: ValueSource | null = null;
  #values: MapValues | null = null;
  #nRequests = 0;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get by(): MapColour {
    return this.#by;
  }

  get colouring(): Colouring {
    return this.#colouring;
  }

  /** Whether there is a map that colours come from. */
  get isRead(): boolean {
    return this.#source !== null;
  }

  get isFiltered(): boolean {
    return this.#only !== null;
  }

  isShown(category: number): boolean {
    return this.#only === null || this.#only.has(category);
  }

  /** Whether the point at this place of the scene is shown. */
  accepts = (index: number): boolean => this.#only === null || this.#only.has(this.#colouring.categories[index]!);

  async choose(by: MapColour): Promise<void> {
    this.#by = by;
    remember('mapColour', by);
    this.#only = null;
    await this.read();
  }

  /** Colours come from this map, for the tracks that it has. */
  async readFrom(source: ValueSource): Promise<void> {
    this.#source = source;
    await this.read();
  }

  /** The same, for a map that is not on stage. */
  async readFromMap(mapId: number): Promise<void> {
    const { trackIds } = await this.#api.call('map.points', { id: mapId });
    await this.readFrom({ mapId, trackIds: columnOf(Int32Array, trackIds) });
  }

  /** Asks again: labels, models or tracks changed. */
  async read(): Promise<void> {
    const request = ++this.#nRequests;
    const [by, source] = [this.#by, this.#source];
    let values: MapValues | null = null;
    try {
      if (source && by !== 'cluster') values = valuesOf(await this.#api.call('map.values', { id: source.mapId, by }));
    } catch (error) {
      this.#toasts.fail(error);
    }
    // With tracks placed meanwhile the points come first, and their colours after them.
    if (request !== this.#nRequests || (values && source && lengthOf(values) !== source.trackIds.length)) return;
    this.#values = values;
    this.#arrange();
  }

  /** Another scene is shown; the colours of tracks stay. */
  paint(scene: Scene, clusters: readonly MapCluster[]): void {
    const isSame = this.#scene.trackIds === scene.trackIds && this.#by !== 'cluster';
    this.#scene = scene;
    this.#clusters = clusters;
    if (!isSame) this.#arrange();
  }

  /** Only this one; once more: all again. */
  showOnly(category: number): void {
    const isAlone = this.#only?.size === 1 && this.#only.has(category);
    this.#only = isAlone ? null : new Set([category]);
  }

  toggle(category: number): void {
    const all = this.#colouring.entries.map((entry) => entry.category);
    const shown = new Set(this.#only ?? all);
    if (!shown.delete(category)) shown.add(category);
    this.#only = shown.size === all.length ? null : shown;
  }

  showAll(): void {
    this.#only = null;
  }

  #arrange(): void {
    const { trackIds, clusters } = this.#scene;
    const before = this.#colouring;
    if (this.#by === 'cluster') {
      const known = this.#clusters;
      const values = { kind: 'named' as const, names: known.map(({ name }) => name), index: clusters };
      const said = (index: number) => regionName(known[index]!);
      this.#colouring = colouringOf('cluster', values, Int32Array.from(trackIds.keys()), said);
    } else if (this.#values && this.#source) {
      this.#colouring = colouringOf(this.#by, this.#values, placesIn(this.#source.trackIds, trackIds));
    } else {
      this.#colouring = plainColouring(this.#by, trackIds.length);
    }
    this.#keepFilter(before);
  }

  /** Entries are counted anew: what was shown by name stays shown. */
  #keepFilter(before: Colouring): void {
    if (this.#only === null) return;
    const names = new Set(before.entries.filter(({ category }) => this.#only?.has(category)).map(({ name }) => name));
    const kept = this.#colouring.entries.filter(({ name }) => names.has(name)).map(({ category }) => category);
    this.#only = before.by === this.#by && kept.length > 0 ? new Set(kept) : null;
  }
}

function lengthOf(values: MapValues): number {
  return values.kind === 'named' ? values.index.length : values.values.length;
}
