// Titles of the points in sight, once so few are left that they can be told apart.
import type { Api } from '../lib/api.ts';
import { trackTitle } from '../lib/format.ts';
import { toMap } from '../lib/map-camera.ts';
import { EMPTY_SCENE, type Scene } from '../lib/map-scene.ts';
import { debounce } from '../lib/rate-limit.ts';
import type { MapFilter } from './map-filter.svelte.ts';
import type { MapStage } from './map-stage.svelte.ts';

const MOST = 40;
const REMEMBERED = 3000;
const REST_MS = 90;

/** A point with a name. */
export interface TitledPoint {
  /** Place in the scene. */
  index: number;
  title: string;
}

export class MapTitles {
  #api: Api;
  #stage: MapStage;
  #filter: MapFilter;
  #known = new Map<number, string>();
  #shown = $state.raw<readonly TitledPoint[]>([]);
  #scene: Scene = EMPTY_SCENE;
  #lookSoon = debounce(() => void this.#look(), REST_MS);

  constructor(api: Api, stage: MapStage, filter: MapFilter) {
    this.#api = api;
    this.#stage = stage;
    this.#filter = filter;
  }

  get shown(): readonly TitledPoint[] {
    return this.#shown;
  }

  /** Camera, points or filter changed: what is in sight is looked at when they have come to rest. */
  follow(): void {
    if (this.#scene !== this.#stage.scene) this.#shown = [];
    this.#scene = this.#stage.scene;
    this.#lookSoon();
  }

  /** Tracks changed. */
  forget(): void {
    this.#known.clear();
  }

  async #look(): Promise<void> {
    const { scene } = this.#stage;
    const inSight = this.#inSight();
    const unknown = inSight.map((index) => scene.trackIds[index]!).filter((id) => !this.#known.has(id));
    try {
      if (unknown.length > 0) await this.#read(unknown);
    } catch {
      // Titles are an extra; the map is whole without them.
    }
    if (scene !== this.#stage.scene) return;
    this.#shown = inSight.flatMap((index) => {
      const title = this.#known.get(scene.trackIds[index]!);
      return title === undefined ? [] : [{ index, title }];
    });
  }

  async #read(ids: number[]): Promise<void> {
    const { tracks } = await this.#api.call('tracks.list', { ids, sort: 'position', limit: ids.length });
    if (this.#known.size > REMEMBERED) this.#known.clear();
    for (const track of tracks) this.#known.set(track.id, trackTitle(track));
  }

  /** Places of the shown points in the window; none when they are too many. */
  #inSight(): number[] {
    const { scene, sight } = this.#stage;
    const corner = toMap(sight, { x: 0, y: 0 });
    const opposite = toMap(sight, { x: sight.size.width, y: sight.size.height });
    const places: number[] = [];
    for (let index = 0; index < scene.trackIds.length; index++) {
      const [x, y] = [scene.positions[2 * index]!, scene.positions[2 * index + 1]!];
      if (x < corner.x || x > opposite.x || y > corner.y || y < opposite.y || !this.#filter.accepts(index)) continue;
      places.push(index);
      if (places.length > MOST) return [];
    }
    return places;
  }
}
