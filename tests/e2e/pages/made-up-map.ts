// A bridge with a made-up library and two maps of it, put into the page before it starts, for what depends on size alone.
import type { Page } from 'playwright-core';

export interface MadeUpMap {
  nTracks: number;
  nClusters: number;
}

/** Runs in the page, so it may use nothing from outside of itself. */
function installBridge({ nTracks, nClusters }: MadeUpMap): void {
  const genres = [
    'Electronic',
    'Rock',
    'Jazz',
    'Hip Hop',
    'Classical',
    'Folk',
    'Pop',
    'Metal',
    'Reggae',
    'Blues',
    'Country',
    'Disco',
  ];
  const words = ['fast', 'slow', 'calm', 'loud', 'strong bass', 'no vocals', 'many voices', 'soft drums'];
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: nClusters }, () => ({ x: 40 * normal(), y: 26 * normal(), spread: 1.5 + 4 * random() }));
  const homes = Int16Array.from({ length: nTracks }, () => Math.floor(nClusters * random() ** 1.5));
  const arrange = (loose: number): Float32Array =>
    Float32Array.from({ length: 2 * nTracks }, (_, at) => {
      const { x, y, spread } = centres[homes[at >> 1]!]!;
      return (at % 2 === 0 ? x : y) + loose * spread * normal();
    });
  const base64 = (column: ArrayBufferView): string => {
    const bytes = new Uint8Array(column.buffer);
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const trackIds = base64(Int32Array.from({ length: nTracks }, (_, i) => i + 1));
  const clusterColumn = base64(homes);
  const maps = [arrange(1.6), arrange(1)].map((positions, i) => ({ id: i + 1, positions: base64(positions) }));
  const clusters = centres.map(({ x, y }, i) => ({
    name: `${words[i % 4]} ${genres[i % genres.length]!.toLowerCase()}, ${words[4 + (i % 4)]} ${i + 1}`,
    nTracks: homes.reduce((count, home) => count + (home === i ? 1 : 0), 0),
    x,
    y,
  }));
  const summaryOf = (id: number) => ({
    id,
    source: 'sound',
    encoder: 'test',
    madeAtMs: Date.UTC(2026, 0, id),
    settings: { seed: 1, perplexity: 30, nIterations: 1000 },
    quality: { divergence: 1.2, trustworthiness: 0.94, preservation: 0.41, nNeighbours: 12, nSampled: 2000, purity: null },
    clusters,
    nPoints: nTracks,
    seconds: 40,
  });
  const names = Int16Array.from(homes, (home) => (random() < 0.8 ? home % genres.length : Math.floor(random() * genres.length)));
  const tempos = Float32Array.from(homes, (home) => 80 + 5 * home + 8 * normal());
  const track = (id: number) => ({
    id,
    path: `/music/${id}.flac`,
    status: 'analysed',
    reason: null,
    title: `Song ${id}`,
    artist: `Artist ${id % 3000}`,
    album: null,
    durationSec: 200,
    genre: { name: genres[names[id - 1]!], confidence: 0.8, origin: 'model' },
    guess: null,
    scores: {},
    tempoBpm: 120,
    key: 'A minor',
    loudnessLufs: -14,
    energy: 0.5,
    modelVersion: 'test 1',
    tags: { hasCover: false },
    labels: [],
    windows: [],
  });
  const counts = { analysed: nTracks, failed: 0, missing: 0, pending: 0 };
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    'library.summary': () => ({ libraryDir: '/', roots: [], counts, outdated: 0, durationSec: nTracks * 200, genres: [] }),
    'library.skipped': () => [],
    'host.capabilities': () => ({ kind: 'desktop', nativeDialogs: true, demoAvailable: false, version: '0' }),
    'scan.status': () => ({ running: false, progress: null, last: null }),
    'settings.get': () => ({ playlistMinConfidence: 0.5, theme: 'system', language: 'en', tourDone: true }),
    'playlists.list': () => ({ minConfidence: 0.5, playlists: [], history: { undo: null, redo: null } }),
    'tracks.list': ({ ids }) => ({ total: 0, tracks: ((ids ?? []) as number[]).map(track) }),
    'tracks.get': ({ id }) => track(id as number),
    'genres.list': () => ({ genres: [] }),
    'labels.history': () => ({ undo: null, redo: null }),
    'map.status': () => ({ maps: [summaryOf(2)], progress: null, frame: null, last: null }),
    'map.list': () => ({ maps: [summaryOf(2), summaryOf(1)] }),
    'map.points': ({ id }) => ({ trackIds, positions: maps[(id as number) - 1]!.positions, clusters: clusterColumn }),
    'map.values': ({ by }) =>
      by === 'genre'
        ? { kind: 'named', names: genres, index: base64(names) }
        : { kind: 'number', values: base64(tempos), unit: 'BPM' },
  };
  const bridge = {
    invoke: async (name: string, input: Record<string, unknown>) => {
      const answer = answers[name];
      return answer ? { ok: true, value: answer(input) } : { ok: false, error: { code: 'cancelled', message: name } };
    },
    on: () => () => {},
    mediaUrl: () => '/none',
  };
  Object.assign(window, { stemscape: bridge });
}

export async function giveMadeUpMap(page: Page, size: MadeUpMap): Promise<void> {
  await page.addInitScript(installBridge, size);
}
