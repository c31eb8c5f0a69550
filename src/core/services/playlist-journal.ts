// Acts on kept playlists, each with its before and after in the library's history: done, taken back, done again.
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import type { PlaylistAct, PlaylistSide } from '../db/playlist-history-store.ts';
import type { NewPlace, StoredPlace, StoredPlaylist } from '../db/playlist-store.ts';
import type { PlaylistHistory } from '../domain/playlist.ts';
import type { PlaylistDeed } from '../domain/playlist-deed.ts';
import { difference } from '../playlists/difference.ts';

export interface PlaylistJournalParts {
  db: LibraryDb;
  events: AppEvents;
  nowMs: () => number;
}

export class PlaylistJournal {
  readonly #parts: PlaylistJournalParts;

  constructor(parts: PlaylistJournalParts) {
    this.#parts = parts;
  }

  history(): PlaylistHistory {
    return this.#parts.db.playlistHistory.history();
  }

  /** @returns the new playlist's id */
  make(playlist: Omit<StoredPlaylist, 'id'>, tracks: readonly NewPlace[]): number {
    const { db, nowMs } = this.#parts;
    const id = db.durably(() => {
      const made = db.playlists.insert({ ...playlist, id: null });
      const places = db.playlists.placesOf(tracks);
      db.playlists.splice(made, 0, 0, places);
      const after = { playlist: { ...playlist, id: made }, at: 0, places };
      const deed = { code: 'made' as const, name: playlist.name };
      db.playlistHistory.record({ deed, playlistId: made, before: null, after }, nowMs());
      return made;
    });
    this.#announce();
    return id;
  }

  /** One act on one playlist, in one durable transaction with its place in the history; with null it is removed. */
  act(
    deed: PlaylistDeed,
    before: StoredPlaylist,
    after: StoredPlaylist | null,
    change: (places: StoredPlace[]) => StoredPlace[],
  ): void {
    const { db, nowMs } = this.#parts;
    const now = nowMs();
    db.durably(() => {
      const places = db.playlists.places(before.id);
      const { at, removed, inserted } = difference(places, change(places));
      const act = {
        deed,
        playlistId: before.id,
        before: { playlist: before, at, places: removed },
        after: after && { playlist: { ...after, changedAtMs: now }, at, places: inserted },
      };
      this.#apply(act.before, act.after, before.id);
      db.playlistHistory.record(act, now);
    });
    this.#announce();
  }

  /** The act that was taken back; null when there is none. */
  undo(): PlaylistDeed | null {
    return this.#travel(this.#parts.db.playlistHistory.nextUndo(), true);
  }

  redo(): PlaylistDeed | null {
    return this.#travel(this.#parts.db.playlistHistory.nextRedo(), false);
  }

  #apply(from: PlaylistSide | null, to: PlaylistSide | null, id: number): void {
    const { playlists } = this.#parts.db;
    if (to === null) {
      playlists.remove(id);
      return;
    }
    if (from === null) playlists.insert(to.playlist);
    else playlists.update(to.playlist);
    playlists.splice(id, to.at, from?.places.length ?? 0, to.places);
  }

  #travel(act: (PlaylistAct & { id: number }) | null, isUndo: boolean): PlaylistDeed | null {
    if (act === null) return null;
    const { db } = this.#parts;
    db.durably(() => {
      this.#apply(isUndo ? act.after : act.before, isUndo ? act.before : act.after, act.playlistId);
      db.playlistHistory.setUndone(act.id, isUndo);
    });
    this.#announce();
    return act.deed;
  }

  #announce(): void {
    this.#parts.events.emit('playlists.changed', this.history());
  }
}
