// What the next training is asked: genres left out and taken in again, and the newest plan.
import '../runes.ts';
import { describe, expect, it } from 'vitest';
import type { CommandInput, TrainPlan } from '../../../src/contract/index.ts';
import { planDataset } from '../../../src/core/models/dataset.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { TrainSetup } from '../../../src/renderer/state/train-setup.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const LABELS = ['Ambient', 'Blues', 'Calm', 'Dub'].flatMap((genre) => Array.from({ length: 6 }, () => genre));

/** The engine's own plan of six labelled tracks a genre, each by its own artist; what lies below another one as told. */
function planOf(
  { genres = null, mode = 'quick' }: CommandInput<'training.plan'>,
  parents = new Map<string, string>(),
): TrainPlan {
  const labels = LABELS.map((genre, at) => ({ trackId: at + 1, genre }));
  const credits = labels.map(({ trackId }) => ({ trackId, artist: `Artist ${trackId}`, albumArtist: null, album: null }));
  const tracks = { parents, heardIds: new Set(labels.map(({ trackId }) => trackId)) };
  return planDataset({ genres, mode }, { ...tracks, labels, credits: new Map(credits.map((credit) => [credit.trackId, credit])) })
    .plan;
}

async function setUp(parents = new Map<string, string>()) {
  const api = new FakeApi({ 'training.plan': (request) => planOf(request, parents) });
  const setup = new TrainSetup(api, new Toasts());
  await setup.read();
  const toggle = async (name: string): Promise<void> => {
    setup.toggleGenre(name);
    await Promise.resolve();
    await setup.read();
  };
  const learned = () => setup.plan?.genres.map(({ name }) => name);
  const unlearned = () => setup.unlearned.map(({ name }) => name);
  return { setup, toggle, learned, unlearned };
}

describe('genres to learn', () => {
  it('can be left out and taken in again, until all are learned as at first', async () => {
    const { setup, toggle, learned, unlearned } = await setUp();
    await toggle('Blues');
    await toggle('Dub');
    expect(learned()).toEqual(['Ambient', 'Calm']);
    expect(setup.unlearned).toMatchObject([
      { name: 'Blues', nTracks: 6 },
      { name: 'Dub', nTracks: 6 },
    ]);
    await toggle('Blues');
    expect(learned()).toEqual(['Ambient', 'Blues', 'Calm']);
    await toggle('Dub');
    expect(unlearned()).toEqual([]);
    expect(setup.choice.genres).toBeNull();
  });

  it('stay in sight when their labels count for the genre above', async () => {
    const { toggle, learned, unlearned, setup } = await setUp(new Map([['dub', 'Calm']]));
    await toggle('Dub');
    expect(learned()).toEqual(['Ambient', 'Blues', 'Calm']);
    expect(setup.plan?.genres.at(-1)?.nTracks).toBe(12);
    expect(unlearned()).toEqual(['Dub']);
    await toggle('Dub');
    expect(setup.choice.genres).toBeNull();
  });
});

it('an answer that comes late does not take the place of a newer one', async () => {
  const waiting: ((plan: TrainPlan) => void)[] = [];
  const api = new FakeApi({ 'training.plan': () => new Promise((answer) => waiting.push(answer)) });
  const setup = new TrainSetup(api, new Toasts());
  const first = setup.read();
  const second = setup.read();
  waiting[1]!(planOf({ genres: ['Ambient', 'Calm'] }));
  waiting[0]!(planOf({}));
  await Promise.all([first, second]);
  expect(setup.plan?.genres).toHaveLength(2);
});

it('a model without a name is called by its kind, day and labels', async () => {
  const { setup } = await setUp();
  expect(setup.unnamed).toMatch(/^Quick, \d+ \w+, 24 labels$/);
  setup.rename('  ');
  expect(setup.choice.name).toBeNull();
});
