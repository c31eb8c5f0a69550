// A training and its model as the window follows them.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelDetail, TrainProgress } from '../../../src/contract/index.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { Teaching } from '../../../src/renderer/state/teaching.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const PROGRESS: TrainProgress = { mode: 'quick', stage: 'head', fraction: 0.5, remainingSec: 2, epochs: [] };
const PLAN = { genres: [], nTracks: 214, leftOut: [], nUnheard: 0, obstacle: null };
const place = { location: { hash: '#/teach' } };

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date(2026, 2, 7));
  vi.stubGlobal('window', place);
  place.location.hash = '#/teach';
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  setLanguage('en');
});

async function setUp() {
  const model = { id: 'own', name: 'Evenings', isActive: false, evaluation: { accuracy: 0.8125 } } as ModelDetail;
  let { name } = model;
  const bundled = { ...model, id: 'bundled', name: 'Bundled model', evaluation: null };
  const api = new FakeApi({
    'training.plan': () => PLAN,
    'training.start': () => ({}),
    'training.status': () => ({ progress: null, interrupted: null, last: null }),
    'models.list': () => ({ models: [{ ...model, name }, bundled] }),
    'models.get': () => ({ ...model, name }),
    'models.rollback': () => ({ id: 'bundled' }),
    'models.rename': (wanted) => {
      name = wanted.name;
      return { ...model, name };
    },
  });
  const toasts = new Toasts();
  const teaching = new Teaching(api, toasts);
  teaching.listen();
  await teaching.refresh();
  const finish = async (): Promise<void> => {
    api.send('training.progress', PROGRESS);
    expect(teaching.progress).toEqual(PROGRESS);
    api.send('training.ended', { modelId: 'own', failure: null });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { api, toasts, teaching, finish, told: () => toasts.shown.map(({ text }) => text) };
}

describe('the end of a training', () => {
  it('shows the figures to whoever waits for them', async () => {
    const { teaching, finish, told } = await setUp();
    teaching.pane = 'train';
    await finish();
    expect(teaching.progress).toBeNull();
    expect(teaching.result?.id).toBe('own');
    expect(told()).toEqual([]);
  });

  it('is told anywhere else, with the way to the figures', async () => {
    const { teaching, finish, toasts } = await setUp();
    place.location.hash = '#/map';
    await finish();
    const [toast] = toasts.shown;
    expect(toast?.text).toBe('Evenings is trained: right for 81% of the tracks it had not learned from.');
    toast?.action?.run();
    expect([place.location.hash, teaching.pane]).toEqual(['#/teach', 'train']);
  });
});

it('news of an epoch leave what is known of the stage as it was', async () => {
  const { api, teaching } = await setUp();
  const epochs = [{ epoch: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 0.5 }];
  api.send('training.progress', { ...PROGRESS, mode: 'finetune', stage: 'finetune', fraction: 0.2, remainingSec: 60 });
  api.send('training.progress', { mode: 'finetune', stage: 'finetune', fraction: null, remainingSec: null, epochs });
  expect(teaching.progress).toMatchObject({ fraction: 0.2, remainingSec: 60, epochs });
  api.send('training.progress', { mode: 'finetune', stage: 'embed', fraction: null, remainingSec: null, epochs });
  expect(teaching.progress?.fraction).toBeNull();
});

describe('a model', () => {
  it('is called by what it is when its owner gives it no name', async () => {
    const { api, teaching } = await setUp();
    const names = () =>
      api.asked.filter(({ name }) => name === 'training.start').map(({ input }) => (input as { name: string }).name);
    teaching.setup.change({ mode: 'finetune' });
    await teaching.start();
    teaching.setup.rename(' Evenings ');
    await teaching.start();
    setLanguage('de');
    await teaching.start();
    expect(names()).toEqual(['Fine-tuned, 7 Mar, 214 labels', 'Evenings', 'Nachtraining, 7. März, 214 Zuordnungen']);
  });

  it('is renamed, and named as before when that is undone', async () => {
    const { teaching, toasts } = await setUp();
    await teaching.rename('own', 'Mornings');
    expect(toasts.shown.at(-1)?.text).toBe('Evenings is now called Mornings.');
    toasts.shown.at(-1)?.action?.run();
    await vi.advanceTimersByTimeAsync(0);
    await teaching.readModels();
    expect(teaching.models[0]?.name).toBe('Evenings');
  });

  it('that came with the application has its name in the window’s language', async () => {
    const { teaching, told } = await setUp();
    setLanguage('de');
    await teaching.rollBack();
    expect(told()).toEqual(['Mitgeliefertes Modell ist wieder in Gebrauch.']);
  });
});
