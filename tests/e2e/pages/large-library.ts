// A bridge with 100,000 made-up tracks, put into the page before it starts, for what depends on size alone.
import type { Page } from 'playwright-core';

export const LARGE_TOTAL = 100_000;

/** Runs in the page, so it may use nothing from outside of itself. */
function installBridge(total: number): void {
  const genres = ['Jazz', 'Rock', 'Pop', 'Techno', 'Folk'];
  const track = (index: number) => ({
    id: index + 1,
    path: `/music/${index}.flac`,
    status: 'analysed',
    reason: null,
    title: `Song ${index}`,
    artist: `Artist ${index % 3000}`,
    album: `Album ${index % 9000}`,
    durationSec: 200,
    genre: { name: genres[index % genres.length], confidence: 0.8, origin: 'model' },
    scores: {},
    tempoBpm: 120,
    key: 'A minor',
    loudnessLufs: -14,
    energy: 0.5,
    modelVersion: 'test 1',
  });
  const list = ({ status, offset, limit }: { status: string | null; offset: number; limit: number }) => {
    if (status !== null) return { total: 0, tracks: [] };
    const count = Math.max(0, Math.min(limit, total - offset));
    return { total, tracks: Array.from({ length: count }, (_, row) => track(offset + row)) };
  };
  const counts = { analysed: total, failed: 0, missing: 0, pending: 0 };
  const summary = { libraryDir: '/', roots: [], counts, outdated: 0, durationSec: total * 200, genres: [] };
  const answers: Record<string, unknown> = {
    'library.summary': summary,
    'library.skipped': [],
    'host.capabilities': { kind: 'desktop', nativeDialogs: true, demoAvailable: false, version: '0' },
    'scan.status': { running: false, progress: null, last: null },
    'settings.get': { playlistMinConfidence: 0.5, theme: 'system', language: 'en', tourDone: true },
    'playlists.list': { minConfidence: 0.5, playlists: [], history: { undo: null, redo: null } },
  };
  const bridge = {
    invoke: async (name: string, input: Parameters<typeof list>[0]) => ({
      ok: true,
      value: name === 'tracks.list' ? list(input) : answers[name],
    }),
    on: () => () => {},
    mediaUrl: () => '/none',
  };
  Object.assign(window, { stemscape: bridge });
}

export async function giveLargeLibrary(page: Page): Promise<void> {
  await page.addInitScript(installBridge, LARGE_TOTAL);
}
