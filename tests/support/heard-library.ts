// A library whose tracks were analysed already, with made-up embeddings in which genres lie apart: for everything that learns
// from stored numbers and decodes nothing.
import { join } from 'node:path';
import { type App, createApp } from '../../src/core/app.ts';
import { type LibraryDb, openLibrary } from '../../src/core/db/open.ts';
import { NO_TAGS } from '../../src/core/db/track-row.ts';
import type { TrackAnalysis } from '../../src/core/domain/analysis.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { readClassifierManifest, versionOf } from '../../src/core/nn/model-manifest.ts';
import { createRandom, normal, type Random } from '../../src/core/training/random.ts';
import { RESOURCES_DIR } from './real-audio.ts';

/** The bundled one, as analyses name it. */
export const CLASSIFIER = versionOf(await readClassifierManifest(join(RESOURCES_DIR, 'models', 'classifier')));
export const EMBEDDING_SIZE = 192;
const N_DESCRIPTORS = 518;
export const HEARD_GENRES = ['Jazz', 'Rock', 'Ska'] as const;
const BUNDLED_GENRES = ['Blues', 'Jazz', 'Rock'];

export interface HeardOptions {
  nTracks: number;
  seed?: number;
  nWindows?: number;
  /** How far genres lie apart; 0 = not at all. */
  spread?: number;
  tracksPerArtist?: number;
  genres?: readonly string[];
}

/** Genre of the n-th track, from 0. */
export const genreOf = (n: number, genres: readonly string[] = HEARD_GENRES): string => genres[n % genres.length]!;

/** Track ids are 1.. in order. */
export function fillLibrary(db: LibraryDb, options: HeardOptions): void {
  const { nTracks, seed = 1, tracksPerArtist = 2, genres = HEARD_GENRES } = options;
  const random = createRandom(seed);
  const centres = genres.map(() => vector(EMBEDDING_SIZE, random));
  db.transaction(() => {
    for (let i = 0; i < nTracks; i++) {
      const path = `/music/${i % 7}/${i}.mp3`;
      const id = db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `hash-${i}` }, 1);
      const genre = genreOf(i, genres);
      const artist = `${genre} artist ${Math.floor(i / genres.length / tracksPerArtist)}`;
      db.tracks.setTags(id, { ...NO_TAGS, title: `Song ${i}`, artist, genres: ['Polka'] });
      db.analyses.put(id, analysisOf(centres[i % genres.length]!, random, options), 1000 + i);
      db.tracks.refreshListing(id);
    }
  });
}

export function vector(n: number, random: Random, scale = 1): Float32Array {
  return Float32Array.from({ length: n }, () => scale * normal(random));
}

export function analysisOf(
  centre: Float32Array,
  random: Random,
  { nWindows = 2, spread = 0.5 }: Partial<HeardOptions> = {},
): TrackAnalysis {
  const embedding = () => Float32Array.from(centre, (value) => spread * value + normal(random));
  const windows = Array.from({ length: nWindows }, (_, i) => ({
    startSec: 10 * i,
    lengthSec: 10,
    embedding: embedding(),
    logits: Float32Array.of(0, 1, 2),
  }));
  const [a, b] = [random.next(), random.next()].sort() as [number, number];
  return {
    durationSec: 60,
    windows,
    embedding: windows[0]!.embedding,
    probabilities: Float32Array.of(a, b - a, 1 - b),
    genres: BUNDLED_GENRES,
    tempoBpm: 120,
    tempoConfidence: 0.5,
    key: 'A minor',
    keyConfidence: 0.5,
    loudnessLufs: -14,
    loudnessRangeLu: 5,
    samplePeakDbfs: -1,
    energy: 0.5,
    spectral: { centroidHz: 1, bandwidthHz: 1, rolloffHz: 1, flatness: 0.5, zeroCrossingRate: 0.1 },
    stemShares: { bass: 0.25, drums: 0.25, other: 0.25, vocals: 0.25 },
    stemEmbeddings: {
      bass: windows[0]!.embedding,
      drums: windows.at(-1)!.embedding,
      other: windows[0]!.embedding.toReversed(),
      vocals: null,
    },
    descriptors: vector(N_DESCRIPTORS, random),
    fingerprint: Uint32Array.of(1, 2, 3),
    waveform: Uint8Array.of(1),
    classifierVersion: CLASSIFIER,
    separatorVersion: 'unet 1',
    profileId: 'mel 1',
    stageMs: { decode: 1, separate: 1, mel: 1, classify: 1, stems: 1, describe: 1 },
  };
}

export function openHeard(dir: string): LibraryDb {
  return openLibrary(join(dir, 'library.db'), { logger: SILENT_LOGGER });
}

/** A folder with such a library, its first `nLabelled` tracks labelled with their genres by hand. */
export function makeHeardLibrary(dir: string, options: HeardOptions & { nLabelled: number }): string {
  const db = openHeard(dir);
  fillLibrary(db, options);
  db.transaction(() => {
    for (let i = 0; i < options.nLabelled; i++) {
      db.labels.set(i + 1, [genreOf(i, options.genres)], 'hand', 1);
      db.tracks.refreshListing(i + 1);
    }
  });
  db.close();
  return dir;
}

export function openHeardApp(dir: string): Promise<App> {
  return createApp({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
}
