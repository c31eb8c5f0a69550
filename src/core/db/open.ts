// Opens a library file: checks that it is one and not newer than this program, brings its schema up to date, hands out
// the stores. Readers in other processes are welcome; scanning is one at a time (see scan-lock.ts).
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { camelotOrder } from '../domain/camelot.ts';
import { StemscapeError } from '../domain/errors.ts';
import { genreKey } from '../domain/genre.ts';
import type { Logger } from '../logger.ts';
import { type AnalysisStore, createAnalysisStore } from './analysis-store.ts';
import { writeDurably } from './durable-write.ts';
import { createEncoderWindowStore, type EncoderWindowStore } from './encoder-window-store.ts';
import { createFacetRows, type FacetRows } from './facet-rows.ts';
import { createFingerprintStore, type FingerprintStore } from './fingerprint-store.ts';
import { createGenreStore, type GenreStore } from './genre-store.ts';
import { createGuessRows, type GuessRows } from './guess-rows.ts';
import { createLabelHistoryStore, type LabelHistoryStore } from './label-history-store.ts';
import { createLabelStore, type LabelStore } from './label-store.ts';
import { createMapRows, type MapRows } from './map-rows.ts';
import { createMapStore, type MapStore } from './map-store.ts';
import { MIGRATIONS } from './migrations/registry.ts';
import { createModelStore, type ModelStore } from './model-store.ts';
import { createPlayStore, type PlayStore } from './play-store.ts';
import { createPlaylistCandidates, type PlaylistCandidates } from './playlist-candidates.ts';
import { createPlaylistHistoryStore, type PlaylistHistoryStore } from './playlist-history-store.ts';
import { createPlaylistStore, type PlaylistStore } from './playlist-store.ts';
import { createPredictionStore, type PredictionStore } from './prediction-store.ts';
import { createRootStore, type RootStore } from './root-store.ts';
import { createRuleStore, type RuleStore } from './rule-store.ts';
import { type ScanLock, takeScanLock } from './scan-lock.ts';
import { createScanRunStore, type ScanRunStore } from './scan-run-store.ts';
import { createSettingStore, type SettingStore } from './setting-store.ts';
import { signCode } from './sign-code.ts';
import { createSkippedStore, type SkippedStore } from './skipped-store.ts';
import { toLibraryError } from './sqlite-errors.ts';
import { createStorageRows, type StorageRows } from './storage-rows.ts';
import { createSuggestionRows, type SuggestionRows } from './suggestion-rows.ts';
import { createTagRuleStore, type TagRuleStore } from './tag-rule-store.ts';
import { createTagWriteStore, type TagWriteStore } from './tag-write-store.ts';
import { createTrackListing, type TrackListing } from './track-listing.ts';
import { createTrackNames, type TrackNames } from './track-names.ts';
import { createTrackStore, type TrackStore } from './track-store.ts';
import { createTrainingRows, type TrainingRows } from './training-rows.ts';
import { fromBlob } from './vector-blob.ts';
import { loadVectorExtension } from './vector-extension.ts';
import { createVectorStore, type VectorStore } from './vector-store.ts';

/** "STEM": marks an SQLite file as a Stemscape library. */
const APPLICATION_ID = 0x5354454d;
const BUSY_TIMEOUT_MS = 5000;

export interface LibraryDb {
  readonly file: string;
  readonly sqliteVersion: string;
  readonly roots: RootStore;
  readonly tracks: TrackStore;
  readonly analyses: AnalysisStore;
  readonly genres: GenreStore;
  readonly labels: LabelStore;
  readonly labelHistory: LabelHistoryStore;
  readonly tagRules: TagRuleStore;
  readonly tagWrites: TagWriteStore;
  readonly listing: TrackListing;
  readonly facetRows: FacetRows;
  readonly trackNames: TrackNames;
  readonly skipped: SkippedStore;
  readonly settings: SettingStore;
  readonly scanRuns: ScanRunStore;
  readonly models: ModelStore;
  readonly predictions: PredictionStore;
  readonly guessRows: GuessRows;
  readonly encoderWindows: EncoderWindowStore;
  readonly trainingRows: TrainingRows;
  readonly suggestionRows: SuggestionRows;
  readonly playlists: PlaylistStore;
  readonly playlistHistory: PlaylistHistoryStore;
  readonly playlistCandidates: PlaylistCandidates;
  readonly plays: PlayStore;
  readonly rules: RuleStore;
  readonly maps: MapStore;
  readonly mapRows: MapRows;
  readonly vectors: VectorStore;
  readonly fingerprints: FingerprintStore;
  readonly storage: StorageRows;
  /** All or nothing; SQLite's failures come out as `disk.full`, `library.corrupt`, `library.locked`. */
  transaction<T>(work: () => T): T;
  /** A transaction that a power cut does not undo: for what a person did by hand. */
  durably<T>(work: () => T): T;
  /** Throws `library.locked` while another scanner works on this library. */
  lockForScan(): ScanLock;
  close(): void;
}

export function openLibrary(file: string, { logger }: { logger: Logger }): LibraryDb {
  const sqlite = connect(file);
  try {
    configure(sqlite);
    loadVectorExtension(sqlite, logger);
    migrate(sqlite, file, logger);
    return assemble(sqlite, file);
  } catch (error) {
    sqlite.close();
    throw toLibraryError(error, file);
  }
}

function connect(file: string): Database.Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    // SQLite would open a file that may not be written for reading, and fail at the first write.
    if (existsSync(file)) accessSync(file, constants.W_OK);
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    const known = toLibraryError(error, file);
    if (known instanceof StemscapeError) throw known;
    const sentence = `The library ${file} cannot be opened there: the folder is missing, full or not writable.`;
    throw new StemscapeError('folder.unreadable', sentence, { cause: error });
  }
}

function configure(sqlite: Database.Database): void {
  sqlite.pragma('journal_mode = WAL');
  // NORMAL in WAL mode never damages the file; a power cut may lose the last moments of a scan, which does them again.
  // A person's labels and settings are not repeatable: their stores write with FULL (see durable-write.ts).
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('cache_size = -32000');
  sqlite.function('sign_code', { deterministic: true }, (vector) => Buffer.from(signCode(fromBlob(vector as Uint8Array))));
  sqlite.function('genre_key', { deterministic: true }, (name) => genreKey(String(name)));
  sqlite.function('camelot_order', { deterministic: true }, (key) => camelotOrder(String(key)));
}

function versionOf(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

function migrate(sqlite: Database.Database, file: string, logger: Logger): void {
  if (versionOf(sqlite) > MIGRATIONS.length) {
    const sentence = `The library ${file} was written by a newer Stemscape. Update this one to open it; nothing was changed.`;
    throw new StemscapeError('library.newer', sentence);
  }
  refuseForeign(sqlite, file);
  if (versionOf(sqlite) === MIGRATIONS.length) return;
  const upgrade = sqlite.transaction(() => {
    for (let version = versionOf(sqlite); version < MIGRATIONS.length; version++) {
      logger.info({ file, version: version + 1 }, 'bringing the library up to date');
      sqlite.exec(MIGRATIONS[version] ?? '');
      sqlite.pragma(`user_version = ${version + 1}`);
    }
    sqlite.pragma(`application_id = ${APPLICATION_ID}`);
  });
  upgrade.immediate();
}

/** Another program's database is left alone. */
function refuseForeign(sqlite: Database.Database, file: string): void {
  const nTables = Number(sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const isOurs = sqlite.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (nTables === 0 || isOurs) return;
  throw new StemscapeError('library.corrupt', `${file} is a database of another program, not a Stemscape library.`);
}

function assemble(sqlite: Database.Database, file: string): LibraryDb {
  const tagRules = createTagRuleStore(sqlite);
  const genres = createGenreStore(sqlite);
  const labels = createLabelStore(sqlite, genres);
  const tracks = createTrackStore(sqlite, tagRules);
  return {
    file,
    sqliteVersion: sqlite.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown',
    roots: createRootStore(sqlite),
    tracks,
    analyses: createAnalysisStore(sqlite),
    genres,
    labels,
    labelHistory: createLabelHistoryStore(sqlite),
    tagRules,
    tagWrites: createTagWriteStore(sqlite),
    listing: createTrackListing(sqlite),
    facetRows: createFacetRows(sqlite),
    trackNames: createTrackNames(sqlite),
    skipped: createSkippedStore(sqlite),
    settings: createSettingStore(sqlite),
    scanRuns: createScanRunStore(sqlite),
    models: createModelStore(sqlite),
    predictions: createPredictionStore(sqlite),
    guessRows: createGuessRows(sqlite, tagRules),
    encoderWindows: createEncoderWindowStore(sqlite),
    trainingRows: createTrainingRows(sqlite),
    suggestionRows: createSuggestionRows(sqlite),
    playlists: createPlaylistStore(sqlite),
    playlistHistory: createPlaylistHistoryStore(sqlite),
    playlistCandidates: createPlaylistCandidates(sqlite),
    plays: createPlayStore(sqlite),
    rules: createRuleStore(sqlite),
    maps: createMapStore(sqlite),
    mapRows: createMapRows(sqlite),
    vectors: createVectorStore(sqlite),
    fingerprints: createFingerprintStore(sqlite),
    storage: createStorageRows(sqlite),
    transaction: (work) => guarded(file, () => sqlite.transaction(work).immediate()),
    durably: (work) => guarded(file, () => writeDurably(sqlite, work)),
    lockForScan: () => takeScanLock(file),
    close: () => void sqlite.close(),
  };
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toLibraryError(error, file);
  }
}
