// The map as the window follows it: what is on stage while a map is drawn, after it, and when tracks come later.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandOutput, MapSummary } from '../../../src/contract/index.ts';
import { Labels } from '../../../src/renderer/state/labels.svelte.ts';
import { MapState } from '../../../src/renderer/state/map-state.svelte.ts';
import { Player } from '../../../src/renderer/state/player.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const base64 = (column: ArrayBufferView): string => Buffer.from(column.buffer).toString('base64');

function summaryOf(id: number): MapSummary {
  return {
    id,
    source: 'sound',
    encoder: 'test',
    madeAtMs: id,
    settings: { seed: 1, perplexity: 2, nIterations: 10 },
    quality: { divergence: 1, trustworthiness: 0.9, preservation: 0.5, nNeighbours: 5, nSampled: 3, purity: null },
    clusters: [{ name: 'calm jazz', traits: null, nTracks: 2, x: 10, y: 20 }],
    nPoints: 3,
    seconds: 1,
  };
}

function pointsOf(ids: number[], positions: number[]): CommandOutput<'map.points'> {
  return {
    trackIds: base64(Int32Array.from(ids)),
    positions: base64(Float32Array.from(positions)),
    clusters: base64(Int16Array.from(ids, (_, i) => (i < 2 ? 0 : -1))),
  };
}

const SQUARE = [0, 0, 20, 0, 20, 40];

function setUp(maps: MapSummary[] = []) {
  const points = new Map(maps.map(({ id }) => [id, pointsOf([1, 2, 3], SQUARE)]));
  const api = new FakeApi({
    'map.status': () => ({ maps: maps.slice(0, 1), progress: null, frame: null, last: null }),
    'map.list': () => ({ maps }),
    'map.points': ({ id }) => points.get(id)!,
    'map.values': () => ({ kind: 'named', names: ['Jazz', 'Rock'], index: base64(Int16Array.of(0, 1, -1)) }),
    'map.draw': () => ({}),
  });
  const toasts = new Toasts();
  const map = new MapState(api, toasts, new Labels(api, toasts), new Player(api, toasts));
  map.listen();
  return { api, toasts, map, points, maps };
}

const shownIds = (map: MapState): number[] => [...map.stage.scene.trackIds];

describe('the map', () => {
  it('shows the newest one when the view opens, in its colours, regions at their places', async () => {
    const { map } = setUp([summaryOf(1)]);
    await map.open();
    expect(shownIds(map)).toEqual([1, 2, 3]);
    expect(map.colours.colouring.entries.map(({ name }) => name)).toEqual(['Jazz', 'Rock', 'No genre']);
    // The middle of the square, in a box of half its height.
    expect(map.regions[0]).toMatchObject({ name: 'calm jazz', x: 0, y: 0 });
    expect(map.stage.placeOf(2)).toEqual({ x: 0.5, y: 1 });
  });

  it('has nothing on stage before the first one, and tells why a drawing failed', async () => {
    const { map, api } = setUp();
    await map.open();
    expect(map.isRead).toBe(true);
    expect(shownIds(map)).toEqual([]);
    const failure = { code: 'map.tooFewTracks' as const, message: 'A map needs at least 5 analysed tracks.' };
    api.answers['map.status'] = () => ({ maps: [], progress: null, frame: null, last: { mapId: null, failure } });
    api.send('map.ended', { mapId: null, failure });
    await vi.runAllTimersAsync();
    expect(map.failure?.message).toContain('at least 5');
  });

  it('follows a drawing frame by frame: tracks come with the first, later ones only move', async () => {
    const { map, api } = setUp();
    await map.open();
    await map.draw();
    api.send('map.progress', { source: 'sound', stage: 'arrange', fraction: 0.1, remainingSec: 9 });
    api.send('map.frame', {
      iteration: 10,
      trackIds: base64(Int32Array.of(1, 2, 3)),
      positions: base64(Float32Array.from(SQUARE)),
    });
    expect(shownIds(map)).toEqual([1, 2, 3]);
    expect(map.shown).toBeNull();
    map.stage.step(performance.now() + 1000);
    api.send('map.frame', { iteration: 20, trackIds: null, positions: base64(Float32Array.of(0, 0, 2, 0, 2, 2)) });
    expect([...map.stage.passage.isNew]).toEqual([0, 0, 0]);
    expect(map.stage.placeOf(2)).toEqual({ x: 1, y: 1 });
  });

  it('opens on a map that is half drawn, in the colours its tracks have on the former one', async () => {
    const { map, api } = setUp([summaryOf(1)]);
    const progress = { source: 'sound' as const, stage: 'arrange' as const, fraction: 0.5, remainingSec: 3 };
    const frame = { iteration: 9, trackIds: base64(Int32Array.of(2, 3, 4)), positions: base64(Float32Array.from(SQUARE)) };
    api.answers['map.status'] = () => ({ maps: [summaryOf(1)], progress, frame, last: null });
    await map.open();
    expect(shownIds(map)).toEqual([2, 3, 4]);
    expect([...map.colours.colouring.categories]).toEqual([1, 255, 255]);
  });

  it('does not mix frames of another source in', async () => {
    const { map, api } = setUp([summaryOf(1)]);
    await map.open();
    api.send('map.progress', { source: 'drums', stage: 'arrange', fraction: 0.1, remainingSec: null });
    api.send('map.frame', { iteration: 1, trackIds: base64(Int32Array.of(9)), positions: base64(Float32Array.of(1, 1)) });
    expect(shownIds(map)).toEqual([1, 2, 3]);
    expect(map.shown?.id).toBe(1);
  });

  it('shows the new map once its drawing has ended, and remembers the former one', async () => {
    const { map, api, points, maps } = setUp([summaryOf(1)]);
    await map.open();
    maps.unshift(summaryOf(2));
    points.set(2, pointsOf([1, 2, 3], [0, 0, 40, 0, 40, 40]));
    api.send('map.progress', { source: 'sound', stage: 'done', fraction: 1, remainingSec: null });
    api.send('map.changed', { mapId: 2 });
    api.send('map.ended', { mapId: 2, failure: null });
    await vi.runAllTimersAsync();
    expect(map.shown?.id).toBe(2);
    expect(map.history.maps.map(({ id }) => id)).toEqual([1, 2]);
    await map.history.goTo(0);
    expect([map.shown?.id, map.stage.placeOf(1).x]).toEqual([1, 0.5]);
  });

  it('goes back to the former map when a drawing is cancelled, without a word', async () => {
    const { map, api, toasts } = setUp([summaryOf(1)]);
    await map.open();
    api.send('map.progress', { source: 'sound', stage: 'arrange', fraction: 0.1, remainingSec: 9 });
    api.send('map.frame', {
      iteration: 1,
      trackIds: base64(Int32Array.of(1, 2)),
      positions: base64(Float32Array.of(0, 0, 1, 1)),
    });
    expect(map.shown).toBeNull();
    api.send('map.ended', { mapId: null, failure: { code: 'cancelled', message: 'Cancelled.' } });
    await vi.runAllTimersAsync();
    expect([map.shown?.id, map.progress, map.failure, toasts.shown]).toEqual([1, null, null, []]);
    expect(shownIds(map)).toEqual([1, 2, 3]);
  });

  it('plays from the oldest to the newest and stops there', async () => {
    const { map, points, maps } = setUp([summaryOf(3), summaryOf(2), summaryOf(1)]);
    for (const { id } of maps) points.set(id, pointsOf([1, 2, 3], SQUARE));
    await map.open();
    map.history.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(map.shown?.id).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([map.shown?.id, map.history.isPlaying]).toEqual([3, false]);
  });

  it('takes up tracks that came later without moving any', async () => {
    const { map, api, points } = setUp([summaryOf(1)]);
    await map.open();
    map.stage.step(performance.now() + 5000);
    const before = [map.stage.placeOf(0), map.stage.placeOf(1)];
    points.set(1, pointsOf([1, 2, 3, 4], [...SQUARE, 500, 500]));
    api.send('map.changed', { mapId: 1 });
    await vi.advanceTimersByTimeAsync(10);
    expect(shownIds(map)).toEqual([1, 2, 3, 4]);
    expect([map.stage.placeOf(0), map.stage.placeOf(1)]).toEqual(before);
    expect([...map.stage.passage.isNew]).toEqual([0, 0, 0, 1]);
  });

  it('drops the points of a source that was left before they came', async () => {
    const { map, api } = setUp([summaryOf(1)]);
    const slow = Promise.withResolvers<CommandOutput<'map.points'>>();
    api.answers['map.points'] = () => slow.promise;
    const opening = map.open();
    await vi.advanceTimersByTimeAsync(0);
    api.answers['map.status'] = () => ({ maps: [], progress: null, frame: null, last: null });
    await map.choose('bass');
    slow.resolve(pointsOf([1, 2, 3], SQUARE));
    await opening;
    expect(shownIds(map)).toEqual([]);
  });
});

describe('the legend', () => {
  it('shows one alone, adds others, and all again', async () => {
    const { map } = setUp([summaryOf(1)]);
    await map.open();
    const { colours } = map;
    const shown = (): boolean[] => [0, 1, 2].map((index) => colours.accepts(index));
    colours.showOnly(1);
    expect(shown()).toEqual([false, true, false]);
    colours.toggle(0);
    expect(shown()).toEqual([true, true, false]);
    colours.toggle(255);
    expect([shown(), colours.isFiltered]).toEqual([[true, true, true], false]);
    colours.showOnly(0);
    colours.showOnly(0);
    expect(colours.isFiltered).toBe(false);
  });

  it('keeps what it shows by name when tracks are labelled meanwhile', async () => {
    const { map, api } = setUp([summaryOf(1)]);
    await map.open();
    map.colours.showOnly(1);
    api.answers['map.values'] = () => ({ kind: 'named', names: ['Rock', 'Jazz'], index: base64(Int16Array.of(0, 0, 1)) });
    api.send('tracks.changed', { ids: [1] });
    await vi.runAllTimersAsync();
    expect([0, 1, 2].map((index) => map.colours.accepts(index))).toEqual([true, true, false]);
  });

  it('colours regions without asking the engine', async () => {
    const { map, api } = setUp([summaryOf(1)]);
    await map.open();
    const nAsked = api.countOf('map.values');
    await map.colours.choose('cluster');
    expect(map.colours.colouring.entries.map(({ name, nTracks }) => [name, nTracks])).toEqual([
      ['calm jazz', 2],
      ['In no region', 1],
    ]);
    expect(api.countOf('map.values')).toBe(nAsked);
  });
});

describe('the selection', () => {
  it('is replaced, added to and toggled', () => {
    const { map } = setUp();
    const { selection } = map;
    selection.take([3, 5], false);
    selection.take([5, 7], true);
    selection.toggle(3);
    expect([...selection.ids]).toEqual([5, 7]);
  });
});

describe('the track that is meant', () => {
  it('is read once, and only when the pointer stays', async () => {
    const { map, api } = setUp();
    api.answers['tracks.get'] = ({ id }) => sampleTrack(id) as CommandOutput<'tracks.get'>;
    const { pointing } = map;
    pointing.hover(1);
    pointing.hover(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(api.asked.filter(({ name }) => name === 'tracks.get').map(({ input }) => input)).toEqual([{ id: 2 }]);
    expect(pointing.detail?.id).toBe(2);
    pointing.hover(null);
    pointing.hover(2);
    expect([pointing.detail?.id, api.countOf('tracks.get')]).toEqual([2, 1]);
  });

  it('is the one with the focus when the pointer means none', async () => {
    const { map } = setUp();
    map.pointing.focus(4);
    map.pointing.hover(5);
    expect(map.pointing.id).toBe(5);
    map.pointing.hover(null);
    expect(map.pointing.id).toBe(4);
  });
});
