// Labelling as a person does it: own genres, labels on many tracks at once, undo and redo without a limit, files in and out.
import type { AppEvents } from '../app-events.ts';
import type { RecordedAction, RemovedGenre } from '../db/label-history-store.ts';
import type { RecordedLabel } from '../db/label-store.ts';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import { uniqueGenres } from '../domain/genre.ts';
import type {
  FileGenre,
  LabelAction,
  LabelFileFormat,
  LabelHistory,
  LabelImport,
  LabelMode,
  LabelTarget,
  TagRules,
} from '../domain/label.ts';
import { createPathFinder } from '../labels/find-paths.ts';
import { formatLabels, type LabelledPath, parseLabels } from '../labels/label-file.ts';
import { type Change, changeSentence, countTracks, relabel } from '../labels/relabel.ts';
import type { WriteGate } from '../library/write-gate.ts';

export interface LabellingParts {
  db: LibraryDb;
  events: AppEvents;
  /** Writes wait while the library is being re-scored. */
  gate: Pick<WriteGate, 'pass'>;
  /** Tracks that a search, a genre or a playlist finds. @throws StemscapeError playlist.unknown */
  idsOf(query: Extract<LabelTarget, { kind: 'query' }>): number[];
  nowMs: () => number;
}

/** More changed tracks than this are not named one by one. */
const MAX_NAMED = 500;

export class LabellingService {
  readonly #parts: LabellingParts;

  constructor(parts: LabellingParts) {
    this.#parts = parts;
  }

  /** The first genre becomes the primary one; genres are made when new. @throws StemscapeError track.unknown | input.invalid */
  async set(target: LabelTarget, genres: readonly string[], mode: LabelMode): Promise<LabelAction> {
    const names = uniqueGenres(genres);
    if (names.length === 0 && mode !== 'replace') throw new StemscapeError('input.invalid', 'Name at least one genre.');
    await this.#parts.gate.pass();
    const ids = this.#targetIds(target);
    if (ids.length === 0) throw new StemscapeError('input.invalid', 'There are no tracks to label there.');
    const now = this.#parts.nowMs();
    const { db } = this.#parts;
    const own = names.map((name) => db.genres.byName(name)?.name ?? name);
    return this.act(changeSentence(ids.length, own, mode), ids, (before) => relabel(before, own, mode, now));
  }

  /** Null when there is nothing to undo. */
  async undo(): Promise<LabelAction | null> {
    await this.#parts.gate.pass();
    return this.#travel(this.#parts.db.labelHistory.nextUndo(), true);
  }

  async redo(): Promise<LabelAction | null> {
    await this.#parts.gate.pass();
    return this.#travel(this.#parts.db.labelHistory.nextRedo(), false);
  }

  history(): LabelHistory {
    return this.#parts.db.labelHistory.history();
  }

  tagRules(): { rules: TagRules; fileGenres: FileGenre[] } {
    const { db } = this.#parts;
    const counts = new Map<string, number>();
    for (const { tags } of db.tracks.genreTags()) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const reader = db.tagRules.reader();
    const fileGenres = [...counts].map(([tag, nTracks]) => ({ tag, nTracks, genre: reader.read([tag]).join(', ') || null }));
    return { rules: db.tagRules.get(), fileGenres: fileGenres.sort((a, b) => b.nTracks - a.nTracks || (a.tag < b.tag ? -1 : 1)) };
  }

  async setTagRules(rules: TagRules): Promise<{ rules: TagRules; fileGenres: FileGenre[] }> {
    await this.#parts.gate.pass();
    const { db } = this.#parts;
    db.durably(() => {
      db.tagRules.set(rules);
      for (const { trackId } of db.tracks.genreTags()) db.tracks.refreshListing(trackId);
    });
    this.#announce(null);
    return this.tagRules();
  }

  /** Origin `import`: a label by hand stays. @param folder where relative paths begin @throws StemscapeError labels.unreadable */
  async importFile(text: string, format: LabelFileFormat, folder: string | null = null): Promise<LabelImport> {
    const wanted = parseLabels(text, format);
    await this.#parts.gate.pass();
    const { db } = this.#parts;
    const find = createPathFinder(db, folder === null ? [] : [folder]);
    const found = new Map<number, string[]>();
    const unknownPaths: string[] = [];
    for (const { path, genres } of wanted) {
      const id = find(path);
      if (id === null) unknownPaths.push(path);
      else found.set(id, genres);
    }
    const newGenres = uniqueGenres([...found.values()].flat()).filter((name) => db.genres.byName(name) === null);
    const now = this.#parts.nowMs();
    if (found.size > 0) {
      const sentence = `Imported labels of ${countTracks(found.size)}`;
      this.act(sentence, [...found.keys()], (before, id) => [
        ...before.filter(({ origin }) => origin !== 'import'),
        ...found
          .get(id)!
          .map((genre, i): RecordedLabel => ({ genreId: null, genre, origin: 'import', isPrimary: i === 0, atMs: now })),
      ]);
    }
    const nLabels = [...found.values()].reduce((sum, genres) => sum + genres.length, 0);
    return { nTracks: found.size, nLabels, unknownPaths, newGenres };
  }

  exportFile(format: LabelFileFormat): { fileName: string; text: string; nTracks: number } {
    const rows = this.list();
    return { fileName: `stemscape-labels.${format}`, text: formatLabels(rows, format), nTracks: rows.length };
  }

  /** A person's labels by path: those by hand where there are some, else the imported ones; the primary one first. */
  list(): LabelledPath[] {
    const { db } = this.#parts;
    const byTrack = Map.groupBy(db.labels.all(), ({ trackId }) => trackId);
    const rows = [...byTrack].flatMap(([id, labels]) => {
      const path = db.tracks.byId(id)?.path;
      const genres = labels.filter(({ origin }) => origin === labels[0]!.origin).map(({ genre }) => genre);
      return path === undefined ? [] : [{ path, genres }];
    });
    return rows.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /**
   * One act on many tracks, in one durable transaction, with its place in the history.
   * @param change from a track's labels to its new ones
   * @param removed a genre that goes with the act
   */
  act(
    sentence: string,
    ids: readonly number[],
    change: (before: RecordedLabel[], id: number) => RecordedLabel[],
    removed: RemovedGenre | null = null,
  ): LabelAction {
    const { db, nowMs } = this.#parts;
    const changes: Change[] = [];
    const actionId = db.durably(() => {
      for (const trackId of ids) {
        const before: RecordedLabel[] = db.labels.ofTrack(trackId);
        db.labels.restore(trackId, change(before, trackId));
        db.tracks.refreshListing(trackId);
        changes.push({ trackId, before, after: db.labels.ofTrack(trackId) });
      }
      if (removed) db.genres.remove(removed.id, removed.moveTo);
      return db.labelHistory.record({ sentence, changes, removed }, nowMs());
    });
    this.#announce(ids);
    return { id: actionId, sentence, nTracks: ids.length };
  }

  #travel(action: RecordedAction | null, isUndo: boolean): LabelAction | null {
    if (action === null) return null;
    const { db } = this.#parts;
    const { removed } = action;
    const present = action.changes.filter(({ trackId }) => db.tracks.byId(trackId) !== undefined);
    db.durably(() => {
      if (removed && isUndo) db.genres.bringBack(removed);
      for (const { trackId, before, after } of present) {
        db.labels.restore(trackId, isUndo ? before : after);
        db.tracks.refreshListing(trackId);
      }
      if (removed && !isUndo) db.genres.remove(removed.id, removed.moveTo);
      db.labelHistory.setUndone(action.id, isUndo);
    });
    this.#announce(present.map(({ trackId }) => trackId));
    return { id: action.id, sentence: action.sentence, nTracks: present.length };
  }

  #targetIds(target: LabelTarget): number[] {
    const { db, idsOf } = this.#parts;
    if (target.kind === 'query') return idsOf(target);
    if (target.kind === 'folder') return db.tracks.idsBelow(target.path);
    const ids = [...new Set(target.ids)];
    const unknown = ids.find((id) => db.tracks.byId(id) === undefined);
    if (unknown !== undefined) throw new StemscapeError('track.unknown', `There is no track ${unknown} in this library.`);
    return ids;
  }

  #announce(ids: readonly number[] | null): void {
    const { events } = this.#parts;
    events.emit('labels.changed', this.history());
    events.emit('tracks.changed', { ids: ids === null || ids.length > MAX_NAMED ? null : [...ids] });
  }
}
