// The one composition root: wires the library, the workers and the services. Hosts (window, server, command line) and tests
// call createApp and talk to what it returns.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { type AppEvents, createAppEvents } from './app-events.ts';
import { createLabelServices } from './app-labels.ts';
import { createLaboratory, type LaboratoryServices } from './app-laboratory.ts';
import { createListeningServices, type ListeningServices } from './app-listening.ts';
import { createMapServices, type MapServices } from './app-maps.ts';
import { createModelServices, type ModelServices } from './app-models.ts';
import { createNeighbourServices, type NeighbourServices } from './app-neighbours.ts';
import type { AppOptions } from './app-options.ts';
import { createPlaylistServices, openPlaylists, type PlaylistServices } from './app-playlists.ts';
import { createStorageServices, type StorageServices } from './app-storage.ts';
import { createTagServices, type TagServices } from './app-tags.ts';
import { ANALYSIS_PROFILE_ID } from './config/audio-profile.ts';
import type { Settings, SettingsChange } from './config/settings.ts';
import { type LibraryDb, openLibrary } from './db/open.ts';
import type { SkippedFile } from './domain/scan.ts';
import { createNodeWorkerSpawner } from './jobs/spawn-node-worker.ts';
import { createWorkerPool, type WorkerPool } from './jobs/worker-pool.ts';
import { removeRoot } from './library/root-removal.ts';
import { createScanner } from './library/scan.ts';
import { readCover } from './library/tags.ts';
import { createTrackQueries, type TrackQueries } from './library/track-query.ts';
import type { WriteGate } from './library/write-gate.ts';
import { type ClassifierManifest, readClassifierManifest, readSeparatorManifest, versionOf } from './nn/model-manifest.ts';
import type { LibraryPlaylists } from './playlists/library-playlists.ts';
import { type Check, runDoctor } from './services/doctor.ts';
import type { ExplanationService } from './services/explanations.ts';
import type { GenreService } from './services/genres.ts';
import { Inference } from './services/inference.ts';
import type { LabellingService } from './services/labelling.ts';
import type { ModelService } from './services/models.ts';
import { type RunScan, ScanService } from './services/scans.ts';
import type { SuggestionService } from './services/suggestions.ts';
import type { TrainingService } from './services/training.ts';
import { workerEntry } from './worker-entry.ts';

export interface TrackService extends TrackQueries {
  /** The file's path, or null when there is no such track. */
  path(id: number): string | null;
  /** Uint8Array [WAVEFORM_SLICES], null when not analysed. */
  waveform(id: number): Uint8Array | null;
  skipped(): SkippedFile[];
}

export interface App
  extends LaboratoryServices,
    ListeningServices,
    MapServices,
    TagServices,
    NeighbourServices,
    PlaylistServices,
    StorageServices {
  readonly libraryDir: string;
  readonly events: AppEvents;
  readonly tracks: TrackService;
  readonly scans: ScanService;
  readonly genres: GenreService;
  readonly labels: LabellingService;
  readonly suggestions: SuggestionService;
  readonly training: TrainingService;
  readonly models: ModelService;
  readonly explanations: ExplanationService;
  /** Writers wait here while the library is rewritten. */
  readonly writeGate: WriteGate;
  readonly settings: { get(): Settings; change(changes: SettingsChange): Settings };
  demoDir(): string;
  removeRoot(path: string): void;
  cover(id: number): Promise<{ bytes: Uint8Array; mediaType: string } | null>;
  doctor(): Promise<Check[]>;
  close(): Promise<void>;
}

/** Everything the parts below share while the application is put together. */
interface Base {
  options: AppOptions;
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  models: { separatorDir: string; classifierDir: string };
  versions: { classifier: string; separator: string; profileId: string };
  classifier: ClassifierManifest;
}

/** @throws StemscapeError library.* | model.missing | model.corrupt */
export async function createApp(options: AppOptions): Promise<App> {
  const base = await openBase(options);
  const { db, pool, events } = base;
  const inference = createInference(base);
  const all = openPlaylists(db, options);
  const tracks = createTracks(base, all);
  const learning = createModelServices({ ...base, inference, concurrency: () => nWorkers(db.settings.get()) });
  const scans = createScans(base, inference, learning);
  const maps = createMapServices(base);
  const tagging = createTagServices({ ...base, gate: learning.gate, idsOf: (query) => tracks.ids(query) });
  await tagging.tags.recover();
  const listening = createListeningServices({ ...base, libraryDir: options.libraryDir, inference, tracks });
  const neighbours = createNeighbourServices(base);
  return {
    libraryDir: options.libraryDir,
    events,
    tracks,
    scans,
    ...listening,
    ...createLaboratory({ ...base, inference, concurrency: () => nWorkers(db.settings.get()) }),
    ...createPlaylistServices({ ...base, gate: learning.gate, all }),
    ...createLabelServices({ ...base, gate: learning.gate, idsOf: (query) => tracks.ids(query) }),
    ...maps,
    ...neighbours,
    ...tagging,
    ...createStorageServices({ options, db, training: learning.training }),
    training: learning.training,
    models: learning.models,
    explanations: learning.explanations,
    writeGate: learning.gate,
    settings: { get: () => db.settings.get(), change: (changes) => changeSettings(base, learning.models, changes) },
    demoDir: () => join(options.resourcesDir, 'demo'),
    removeRoot(path) {
      removeRoot(db, path);
      events.emit('tracks.changed', { ids: null });
    },
    async cover(id) {
      const path = tracks.path(id);
      return path === null ? null : readCover(path);
    },
    doctor: () => runDoctor(doctorParts(base, inference, learning.models)),
    async close() {
      listening.stems.close();
      learning.models.cancelUse();
      await maps.maps.close();
      await tagging.tags.close();
      await scans.close();
      const trained = learning.training.close();
      await pool.close();
      await trained;
      db.close();
    },
  };
}

async function openBase(options: AppOptions): Promise<Base> {
  const models = {
    separatorDir: join(options.resourcesDir, 'models', 'separator'),
    classifierDir: join(options.resourcesDir, 'models', 'classifier'),
  };
  const [separator, classifier] = await Promise.all([
    readSeparatorManifest(models.separatorDir),
    readClassifierManifest(models.classifierDir),
  ]);
  const db = openLibrary(join(options.libraryDir, 'library.db'), { logger: options.logger });
  const pool = createWorkerPool({
    size: nWorkers(db.settings.get()),
    spawn: options.spawnWorker ?? createNodeWorkerSpawner(workerEntry(), options.logger),
    logger: options.logger,
  });
  const versions = { classifier: versionOf(classifier), separator: versionOf(separator), profileId: ANALYSIS_PROFILE_ID };
  return { options, db, pool, events: createAppEvents(), models, versions, classifier };
}

function nWorkers(settings: Settings): number {
  return settings.nWorkers || availableParallelism();
}

function createInference({ db, pool, models, versions }: Base): Inference {
  const memoryName = 'inference';
  return new Inference({
    pool,
    ...models,
    settings: () => db.settings.get(),
    memory: { recall: () => db.settings.recall(memoryName), remember: (note) => db.settings.remember(memoryName, note) },
    fingerprint: () => JSON.stringify([versions, packageJson.version, process.platform, process.arch]),
  });
}

function createTracks({ db, versions, classifier }: Base, playlists: LibraryPlaylists): TrackService {
  const queries = createTrackQueries({
    db,
    versions: () => versions,
    minConfidence: () => db.settings.get().playlistMinConfidence,
    playlistIds: (id) => playlists.ids(id),
    temperature: () => classifier.temperature,
  });
  return {
    ...queries,
    path: (id) => db.tracks.byId(id)?.path ?? null,
    waveform: (id) => db.analyses.waveform(id),
    skipped: () => db.skipped.all(),
  };
}

function createScans(
  { options, db, pool, events, versions }: Base,
  inference: Inference,
  { judge, gate }: ModelServices,
): ScanService {
  const scanner = createScanner({
    db,
    async analyse(path, signal, onPulse) {
      const { nWindows, windowSec } = db.settings.get();
      const models = await inference.models();
      return pool.run({ kind: 'analyse', path, models, nWindows, windowSec }, { signal, onPulse, priority: 'scan' });
    },
    judge: (path, signal) => judge.hear(path, signal),
    writable: () => gate.pass(),
    concurrency: () => nWorkers(db.settings.get()),
    versions: () => versions,
    logger: options.logger,
    ...(options.nowMs && { nowMs: options.nowMs }),
  });
  const run: RunScan = (request, listeners) => scanner.scan(request, listeners);
  return new ScanService(run, events, options.logger, db.scanRuns.lastSummary());
}

function changeSettings({ options, db, events }: Base, models: ModelService, changes: SettingsChange): Settings {
  const before = db.settings.get();
  const settings = db.settings.set(changes);
  events.emit('settings.changed', {});
  if (settings.contextWeight !== before.contextWeight) {
    models.refresh().catch((error: unknown) => options.logger.error({ error }, 'the library could not be scored anew'));
  }
  return settings;
}

function doctorParts({ options, db, models }: Base, inference: Inference, own: ModelService): Parameters<typeof runDoctor>[0] {
  return {
    version: packageJson.version,
    libraryDir: options.libraryDir,
    demoDir: join(options.resourcesDir, 'demo'),
    ...models,
    sqliteVersion: db.sqliteVersion,
    nTracks: db.listing.countByStatus().reduce((sum, { n }) => sum + n, 0),
    inference,
    describeModelInUse: () => own.describeInUse(),
  };
}
