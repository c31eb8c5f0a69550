// What was listened to: how often and when last, for rules and recipes.
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';

export class PlayService {
  readonly #db: LibraryDb;
  readonly #events: AppEvents;
  readonly #nowMs: () => number;

  constructor(db: LibraryDb, events: AppEvents, nowMs: () => number) {
    this.#db = db;
    this.#events = events;
    this.#nowMs = nowMs;
  }

  /** @throws StemscapeError track.unknown */
  record(trackId: number, playedSec: number): void {
    const isKnown = this.#db.plays.record(trackId, playedSec, this.#nowMs());
    if (!isKnown) throw new StemscapeError('track.unknown', `There is no track ${trackId} in this library.`);
    this.#events.emit('playlists.changed', this.#db.playlistHistory.history());
  }
}
