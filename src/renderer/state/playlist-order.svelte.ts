// The open playlist's own order: moving and taking out rows of its grid, by keys and by drag.
import type { PlaylistSummary } from '../../contract/index.ts';
import { countOf, trackTitle } from '../lib/format.ts';
import { t } from '../lib/language.ts';
import { isOrdered } from '../lib/playlist-words.ts';
import type { PlaylistActs } from './playlist-acts.svelte.ts';
import type { Carried } from './playlist-adding.svelte.ts';
import type { PlaylistPlaces } from './playlist-places.svelte.ts';
import type { TrackList } from './track-list.svelte.ts';

interface Opened {
  readonly chosen: PlaylistSummary | null;
  readonly tracks: TrackList;
}

export class PlaylistOrder {
  #opened: Opened;
  #acts: PlaylistActs;
  readonly places: PlaylistPlaces;
  /** Fast presses follow each other. */
  #last: Promise<unknown> = Promise.resolve();
  /** The row before which a drag would drop; null while none goes on here. */
  dropIndex = $state<number | null>(null);

  constructor(opened: Opened, acts: PlaylistActs, places: PlaylistPlaces) {
    this.#opened = opened;
    this.#acts = acts;
    this.places = places;
  }

  /** Whether tracks may be added and taken out. */
  get canChange(): boolean {
    const { chosen } = this.#opened;
    return chosen !== null && isOrdered(chosen);
  }

  /** Rows can be moved only while they are shown in the playlist's order. */
  get canMove(): boolean {
    const { query } = this.#opened.tracks;
    return this.canChange && query.sort === 'position' && !query.descending && query.search === '' && query.genre === null;
  }

  /** Moves the selected rows, else the active one, by one place. */
  moveBy(step: 1 | -1): void {
    if (this.#isFixed()) return;
    if (!this.canMove) {
      this.#acts.tell(t('playlists.ownOrderFirst'));
      return;
    }
    this.#last = this.#last.then(() => this.#moveBy(step));
  }

  /** Takes the selected rows, else the active one, out of the playlist. */
  async removeSelected(): Promise<void> {
    const { chosen, tracks } = this.#opened;
    if (this.#isFixed()) return;
    const active = tracks.at(tracks.activeIndex);
    const ids = tracks.selection.count > 0 ? await tracks.selection.ids() : active ? [active.id] : [];
    if (chosen && (await this.#acts.removeTracks(chosen, ids))) tracks.selection.clear();
  }

  /** What was dropped before a row: moved there when it came from here, else added at the end. */
  async drop(carried: Carried, index: number): Promise<void> {
    const { chosen, tracks } = this.#opened;
    if (!chosen) return;
    const ids = await carried.ids();
    if (carried.playlistId !== chosen.id) {
      await this.#acts.addTracks(chosen, ids);
      return;
    }
    const before = index >= tracks.total ? null : ((await tracks.ready(index))?.id ?? null);
    if (this.canMove && (await this.#acts.move(chosen, ids, before)))
      this.#acts.said = t('playlists.moved', { name: carried.name });
  }

  /** Says why nothing can be changed by hand. */
  #isFixed(): boolean {
    const { chosen } = this.#opened;
    if (!chosen || this.canChange) return false;
    const { name } = chosen;
    this.#acts.tell(chosen.kind === 'smart' ? t('playlists.followsRules', { name }) : t('playlists.followsModel', { name }));
    return true;
  }

  async #moveBy(step: 1 | -1): Promise<void> {
    const { chosen, tracks } = this.#opened;
    const rows = this.#rowsToMove();
    const [first, last] = [rows[0], rows.at(-1)];
    if (!chosen || first === undefined || last === undefined) return;
    if (step < 0 ? first === 0 : last === tracks.total - 1) return;
    const moving = rows.flatMap((row) => tracks.at(row) ?? []);
    const before = step < 0 ? await tracks.ready(first - 1) : await tracks.ready(last + 2);
    const ids = moving.map(({ id }) => id);
    if (!(await this.#acts.move(chosen, ids, before?.id ?? null))) return;
    tracks.reload();
    const active = Math.max(0, Math.min(tracks.total - 1, tracks.activeIndex + step));
    await tracks.ready(active);
    tracks.activeIndex = active;
    const name = moving.length === 1 ? trackTitle(moving[0]!) : countOf(moving.length, 'track');
    this.#acts.said = t('playlists.placeOf', { name, place: first + step + 1, total: tracks.total });
  }

  /** Rows in order; a selection that is not on screen is not moved by keys. */
  #rowsToMove(): number[] {
    const { tracks } = this.#opened;
    if (tracks.selection.count === 0) return tracks.activeIndex < 0 ? [] : [tracks.activeIndex];
    const { target } = tracks.selection;
    const ids = target?.kind === 'tracks' ? target.ids : [];
    return ids
      .map((id) => tracks.indexOf(id))
      .filter((row) => row >= 0)
      .sort((a, b) => a - b);
  }
}
