// Everything the interface knows, wired once; components take it from the context.

import { getContext, setContext } from 'svelte';
import type { Track } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Connection } from '../lib/connection.ts';
import { type Dropped, watchFolderDrops } from '../lib/folder-drop.ts';
import { keepQuery, recallQuery } from '../lib/kept-query.ts';
import { t } from '../lib/language.ts';
import { Browsing } from './browsing.svelte.ts';
import { DoubtQueue } from './doubts.svelte.ts';
import { Duplicates } from './duplicates.svelte.ts';
import { Labels } from './labels.svelte.ts';
import { Library } from './library.svelte.ts';
import { MapState } from './map-state.svelte.ts';
import { Player } from './player.svelte.ts';
import { Playlists } from './playlists.svelte.ts';
import { LabelQueue } from './queue.svelte.ts';
import { Router } from './router.svelte.ts';
import { Scan } from './scan.svelte.ts';
import { SettingsState } from './settings-state.svelte.ts';
import { SoundsLike } from './sounds-like.svelte.ts';
import { TagPreviewing } from './tag-preview.svelte.ts';
import { TagWrites } from './tag-writes.svelte.ts';
import { Teaching } from './teaching.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Tour, type TourStep } from './tour.svelte.ts';
import { EVERYTHING, TrackList } from './track-list.svelte.ts';
import { TrackPanel } from './track-panel.svelte.ts';
import { Whys } from './why.svelte.ts';

const KEY = Symbol('app');

export class AppState {
  readonly api: Api;
  readonly toasts = new Toasts();
  readonly router = new Router();
  readonly library: Library;
  readonly tracks: TrackList;
  readonly browsing: Browsing;
  readonly failed: TrackList;
  readonly missing: TrackList;
  readonly scan: Scan;
  readonly player: Player;
  readonly panel: TrackPanel;
  readonly whys: Whys;
  readonly soundsLike: SoundsLike;
  readonly playlists: Playlists;
  readonly settings: SettingsState;
  readonly labels: Labels;
  readonly queue: LabelQueue;
  readonly doubts: DoubtQueue;
  readonly teaching: Teaching;
  readonly map: MapState;
  readonly tagWrites: TagWrites;
  readonly tagPreview: TagPreviewing;
  readonly duplicates: Duplicates;
  readonly tour: Tour;
  /** Which dialog is open over the window. */
  dialog = $state<'folder' | 'keys' | 'columns' | null>(null);
  /** Tracks found to have no cover, so that none is asked for twice. */
  readonly coverless = new Set<number>();
  #connected = $state(true);
  #connection: Connection;

  constructor(api: Api, connection: Connection) {
    this.api = api;
    this.#connection = connection;
    this.library = new Library(api, this.toasts);
    this.tracks = new TrackList(api, this.toasts, recallQuery(), keepQuery);
    this.browsing = new Browsing(api, this.toasts, this.tracks);
    this.failed = new TrackList(api, this.toasts, { status: 'failed', sort: 'path' });
    this.missing = new TrackList(api, this.toasts, { status: 'missing', sort: 'path' });
    this.scan = new Scan(api, this.toasts, () => this.#readAll());
    this.player = new Player(api, this.toasts);
    this.panel = new TrackPanel(api, this.toasts);
    this.whys = new Whys(api);
    this.soundsLike = new SoundsLike(api, this.toasts);
    this.settings = new SettingsState(api, this.toasts);
    this.playlists = new Playlists(api, this.toasts, this.settings);
    this.labels = new Labels(api, this.toasts);
    this.queue = new LabelQueue(api, this.toasts, this.labels, this.player);
    this.doubts = new DoubtQueue(api, this.toasts, this.labels);
    this.teaching = new Teaching(api, this.toasts);
    this.map = new MapState(api, this.toasts, this.labels, this.player);
    this.tagWrites = new TagWrites(api, this.toasts);
    this.tagPreview = new TagPreviewing(api, this.toasts, this.tagWrites);
    this.duplicates = new Duplicates(api, this.toasts, this.player);
    this.tour = new Tour(this.settings, (step) => void this.#showStep(step));
  }

  /** False while the engine cannot be reached. */
  get connected(): boolean {
    return this.#connected;
  }

  async start(): Promise<void> {
    this.router.listen(window);
    const lists = [this.tracks, this.failed, this.missing];
    const parts = [
      this.library,
      this.browsing,
      this.scan,
      this.player,
      this.panel,
      this.playlists,
      this.settings,
      this.labels,
      this.teaching,
    ];
    const asked = [this.map, this.whys, this.soundsLike, this.tagWrites, this.tagPreview, this.duplicates];
    for (const part of [...lists, ...parts, ...asked]) part.listen();
    let wasOpen = true;
    this.#connection.watch((isOpen) => {
      const reopened = isOpen && !wasOpen;
      // The first connection is under way when the page opens: only a loss is worth telling.
      if (isOpen || this.library.summary !== null) this.#connected = isOpen;
      wasOpen = isOpen || this.library.summary === null;
      if (reopened) this.#readAll();
    });
    this.#readAll();
    void this.panel.restore();
    watchFolderDrops(window, (what) => this.#dropped(what));
  }

  /** Plays a row of a list and shows its panel. */
  async playFrom(list: TrackList, index: number): Promise<void> {
    const track = await list.ready(index);
    if (!track) return;
    this.player.play(track, { query: list.query, index });
    void this.panel.open(track.id);
  }

  /** The selected tracks of a list, else its active or the given one, go into the queue. */
  async enqueue(list: TrackList, asNext: boolean, index = list.activeIndex): Promise<void> {
    const track = index < 0 ? undefined : list.at(index);
    const isSelected = list.selection.count > 0 && (!track || list.selection.has(track.id));
    const ids = isSelected ? await list.selection.ids() : track ? [track.id] : [];
    this.enqueueIds(ids, asNext);
  }

  enqueueIds(ids: readonly number[], asNext: boolean): void {
    const { queue } = this.player;
    if (ids.length === 0) return;
    if (asNext) queue.playNext(ids);
    else queue.add(ids);
    this.toasts.tell(t(asNext ? 'shell.willPlayNext' : 'shell.addedToQueue', { n: ids.length }));
  }

  /** Plays a track wherever it is shown. */
  playTrack(track: Track): void {
    const index = this.tracks.indexOf(track.id);
    this.player.play(track, index < 0 ? null : { query: this.tracks.query, index });
  }

  /** Plays a track from a place in it, wherever it is shown. */
  playTrackAt(track: Track, seconds: number): void {
    if (this.player.track?.id !== track.id) this.playTrack(track);
    else if (!this.player.playing) this.player.toggle();
    this.player.seek(seconds);
  }

  /** Plays or pauses a track of which only the id is at hand. */
  async playTrackById(id: number): Promise<void> {
    if (this.player.track?.id === id) {
      this.player.toggle();
      return;
    }
    try {
      this.playTrack(await this.api.call('tracks.get', { id }));
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  /** The native dialog in the desktop, our own list of folders in a browser. */
  async chooseFolder(): Promise<void> {
    if (!this.library.host?.nativeDialogs) {
      this.dialog = 'folder';
      return;
    }
    try {
      const { path } = await this.api.call('host.chooseFolder', {});
      if (path !== null) await this.scanFolder(path);
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  async scanFolder(path: string): Promise<boolean> {
    const started = await this.scan.start({ folders: [path] });
    if (started) this.#openScan();
    return started;
  }

  async scanDemo(): Promise<void> {
    if (!(await this.scan.startDemo())) return;
    this.#openScan();
    this.tour.startFirst();
  }

  async #showStep(step: TourStep): Promise<void> {
    this.router.open(({ listen: 'scan', look: 'library', teach: 'teach' } as const)[step]);
    if (step !== 'look') return;
    try {
      const { tracks } = await this.api.call('tracks.list', { ...EVERYTHING, status: 'analysed', offset: 0, limit: 1 });
      if (tracks[0]) void this.panel.open(tracks[0].id);
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  /** The desktop's shell scans by itself; it alone learns the paths. */
  #dropped({ nFolders }: Dropped): void {
    if (nFolders === 0) this.toasts.tell(t('scan.dropFolders'));
    else if (window.stemscape) this.#openScan();
    else {
      this.toasts.tell(t('scan.dropInBrowser'));
      this.dialog = 'folder';
    }
  }

  #openScan(): void {
    void this.library.refresh();
    this.router.open('scan');
  }

  #readAll(): void {
    void this.settings.refresh();
    void this.labels.refresh();
    void this.teaching.refresh();
    void this.library.refresh();
    void this.scan.refresh();
    void this.playlists.refresh();
    void this.tagWrites.refresh();
    void this.map.refresh();
    this.tracks.reload();
    this.failed.reload();
    this.missing.reload();
  }
}

export function createAppState(api: Api, connection: Connection): AppState {
  return new AppState(api, connection);
}

export function provideApp(app: AppState): void {
  setContext(KEY, app);
}

export function useApp(): AppState {
  return getContext<AppState>(KEY);
}
