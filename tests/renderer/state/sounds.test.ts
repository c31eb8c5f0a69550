// Why a genre, what sounds alike, duplicates, and the way between tracks of the panel.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandInput, Explanation, TrackDetail } from '../../../src/contract/index.ts';
import { type DuplicateGroup, Duplicates } from '../../../src/renderer/state/duplicates.svelte.ts';
import { SoundsLike } from '../../../src/renderer/state/sounds-like.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { TrackPanel } from '../../../src/renderer/state/track-panel.svelte.ts';
import { Whys } from '../../../src/renderer/state/why.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const REST_MS = 200;
const explanation: Explanation = { genre: 'Jazz', probability: 0.8, windows: [], stems: [], sentence: 'It is the drums.' };

describe('why a genre', () => {
  const track = { id: 7, analysedAtMs: 1 };

  it('is asked for once and kept for each analysis of a track', async () => {
    const api = new FakeApi({ 'tracks.explain': () => explanation });
    const whys = new Whys(api);
    expect(whys.of(track)).toBeNull();
    const asked = whys.ask(track);
    expect(whys.of(track)).toEqual({ state: 'asking' });
    await Promise.all([asked, whys.ask(track)]);
    await whys.ask(track);
    expect(whys.of(track)).toEqual({ state: 'told', explanation });
    expect(api.countOf('tracks.explain')).toBe(1);
    expect(whys.of({ ...track, analysedAtMs: 2 })).toBeNull();
  });

  it('tells a refusal in its place, and may be asked for again', async () => {
    const api = new FakeApi({
      'tracks.explain': () => {
        throw refusal('file.missing', 'The file is not there.');
      },
    });
    const whys = new Whys(api);
    await whys.ask(track);
    expect(whys.of(track)).toEqual({ state: 'refused', sentence: 'The file is not there.' });
    api.answers['tracks.explain'] = () => explanation;
    await whys.ask(track);
    expect(whys.of(track)?.state).toBe('told');
  });

  it('forgets what another model said, also what is still on its way', async () => {
    const slow = Promise.withResolvers<Explanation>();
    const api = new FakeApi({ 'tracks.explain': () => slow.promise });
    const whys = new Whys(api);
    whys.listen();
    const asked = whys.ask(track);
    api.send('models.changed', {});
    slow.resolve(explanation);
    await asked;
    expect(whys.of(track)).toBeNull();
  });
});

describe('what sounds alike', () => {
  type Query = CommandInput<'neighbours.similar'>;
  const answer = ({ trackIds }: Query) => ({
    neighbours: [1, 2, 3]
      .filter((id) => !trackIds.includes(id))
      .map((id) => ({ track: sampleTrack(id), distance: id / 10, bySource: {} })),
  });

  function setUp(answers = answer) {
    const api = new FakeApi({ 'neighbours.similar': answers });
    const toasts = new Toasts();
    const sounds = new SoundsLike(api, toasts);
    sounds.listen();
    const queries = () => api.asked.map(({ input }) => input as Query);
    return { api, toasts, sounds, queries };
  }

  it('asks once when walking through tracks rests, by the whole sound at first', async () => {
    const { sounds, queries } = setUp();
    for (const id of [9, 8, 1]) sounds.about(id);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(queries()).toEqual([{ trackIds: [1], weights: { mixture: 1 }, limit: 20, diversity: 0 }]);
    expect(sounds.idsWith({ id: 1 })).toEqual([1, 2, 3]);
  });

  it('keeps the weights from track to track, and sends only those that count', async () => {
    const { sounds, queries } = setUp();
    sounds.about(1);
    sounds.weigh('mixture', 0);
    sounds.weigh('drums', 1);
    sounds.weigh('vocals', -0.5);
    sounds.setDiversity(0.3);
    await vi.advanceTimersByTimeAsync(REST_MS);
    sounds.about(2);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(queries()).toEqual(
      [1, 2].map((id) => ({ trackIds: [id], weights: { drums: 1, vocals: -0.5 }, limit: 20, diversity: 0.3 })),
    );
    expect([sounds.isPlain, sounds.isUnlike, sounds.counting]).toEqual([false, true, ['drums', 'vocals']]);
    sounds.reset();
    expect([sounds.isPlain, sounds.counting]).toEqual([true, ['mixture']]);
  });

  it('says why there is no answer where a stem is not known, until the question changes', async () => {
    const { sounds, api, toasts } = setUp(() => {
      throw refusal('track.notAnalysed', 'The vocals are not known.');
    });
    sounds.about(1);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect([sounds.refusal, sounds.found, toasts.shown.length]).toEqual(['The vocals are not known.', [], 0]);
    api.answers['neighbours.similar'] = answer;
    sounds.reset();
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect([sounds.refusal, sounds.found?.length]).toEqual([null, 2]);
  });

  it('drops the answer about a track that was left', async () => {
    const slow = Promise.withResolvers<ReturnType<typeof answer>>();
    const { sounds } = setUp(((query: Query) => (query.trackIds[0] === 1 ? slow.promise : answer(query))) as never);
    sounds.about(1);
    await vi.advanceTimersByTimeAsync(REST_MS);
    sounds.about(2);
    await vi.advanceTimersByTimeAsync(REST_MS);
    slow.resolve(answer({ trackIds: [1] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(sounds.found?.map(({ track }) => track.id)).toEqual([1, 3]);
  });

  it('reads again when one of its tracks changed, and nothing when nobody looks', async () => {
    const { sounds, api } = setUp();
    sounds.about(1);
    await vi.advanceTimersByTimeAsync(REST_MS);
    api.send('tracks.changed', { ids: [50] });
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.countOf('neighbours.similar')).toBe(1);
    api.send('tracks.changed', { ids: [3] });
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.countOf('neighbours.similar')).toBe(2);
    sounds.leave();
    api.send('tracks.changed', { ids: null });
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.countOf('neighbours.similar')).toBe(2);
  });
});

describe('duplicates', () => {
  const group = { files: [{ trackId: 1 }, { trackId: 2 }] } as DuplicateGroup;
  const report = { groups: [group], nTracks: 2, nNotCompared: 0 };

  function setUp() {
    const heard: string[] = [];
    const player = {
      track: null as unknown as TrackDetail | null,
      timeSec: 0,
      play(track: TrackDetail) {
        heard.push(`play ${track.id}`);
        player.track = track;
      },
      seek: (seconds: number) => void heard.push(`seek ${seconds}`),
      toggle: () => void heard.push('toggle'),
    };
    const api = new FakeApi({ 'tracks.get': ({ id }) => sampleTrack(id) as unknown as TrackDetail });
    const toasts = new Toasts();
    return { api, toasts, heard, player, duplicates: new Duplicates(api, toasts, player as never) };
  }

  it('are searched with progress; a cancelled search keeps the former report and tells nothing', async () => {
    const { api, toasts, duplicates } = setUp();
    duplicates.listen();
    const slow = Promise.withResolvers<never>();
    api.answers['duplicates.find'] = () => report as never;
    await duplicates.find();
    api.answers['duplicates.find'] = () => slow.promise;
    api.answers['duplicates.cancel'] = () => ({});
    const second = duplicates.find();
    api.send('duplicates.progress', { fraction: 0.5 });
    expect([duplicates.searching, duplicates.fraction]).toEqual([true, 0.5]);
    await duplicates.cancel();
    slow.reject(refusal('cancelled', 'Cancelled.'));
    await second;
    expect([duplicates.searching, duplicates.report, toasts.shown]).toEqual([false, report, []]);
  });

  it('are heard one after the other at the same place', async () => {
    const { heard, player, duplicates } = setUp();
    await duplicates.hear(group, 1);
    player.timeSec = 12;
    await duplicates.hear(group, 2);
    await duplicates.hear(group, 2);
    player.track = sampleTrack(9) as unknown as TrackDetail;
    await duplicates.hear(group, 1);
    expect(heard).toEqual(['play 1', 'play 2', 'seek 12', 'toggle', 'play 1']);
  });
});

describe('the way between tracks of the panel', () => {
  it('leads back step by step, and begins anew with a track from elsewhere', async () => {
    const api = new FakeApi({
      'tracks.get': ({ id }) => ({ ...sampleTrack(id), analysedAtMs: 1 }) as unknown as TrackDetail,
      'stems.status': () => ({ state: 'none' }),
    });
    const panel = new TrackPanel(api, new Toasts());
    await panel.open(1);
    await panel.follow(2);
    await panel.follow(3);
    expect([panel.detail?.id, panel.canGoBack]).toEqual([3, true]);
    await panel.back();
    expect([panel.detail?.id, panel.canGoBack]).toEqual([2, true]);
    await panel.back();
    expect([panel.detail?.id, panel.canGoBack]).toEqual([1, false]);
    await panel.follow(2);
    await panel.open(5);
    expect(panel.canGoBack).toBe(false);
  });
});
