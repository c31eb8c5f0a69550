// What the map shows: the legend and the search together, titles where few points are left.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_SCENE } from '../../../src/renderer/lib/map-scene.ts';
import { MapColours } from '../../../src/renderer/state/map-colours.svelte.ts';
import { MapFilter } from '../../../src/renderer/state/map-filter.svelte.ts';
import { MapStage } from '../../../src/renderer/state/map-stage.svelte.ts';
import { MapTitles } from '../../../src/renderer/state/map-titles.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(nPoints = 3) {
  const trackIds = Int32Array.from({ length: nPoints }, (_, i) => i + 1);
  const found = { ids: [1, 99] };
  const api = new FakeApi({
    'tracks.ids': () => found,
    'tracks.list': ({ ids }) => ({
      total: ids?.length ?? 0,
      tracks: (ids ?? []).map((id) => ({ ...sampleTrack(id), title: `Title ${id}` })) as never,
    }),
    'map.values': () => ({
      kind: 'named',
      names: ['Jazz', 'Rock'],
      index: Buffer.from(Int16Array.from(trackIds, (id) => id % 2).buffer).toString('base64'),
    }),
  });
  const toasts = new Toasts();
  const stage = new MapStage();
  stage.size = { width: 400, height: 400 };
  const scene = {
    ...EMPTY_SCENE,
    trackIds,
    positions: Float32Array.from({ length: 2 * nPoints }, (_, i) => (i / nPoints) * 0.9 - 0.9),
    clusters: new Int16Array(nPoints),
  };
  stage.show(scene, 0);
  stage.step(performance.now() + 1);
  const colours = new MapColours(api, toasts);
  colours.paint(scene, []);
  const filter = new MapFilter(api, toasts, stage, colours);
  return { api, stage, colours, filter, found, trackIds, titles: new MapTitles(api, stage, filter) };
}

describe('the filter of the map', () => {
  it('leaves what the search finds on this map, of what the legend shows', async () => {
    const { filter, colours, trackIds } = setUp();
    await colours.readFrom({ mapId: 1, trackIds });
    expect([filter.nShown, filter.shownIds()]).toEqual([null, [1, 2, 3]]);
    filter.search('moon');
    await vi.advanceTimersByTimeAsync(100);
    expect([filter.nShown, filter.shownIds()]).toEqual([1, [1]]);
    colours.showOnly(0);
    expect(filter.shownIds()).toEqual([]);
    filter.search('');
    expect([filter.nShown, filter.shownIds()]).toEqual([null, [2]]);
  });

  it('forgets a question whose field was emptied meanwhile', async () => {
    const { filter, api } = setUp();
    let answer = (_: { ids: number[] }): void => {};
    api.answers['tracks.ids'] = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    filter.search('m');
    await vi.advanceTimersByTimeAsync(100);
    filter.search('');
    answer({ ids: [] });
    await vi.advanceTimersByTimeAsync(1);
    expect(filter.nShown).toBeNull();
  });

  it('flies to what was found', async () => {
    const { filter, stage } = setUp();
    filter.search('moon');
    await vi.advanceTimersByTimeAsync(100);
    filter.look();
    stage.step(performance.now() + 1000);
    expect(stage.sight.camera.zoom).toBeGreaterThan(1);
  });
});

describe('titles', () => {
  it('stand at the points in sight, each asked for once', async () => {
    const { titles, api, filter } = setUp();
    titles.follow();
    await vi.advanceTimersByTimeAsync(200);
    expect(titles.shown).toEqual([1, 2, 3].map((id, index) => ({ index, title: `Title ${id}` })));
    filter.search('moon');
    await vi.advanceTimersByTimeAsync(100);
    titles.follow();
    await vi.advanceTimersByTimeAsync(200);
    expect(titles.shown.map(({ title }) => title)).toEqual(['Title 1']);
    expect(api.countOf('tracks.list')).toBe(1);
  });

  it('are left out where there are too many', async () => {
    const { titles, api } = setUp(80);
    titles.follow();
    await vi.advanceTimersByTimeAsync(200);
    expect(titles.shown).toEqual([]);
    expect(api.countOf('tracks.list')).toBe(0);
  });
});
