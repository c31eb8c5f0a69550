// The main job end to end: real recordings, real decoder, real models, real SQLite, real worker processes.
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type App, createApp } from '../../src/core/app.ts';
import { exportChoiceSchema } from '../../src/core/domain/playlist-files.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR, realAudio } from '../support/real-audio.ts';
import { tempDir } from '../support/temp-dir.ts';

const MUSIC = realAudio('music') ?? DEMO_DIR;
const demoFile = (): string => audioFilesIn(DEMO_DIR)[0]!;

async function openApp(libraryDir: string): Promise<App> {
  const app = await createApp({ libraryDir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
  onTestFinished(() => app.close());
  return app;
}

describe('a folder of music becomes an organized library', () => {
  it(`scans ${MUSIC === DEMO_DIR ? 'the demo library' : 'real recordings'}, describes every track and fills the playlists`, async () => {
    const nFiles = audioFilesIn(MUSIC).length;
    const app = await openApp(tempDir());
    const summary = await app.scans.run({ folders: [MUSIC], reanalyse: 'none' }, {});
    expect(summary).toMatchObject({ found: nFiles, analysed: nFiles, failed: 0, missing: 0, cancelled: false });

    for (const track of app.tracks.iterate()) {
      expect(track.status).toBe('analysed');
      expect(track.durationSec).toBeGreaterThan(1);
      expect(Object.values(track.scores).reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(track.genre).toMatchObject({ origin: 'model', confidence: Math.max(...Object.values(track.scores)) });
      expect(track.loudnessLufs).toBeGreaterThan(-60);
      expect(track.loudnessLufs).toBeLessThan(0);
      expect(track.modelVersion).toMatch(/^stemscape-ecapa \d/);
      const detail = app.tracks.get(track.id);
      expect(Object.values(detail.stemShares!).reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(detail.windows.length).toBeGreaterThan(0);
      expect(detail.separatorVersion).toMatch(/^stemscape-unet \d/);
    }

    const again = await app.scans.run({ folders: [], reanalyse: 'none' }, {});
    expect(again).toMatchObject({ found: nFiles, analysed: 0, unchanged: nFiles });

    app.settings.change({ playlistMinConfidence: 0 });
    const playlists = app.playlists.list();
    expect(playlists.reduce((sum, playlist) => sum + playlist.nTracks, 0)).toBe(nFiles);
    const out = join(tempDir(), 'list.m3u8');
    const choice = exportChoiceSchema.parse({ pathStyle: 'absolute' });
    await app.playlistFiles.write(playlists[0]!.id, choice, out, false);
    const lines = readFileSync(out, 'utf8').split('\n');
    expect(lines[0]).toBe('#EXTM3U');
    const paths = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(paths).toHaveLength(playlists[0]!.nTracks);
    const known = new Set([...app.tracks.iterate()].map((track) => track.path));
    for (const path of paths) expect(known.has(path)).toBe(true);
  }, 180_000);
});

describe('bad input costs one track and gets a clear sentence', () => {
  let music: string;
  beforeEach(() => {
    music = tempDir();
    cpSync(demoFile(), join(music, 'good.opus'));
  });

  const reasonOf = (app: App, name: string): string => {
    const track = [...app.tracks.iterate()].find((candidate) => candidate.path === join(music, name));
    return `${track?.status} ${track?.reason?.code}`;
  };

  it('accounts for an empty file, a text file named .mp3, a truncated file and a 0.2 s clip', async () => {
    writeFileSync(join(music, 'empty.flac'), '');
    writeFileSync(join(music, 'text.mp3'), 'These are only words.\n'.repeat(100));
    cpSync(demoFile(), join(music, 'truncated.opus'));
    truncateSync(join(music, 'truncated.opus'), 40_000);
    writeFileSync(join(music, 'short.wav'), wavOfSilence(0.2));
    const app = await openApp(tempDir());
    const summary = await app.scans.run({ folders: [music], reanalyse: 'none' }, {});
    expect(summary).toMatchObject({ found: 5, analysed: 2, failed: 3 });
    expect(reasonOf(app, 'good.opus')).toBe('analysed undefined');
    expect(reasonOf(app, 'truncated.opus')).toBe('analysed undefined');
    expect(reasonOf(app, 'empty.flac')).toBe('failed file.empty');
    expect(reasonOf(app, 'text.mp3')).toBe('failed decode.notAudio');
    expect(reasonOf(app, 'short.wav')).toBe('failed decode.tooShort');
    for (const track of app.tracks.iterate()) if (track.reason) expect(track.reason.message).toMatch(/^[A-Z].*\.$/s);
  }, 60_000);

  it('takes a file of three hours like any other', async () => {
    // Silence in a sparse file.
    const path = join(music, 'three-hours.wav');
    const nBytes = 3 * 3600 * 8000 * 2;
    writeFileSync(path, wavHeader(8000, nBytes));
    truncateSync(path, 44 + nBytes);
    const app = await openApp(tempDir());
    const summary = await app.scans.run({ folders: [music], reanalyse: 'none' }, {});
    expect(summary).toMatchObject({ found: 2, analysed: 2, failed: 0 });
    const detail = app.tracks.get(app.tracks.find(path));
    expect(detail.durationSec).toBeCloseTo(3 * 3600, 1);
    expect(detail.windows.map(({ startSec }) => Math.round(startSec))).toEqual([1795, 5395, 8995]);
    expect(detail.loudnessLufs).toBeNull();
  }, 120_000);

  it('refuses a missing folder and reports an unreadable one', async () => {
    const app = await openApp(tempDir());
    const missing = app.scans.run({ folders: [join(music, 'nowhere')], reanalyse: 'none' }, {});
    await expect(missing).rejects.toMatchObject({ code: 'folder.missing' });
    const locked = join(music, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o000);
    onTestFinished(() => chmodSync(locked, 0o700));
    const summary = await app.scans.run({ folders: [music], reanalyse: 'none' }, {});
    expect(summary.analysed).toBe(1);
    // Root may read everything, so only an ordinary user sees the refusal.
    if (process.getuid?.() !== 0)
      expect(app.tracks.skipped()).toMatchObject([{ path: locked, reason: { code: 'folder.unreadable' } }]);
  }, 60_000);

  it('keeps identity and analysis of a renamed file, and a missing one comes back without analysis', async () => {
    const app = await openApp(tempDir());
    await app.scans.run({ folders: [music], reanalyse: 'none' }, {});
    const [before] = [...app.tracks.iterate()];
    renameSync(join(music, 'good.opus'), join(music, 'renamed.opus'));
    const moved = await app.scans.run({ folders: [], reanalyse: 'none' }, {});
    expect(moved).toMatchObject({ moved: 1, analysed: 0 });
    const after = app.tracks.get(before!.id);
    expect(after.path).toBe(join(music, 'renamed.opus'));
    expect(after.scores).toEqual(before!.scores);

    writeFileSync(join(music, 'other.txt'), 'keeps the folder from being empty');
    cpSync(demoFile(), join(music, 'stays.opus'));
    renameSync(join(music, 'renamed.opus'), join(music, 'away.bin'));
    expect(await app.scans.run({ folders: [], reanalyse: 'none' }, {})).toMatchObject({ missing: 0, moved: 1 });
    rmSync(join(music, 'stays.opus'));
    writeFileSync(join(music, 'text.mp3'), 'words');
    expect(await app.scans.run({ folders: [], reanalyse: 'none' }, {})).toMatchObject({ missing: 1 });
    expect(app.tracks.get(before!.id).status).toBe('missing');
    renameSync(join(music, 'away.bin'), join(music, 'back.opus'));
    expect(await app.scans.run({ folders: [], reanalyse: 'none' }, {})).toMatchObject({ moved: 1, analysed: 0 });
    expect(app.tracks.get(before!.id)).toMatchObject({ status: 'analysed', scores: before!.scores });
  }, 60_000);

  it('stops within a second when cancelled and goes on from there', async () => {
    for (let i = 0; i < 8; i++) cpSync(demoFile(), join(music, `copy-${i}.opus`));
    const app = await openApp(tempDir());
    const controller = new AbortController();
    let cancelledAtMs = 0;
    const summary = await app.scans.run(
      { folders: [music], reanalyse: 'none' },
      {
        signal: controller.signal,
        onProgress: ({ stage, done }) => {
          if (stage !== 'analyse' || done < 1 || controller.signal.aborted) return;
          cancelledAtMs = performance.now();
          controller.abort();
        },
      },
    );
    expect(summary.cancelled).toBe(true);
    expect(performance.now() - cancelledAtMs).toBeLessThan(1500);
    const rest = await app.scans.run({ folders: [], reanalyse: 'none' }, {});
    expect(summary.analysed + rest.analysed).toBe(9);
    expect([...app.tracks.iterate()].every((track) => track.status === 'analysed')).toBe(true);
  }, 60_000);
});

function wavOfSilence(seconds: number): Buffer {
  const nBytes = Math.round(seconds * 44_100) * 2;
  return Buffer.concat([wavHeader(44_100, nBytes), Buffer.alloc(nBytes)]);
}

/** Header of a mono 16-bit WAV. */
function wavHeader(sampleRateHz: number, nBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + nBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(nBytes, 40);
  return header;
}
