// The map as the window follows it: which sound it is drawn from, how far a drawing has come, and which points are on stage.
import {
  type EventPayload,
  type Failure,
  MAP_SOURCES,
  type MapProgress,
  type MapSource,
  type MapSummary,
} from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { failureText } from '../lib/failure-words.ts';
import { t } from '../lib/language.ts';
import { frameScene, type Region, regionsOf, sceneOf } from '../lib/map-answer.ts';
import { columnOf } from '../lib/map-columns.ts';
import { type Framing, framingOf, type Scene } from '../lib/map-scene.ts';
import { throttle } from '../lib/rate-limit.ts';
import { recallOneOf, remember } from '../lib/remembered.ts';
import type { Labels } from './labels.svelte.ts';
import { MapColours } from './map-colours.svelte.ts';
import { MapFilter } from './map-filter.svelte.ts';
import { MapHistory } from './map-history.svelte.ts';
import { MapPointing } from './map-pointing.svelte.ts';
import { MapPreview } from './map-preview.svelte.ts';
import { MapSelection } from './map-selection.svelte.ts';
import { MapStage } from './map-stage.svelte.ts';
import { MapTitles } from './map-titles.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

type Frame = EventPayload<'map.frame'>;

/** Frames come this often: each is a way to the next. */
const FRAME_MS = 520;
const [SETTLE_MS, NEWCOMERS_MS] = [1200, 600];
const COLOURS_MS = 2000;

export class MapState {
  readonly stage = new MapStage();
  readonly colours: MapColours;
  readonly filter: MapFilter;
  readonly titles: MapTitles;
  readonly selection: MapSelection;
  readonly preview: MapPreview;
  readonly pointing: MapPointing;
  readonly history: MapHistory;
  #api: Api;
  #toasts: Toasts;
  #maps = $state.raw<readonly MapSummary[]>([]);
  #isRead = $state(false);
  #progress = $state.raw<MapProgress | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #source = $state<MapSource>(recallOneOf('mapSource', MAP_SOURCES));
  #shown = $state.raw<MapSummary | null>(null);
  #regions = $state.raw<readonly Region[]>([]);
  #isOpen = false;
  #frameIds: Int32Array | null = null;
  /** A map keeps its framing when tracks are placed on it, so that no other moves. */
  #framings = new Map<number, Framing>();
  #nRequests = 0;
  #recolourSoon = throttle(() => void this.#recolour(), COLOURS_MS);

  constructor(api: Api, toasts: Toasts, labels: Labels, player: Player) {
    this.#api = api;
    this.#toasts = toasts;
    this.colours = new MapColours(api, toasts);
    this.filter = new MapFilter(api, toasts, this.stage, this.colours);
    this.titles = new MapTitles(api, this.stage, this.filter);
    this.selection = new MapSelection(api, toasts, labels, player);
    this.preview = new MapPreview(api, player);
    this.pointing = new MapPointing(api, this.preview);
    this.history = new MapHistory(api, toasts, (map, durationMs) => this.#show(map, durationMs));
  }

  get source(): MapSource {
    return this.#source;
  }

  /** Whether the engine has said which maps there are. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The newest map of the chosen source. */
  get newest(): MapSummary | null {
    return this.#maps.find(({ source }) => source === this.#source) ?? null;
  }

  /** The map whose points are on stage; null before the first and while one is drawn. */
  get shown(): MapSummary | null {
    return this.#shown;
  }

  /** Regions of the shown map, placed in the box, largest first. */
  get regions(): readonly Region[] {
    return this.#regions;
  }

  /** Of a map that is being drawn, of whatever source. */
  get progress(): MapProgress | null {
    return this.#progress;
  }

  /** Why the last drawing came to nothing. */
  get failure(): Failure | null {
    return this.#failure;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('map.progress', (progress) => {
        this.#progress = progress.stage === 'done' ? null : progress;
      }),
      this.#api.on('map.frame', (frame) => this.#takeFrame(frame)),
      this.#api.on('map.changed', ({ mapId }) => {
        // A new map is shown when its drawing ends; here only newcomers matter.
        if (mapId === this.newest?.id) void this.#takeNewcomers();
      }),
      this.#api.on('map.ended', ({ mapId, failure }) => void this.#ended(mapId, failure)),
      this.#api.on('tracks.changed', () => this.#recolourSoon()),
      this.#api.on('scan.ended', () => void this.#takeNewcomers()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The view is on screen: reads what there is, and follows it until `close`. */
  async open(): Promise<void> {
    this.#isOpen = true;
    await this.#refresh(0);
  }

  /** After the engine was out of reach. */
  async refresh(): Promise<void> {
    if (this.#isOpen) await this.#refresh(0);
  }

  close(): void {
    this.#isOpen = false;
    this.history.stop();
    this.pointing.leave();
  }

  async choose(source: MapSource): Promise<void> {
    if (source === this.#source) return;
    this.#source = source;
    remember('mapSource', source);
    this.#failure = null;
    await this.#refresh(SETTLE_MS);
  }

  async draw(): Promise<void> {
    this.#failure = null;
    this.history.stop();
    await this.#tell(() => this.#api.call('map.draw', { source: this.#source }));
  }

  cancel = () => this.#tell(() => this.#api.call('map.cancel', {}));

  async #refresh(durationMs: number): Promise<void> {
    const status = await this.#tell(() => this.#api.call('map.status', {}));
    if (!status) return;
    this.#maps = status.maps;
    this.#progress = status.progress;
    this.#isRead = true;
    await this.history.read(this.#source);
    if (status.frame && status.progress?.source === this.#source) {
      this.#takeFrame(status.frame);
      await this.#colourFrames();
    } else if (this.newest) await this.#show(this.newest, durationMs);
    else this.#clear();
  }

  /** A map that is being drawn has no colours of its own yet: its tracks have them on any other map. */
  async #colourFrames(): Promise<void> {
    const other = this.newest ?? this.#maps[0];
    if (other && !this.colours.isRead) await this.#tell(() => this.colours.readFromMap(other.id));
  }

  #clear(): void {
    this.#nRequests += 1;
    this.#shown = null;
    this.#regions = [];
    this.stage.clear();
    this.colours.paint(this.stage.scene, []);
  }

  async #show(map: MapSummary, durationMs: number): Promise<void> {
    const request = ++this.#nRequests;
    const points = await this.#tell(() => this.#api.call('map.points', { id: map.id }));
    if (!points || request !== this.#nRequests) return;
    const framing = this.#framings.get(map.id) ?? framingOf(columnOf(Float32Array, points.positions));
    this.#framings.set(map.id, framing);
    const scene = sceneOf(points, framing);
    this.#shown = map;
    this.#regions = regionsOf(map, framing);
    this.#present(scene, durationMs);
    if (map.id === this.newest?.id) await this.colours.readFrom({ mapId: map.id, trackIds: scene.trackIds });
  }

  #present(scene: Scene, durationMs: number, isEven = false): void {
    this.colours.paint(scene, this.#shown?.clusters ?? []);
    this.stage.show(scene, durationMs, isEven);
  }

  #takeFrame(frame: Frame): void {
    if (frame.trackIds !== null) this.#frameIds = columnOf(Int32Array, frame.trackIds);
    const trackIds = this.#frameIds;
    if (!this.#isOpen || !trackIds || this.#progress?.source !== this.#source) return;
    // A map that is still being read would come over the frames.
    this.#nRequests += 1;
    this.#shown = null;
    this.#regions = [];
    const positions = columnOf(Float32Array, frame.positions);
    this.#present(frameScene(trackIds, positions, framingOf(positions)), FRAME_MS, true);
  }

  async #takeNewcomers(): Promise<void> {
    const { newest } = this;
    if (this.#isOpen && newest && this.#shown?.id === newest.id) await this.#show(newest, NEWCOMERS_MS);
  }

  async #ended(mapId: number | null, failure: Failure | null): Promise<void> {
    const drawn = this.#progress?.source;
    this.#progress = null;
    this.#frameIds = null;
    this.#failure = failure && failure.code !== 'cancelled' ? failure : null;
    if (!this.#isOpen) {
      if (mapId !== null) this.#toasts.tell(t('map.isDrawn'));
      else if (this.#failure) this.#toasts.tell(failureText(this.#failure), 'failure');
    } else if (drawn === undefined || drawn === this.#source) {
      await this.#refresh(SETTLE_MS);
    }
  }

  async #recolour(): Promise<void> {
    this.pointing.forget();
    this.titles.forget();
    if (this.#isOpen) await this.colours.read();
  }

  async #tell<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }
}
