import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeAudio } from '../../../src/core/audio/decode.ts';
import { createNodeWorkerSpawner } from '../../../src/core/jobs/spawn-node-worker.ts';
import { createWorkerPool } from '../../../src/core/jobs/worker-pool.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { FolderCache } from '../../../src/core/services/folder-cache.ts';
import { Playback } from '../../../src/core/services/playback.ts';
import { workerEntry } from '../../../src/core/worker-entry.ts';
import { encodeAudio } from '../../fixtures/encode-audio.ts';
import { syntheticSong } from '../../support/synthetic-song.ts';
import { tempDir } from '../../support/temp-dir.ts';

const SECONDS = 2;

function setUp(path: string, codec: string | null = null) {
  const spawn = createNodeWorkerSpawner(workerEntry(), SILENT_LOGGER);
  let nSpawned = 0;
  const pool = createWorkerPool({
    size: 2,
    spawn: () => {
      nSpawned++;
      return spawn();
    },
    logger: SILENT_LOGGER,
  });
  onTestFinished(() => pool.close());
  const cache = new FolderCache(tempDir());
  const playback = new Playback({ pool, cache, maxCacheBytes: () => 1e9, locate: () => ({ path, codec, key: 'song' }) });
  return { playback, nSpawned: () => nSpawned };
}

describe('Playback', () => {
  it('hands out the file itself where a browser plays it', async () => {
    const { playback, nSpawned } = setUp('/music/song.flac');
    expect(await playback.file(1)).toEqual({ path: '/music/song.flac', mediaType: 'audio/flac' });
    expect(nSpawned()).toBe(0);
  });

  it('makes one WAV copy of a format no browser plays, however many ask at once', async () => {
    const path = join(tempDir(), 'song.wv');
    const { left, right } = syntheticSong(SECONDS * 44_100);
    encodeAudio(path, left, right, { encoder: 'wavpack' });
    const { playback, nSpawned } = setUp(path);
    const [first, second] = await Promise.all([playback.file(1), playback.file(1)]);
    expect(second).toEqual(first);
    expect(first.mediaType).toBe('audio/wav');
    expect(probeAudio(first.path)).toMatchObject({ codec: 'pcm_s16le', channels: 2, sampleRateHz: 44_100 });
    expect(probeAudio(first.path).durationSec).toBeCloseTo(SECONDS, 2);
    expect(await playback.file(1)).toEqual(first);
    expect(nSpawned()).toBe(1);
  });

  it('sees through a container to a codec that browsers refuse', async () => {
    const path = join(tempDir(), 'missing.m4a');
    const { playback } = setUp(path, 'ALAC');
    await expect(playback.file(1)).rejects.toMatchObject({ code: 'file.missing' });
  });
});
