// What the library's tests share: small WAV files with tags, an analyser that hears nothing, a scanner over a temporary library.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openLibrary } from '../../../src/core/db/open.ts';
import type { TrackAnalysis } from '../../../src/core/domain/analysis.ts';
import type { ScanRequest, ScanSummary } from '../../../src/core/domain/scan.ts';
import { createScanner, type ScanListeners } from '../../../src/core/library/scan.ts';
import { createTrackQueries } from '../../../src/core/library/track-query.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';

export const VERSIONS = { classifier: 'ecapa 1', separator: 'unet 1', profileId: 'mel 1' };
export const GENRES = ['Rock', 'Jazz', 'Drum & Bass'];

function chunk(id: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function textChunk(id: string, text: string): Buffer {
  return chunk(id, Buffer.from(`${text}\0`, 'utf8'));
}

export interface WavTags {
  title?: string;
  artist?: string;
  genre?: string;
}

/** 0.1 s of 8 kHz mono; `seed` makes the content different. */
export function wavBytes(seed: number, tags: WavTags = {}): Buffer {
  const format = Buffer.from('01000100401f0000803e000002001000', 'hex');
  const samples = Buffer.alloc(1600, seed % 251);
  samples.writeUInt32LE(seed, 0);
  const info = Buffer.concat([
    Buffer.from('INFO'),
    ...(tags.title === undefined ? [] : [textChunk('INAM', tags.title)]),
    ...(tags.artist === undefined ? [] : [textChunk('IART', tags.artist)]),
    ...(tags.genre === undefined ? [] : [textChunk('IGNR', tags.genre)]),
  ]);
  const chunks = [Buffer.from('WAVE'), chunk('fmt ', format), chunk('LIST', info), chunk('data', samples)];
  return chunk('RIFF', Buffer.concat(chunks));
}

export function writeWav(path: string, seed: number, tags: WavTags = {}): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wavBytes(seed, tags));
  return path;
}

export function fakeAnalysis(changes: Partial<TrackAnalysis> = {}): TrackAnalysis {
  return {
    durationSec: 12,
    windows: [{ startSec: 1, lengthSec: 10, embedding: Float32Array.of(1, 2), logits: Float32Array.of(0, 1, 2) }],
    embedding: Float32Array.of(0.5, -0.25),
    probabilities: Float32Array.of(0.125, 0.75, 0.125),
    genres: GENRES,
    tempoBpm: 120,
    tempoConfidence: 0.5,
    key: 'A minor',
    keyConfidence: 0.5,
    loudnessLufs: -14,
    loudnessRangeLu: 5,
    samplePeakDbfs: -1,
    energy: 0.5,
    spectral: { centroidHz: 1000, bandwidthHz: 500, rolloffHz: 4000, flatness: 0.25, zeroCrossingRate: 0.125 },
    stemShares: { bass: 0.25, drums: 0.25, other: 0.25, vocals: 0.25 },
    stemEmbeddings: { bass: null, drums: Float32Array.of(1, 0), other: Float32Array.of(0, 1), vocals: null },
    descriptors: Float32Array.of(1, -1),
    fingerprint: Uint32Array.of(1, 2, 3),
    waveform: Uint8Array.of(0, 128, 255),
    classifierVersion: VERSIONS.classifier,
    separatorVersion: VERSIONS.separator,
    profileId: VERSIONS.profileId,
    stageMs: { decode: 1, separate: 2, mel: 3, classify: 4, stems: 5, describe: 6 },
    ...changes,
  };
}

export function openTempLibrary() {
  const db = openLibrary(join(tempDir(), 'library.db'), { logger: SILENT_LOGGER });
  onTestFinished(() => db.close());
  return db;
}

/** A folder for music, a library, and a scanner whose analyser and versions a test may replace. */
export function createDesk() {
  const music = join(tempDir(), 'music');
  mkdirSync(music);
  const db = openTempLibrary();
  const state = {
    heard: [] as string[],
    versions: VERSIONS,
    hear: async (_path: string, _signal: AbortSignal): Promise<TrackAnalysis> => fakeAnalysis(),
  };
  const scanner = createScanner({
    db,
    analyse: (path, signal) => {
      state.heard.push(path);
      return state.hear(path, signal);
    },
    concurrency: () => 2,
    versions: () => state.versions,
    logger: SILENT_LOGGER,
  });
  return Object.assign(state, {
    music,
    db,
    add: (name: string, seed: number, tags?: WavTags) => writeWav(join(music, name), seed, tags),
    at: (name: string) => join(music, name),
    label(id: number, genre: string): void {
      db.labels.set(id, [genre], 'hand', 1);
      db.tracks.refreshListing(id);
    },
    queries: createTrackQueries({ db, versions: () => state.versions, minConfidence: () => 0.5 }),
    scan: (request: Partial<ScanRequest> = {}, listeners?: ScanListeners): Promise<ScanSummary> =>
      scanner.scan({ folders: [music], reanalyse: 'none', ...request }, listeners),
  });
}
