// The tree of a person's own genres: made, renamed, moved, given a key, removed.
import type { AppEvents } from '../app-events.ts';
import type { GenreChange } from '../db/genre-store.ts';
import type { RecordedLabel } from '../db/label-store.ts';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import { type Genre, genreKey, withDescendants } from '../domain/genre.ts';
import type { LabelAction } from '../domain/label.ts';
import { countTracks } from '../labels/relabel.ts';
import type { WriteGate } from '../library/write-gate.ts';
import type { LabellingService } from './labelling.ts';

export interface GenreParts {
  db: LibraryDb;
  events: AppEvents;
  gate: Pick<WriteGate, 'pass'>;
  labelling: Pick<LabellingService, 'act' | 'history'>;
}

export class GenreService {
  readonly #parts: GenreParts;

  constructor(parts: GenreParts) {
    this.#parts = parts;
  }

  /** Parents before their children, by name among equals. */
  list(): Genre[] {
    const all = this.#parts.db.genres.all();
    const below = (parentId: number | null): Genre[] =>
      all.filter((genre) => genre.parentId === parentId).flatMap((genre) => [genre, ...below(genre.id)]);
    return below(null);
  }

  /** @throws StemscapeError genre.exists | genre.unknown */
  async create(name: string, rest: Omit<GenreChange, 'name'>): Promise<Genre> {
    await this.#parts.gate.pass();
    const { db } = this.#parts;
    this.#refuseTaken(name, null);
    if (rest.parentId != null) this.get(rest.parentId);
    const id = db.durably(() => {
      const made = db.genres.ensure(name);
      db.genres.change(made, rest);
      this.#refreshTagged([name]);
      return made;
    });
    this.#announce();
    return this.get(id);
  }

  /** @throws StemscapeError genre.exists | genre.unknown | input.invalid for a genre below itself */
  async change(id: number, change: GenreChange): Promise<Genre> {
    await this.#parts.gate.pass();
    const { db } = this.#parts;
    const before = this.get(id);
    if (change.name !== undefined) this.#refuseTaken(change.name, id);
    if (change.parentId != null) this.#refuseCycle(before, this.get(change.parentId));
    const tracks = change.name === undefined || change.name === before.name ? [] : db.labels.tracksOf(id);
    db.durably(() => {
      db.genres.change(id, change);
      for (const trackId of tracks) db.tracks.refreshListing(trackId);
      if (change.name !== undefined) this.#refreshTagged([before.name, change.name]);
    });
    this.#announce();
    return this.get(id);
  }

  /** Its labels become `moveTo`'s, or go; undo brings both back. @throws StemscapeError genre.unknown */
  async remove(id: number, moveTo: number | null): Promise<LabelAction> {
    await this.#parts.gate.pass();
    const { db, labelling } = this.#parts;
    const genre = this.get(id);
    const target = moveTo === null ? null : this.get(moveTo).name;
    if (moveTo === id) throw new StemscapeError('input.invalid', 'Its labels cannot move to the genre that is removed.');
    const tracks = db.labels.tracksOf(id);
    const fate = target === null ? '' : ` (${countTracks(tracks.length)} now ${target})`;
    const childIds = db.genres.all().flatMap((other) => (other.parentId === id ? [other.id] : []));
    const removed = { id, name: genre.name, parentId: genre.parentId, hotkey: genre.hotkey, childIds, moveTo };
    const change = (before: RecordedLabel[]) => withoutGenre(before, genre.name, target);
    const action = labelling.act(`Removed the genre ${genre.name}${fate}`, tracks, change, removed);
    this.#announce();
    return action;
  }

  /** @throws StemscapeError genre.unknown */
  get(id: number): Genre {
    const genre = this.#parts.db.genres.byId(id);
    if (genre) return genre;
    throw new StemscapeError('genre.unknown', 'There is no such genre any more.');
  }

  #refuseTaken(name: string, id: number | null): void {
    const taken = this.#parts.db.genres.byName(name);
    if (taken && taken.id !== id) throw new StemscapeError('genre.exists', `There is a genre ${taken.name} already.`);
  }

  #refuseCycle(genre: Genre, parent: Genre): void {
    if (!withDescendants(this.#parts.db.genres.all(), genre.id).includes(parent.id)) return;
    throw new StemscapeError('input.invalid', `${genre.name} cannot be a kind of ${parent.name}, which is a kind of it.`);
  }

  /** A file's genre is shown in the person's spelling, and "Rock/Pop" as one where it is one of theirs. */
  #refreshTagged(names: readonly string[]): void {
    const { db } = this.#parts;
    const keys = names.map(genreKey);
    for (const { trackId, tags } of db.tracks.genreTags()) {
      if (tags.some((tag) => keys.some((key) => genreKey(tag).includes(key)))) db.tracks.refreshListing(trackId);
    }
  }

  #announce(): void {
    const { events, labelling } = this.#parts;
    events.emit('labels.changed', labelling.history());
    events.emit('tracks.changed', { ids: null });
  }
}

function withoutGenre(before: readonly RecordedLabel[], name: string, target: string | null): RecordedLabel[] {
  const key = genreKey(name);
  const isIt = ({ genre }: RecordedLabel): boolean => genreKey(genre) === key;
  const after: RecordedLabel[] = [];
  for (const label of before) {
    const moved = isIt(label) ? (target === null ? null : { ...label, genreId: null, genre: target }) : label;
    if (moved === null) continue;
    const same = after.find(({ genre, origin }) => genreKey(genre) === genreKey(moved.genre) && origin === moved.origin);
    if (same) same.isPrimary ||= moved.isPrimary;
    else after.push({ ...moved });
  }
  for (const origin of ['hand', 'import'] as const) {
    const left = after.filter((label) => label.origin === origin);
    if (left.length > 0 && !left.some(({ isPrimary }) => isPrimary)) left[0]!.isPrimary = true;
  }
  return after;
}
