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

  /** Moves the selected rows, else the active one, by one place; when `isFar` to the beginning or the end. */
  moveBy(step: 1 | -1, isFar = false): void {
    if (this.#isFixed()) return;
    if (!this.canMove) {
      this.#acts.tell(t('playlists.ownOrderFirst'));
      return;
    }
    this.#last = this.#last.then(() => (isFar ? this.#moveFar(step) : this.#moveBy(step)));
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
    const before = step < 0 ? await tracks.ready(first - 1) : await tracks.ready(last + 2);
    await this.#moveRows(chosen, rows, before?.id ?? null, { place: first + step, active: tracks.activeIndex + step });
  }

  async #moveFar(step: 1 | -1): Promise<void> {
    const { chosen, tracks } = this.#opened;
    const rows = this.#rowsToMove();
    if (!chosen || rows.length === 0) return;
    const place = step < 0 ? 0 : tracks.total - rows.length;
    if (rows.every((row, i) => row === place + i)) return;
    const before = step < 0 ? await tracks.ready(0) : undefined;
    const among = Math.max(0, rows.indexOf(tracks.activeIndex));
    await this.#moveRows(chosen, rows, before?.id ?? null, { place, active: place + among });
  }

  /** @param then the row where the first of them is afterwards, and the row that is then active */
  async #moveRows(
    chosen: PlaylistSummary,
    rows: readonly number[],
    before: number | null,
    then: { place: number; active: number },
  ): Promise<void> {
    const { tracks } = this.#opened;
    const moving = rows.flatMap((row) => tracks.at(row) ?? []);
    const ids = moving.map(({ id }) => id);
    if (!(await this.#acts.move(chosen, ids, before))) return;
    tracks.reload();
    const active = Math.max(0, Math.min(tracks.total - 1, then.active));
    await tracks.ready(active);
    tracks.activeIndex = active;
    const name = moving.length === 1 ? trackTitle(moving[0]!) : countOf(moving.length, 'track');
    this.#acts.said = t('playlists.placeOf', { name, place: then.place + 1, total: tracks.total });
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
