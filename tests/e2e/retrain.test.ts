// "Retrain on my labels", end to end through the contract: label a few tracks, train, use the model, and the rest of the
// library follows. Once on the bundled demo library, once on real recordings where they lie beside the checkout.
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom, shuffled } from '../../src/core/training/random.ts';
import { DEMO_DIR, realAudio } from '../support/real-audio.ts';
import { TeachableLibrary } from '../support/teachable-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const REAL = realAudio('genre-dev');
const HEARING_MS = 20 * 60_000;

/** n tracks of every genre, chosen by seed. */
function sample(truth: ReadonlyMap<number, string>, n: number, seed: number): number[] {
  const random = createRandom(seed);
  const byGenre = Map.groupBy(truth.keys(), (id) => truth.get(id)!);
  return [...byGenre.values()].flatMap((ids) => shuffled(ids, random).slice(0, n));
}

const without = (all: Iterable<number>, taken: readonly number[]): number[] => {
  const gone = new Set(taken);
  return [...all].filter((id) => !gone.has(id));
};

/** Figures worth reading in the log of a run. */
const report = (line: string): boolean => process.stdout.write(`${line}\n`);

describe('the demo library', () => {
  const dir = suiteTempDir();
  const truth = new Map<number, string>();
  let library: TeachableLibrary;

  // Two genres of a person's own making, which the bundled model has never heard of.
  const PLUGGED = ['metal', 'rock', 'pop', 'disco', 'electronic', 'drumandbass', 'hiphop'];

  beforeAll(async () => {
    library = await TeachableLibrary.open(dir);
    await library.scan(DEMO_DIR);
    const { tracks: songs } = (await import('../../resources/demo/manifest.json', { with: { type: 'json' } })).default;
    for (const { id, path } of await library.tracks()) {
      const song = songs.find(({ file }) => path.endsWith(basename(file)))!;
      truth.set(id, PLUGGED.includes(song.style) ? 'Plugged in' : 'Unplugged');
    }
  }, HEARING_MS);
  afterAll(() => library.close());

  it('follows five labels per own genre, and goes back when asked', async () => {
    const taught = sample(truth, 5, 1);
    const rest = without(truth.keys(), taught);
    const bundled = await library.accuracy(rest, truth);
    expect(await library.call('training.plan', {})).toMatchObject({ nTracks: 0, obstacle: expect.stringMatching(/label/) });

    await library.label(taught, truth);
    const before = await library.tracks();
    const id = await library.train({ seed: 7 });
    // A new model changes nothing before it is used.
    expect((await library.tracks()).map(({ genre }) => genre)).toEqual(before.map(({ genre }) => genre));

    const { evaluation } = await library.call('models.get', { id });
    expect(evaluation!.nTracks).toBe(taught.length);
    expect(evaluation!.confusion.flat().reduce((a, b) => a + b)).toBe(taught.length);

    expect(await library.call('models.use', { id })).toMatchObject({ nTracks: truth.size });
    expect(await library.accuracy(rest, truth)).toBeGreaterThanOrEqual(bundled + 0.25);
    for (const track of await library.tracks()) {
      if (taught.includes(track.id)) expect(track.genre).toEqual({ name: truth.get(track.id), confidence: 1, origin: 'hand' });
    }
    expect(await library.call('models.rollback', {})).toEqual({ id: 'bundled' });
    expect((await library.tracks()).map(({ guess }) => guess)).toEqual(before.map(({ guess }) => guess));
  });
});

describe.skipIf(REAL === null)('399 real recordings of ten genres (skipped where they are not on this machine)', () => {
  const dir = suiteTempDir();
  const truth = new Map<number, string>();
  let library: TeachableLibrary;

  beforeAll(async () => {
    library = await TeachableLibrary.open(dir);
    await library.scan(REAL!);
    const { genres } = await library.call('models.get', { id: 'bundled' });
    const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
    for (const { id, path } of await library.tracks()) {
      const folder = basename(dirname(path));
      truth.set(id, genres.find((name) => letters(name) === folder)!);
    }
    expect(new Set(truth.values()).size).toBe(10);
  }, HEARING_MS);
  afterAll(() => library.close());

  it('five labels per genre bring the rest at least 25 points above the bundled model', async () => {
    const gains: number[] = [];
    for (const seed of [1, 2, 3]) {
      const taught = sample(truth, 5, seed);
      const rest = without(truth.keys(), taught);
      const bundled = await library.accuracy(rest, truth);
      await library.label(taught, truth);
      await library.call('models.use', { id: await library.train({ seed }) });
      gains.push((await library.accuracy(rest, truth)) - bundled);
      await library.call('models.use', { id: 'bundled' });
      await library.unlabel(taught);
    }
    report(`5 labels a genre: ${gains.map((gain) => `+${(100 * gain).toFixed(1)}`).join(', ')} points`);
    expect(gains.reduce((a, b) => a + b) / gains.length).toBeGreaterThanOrEqual(0.25);
  }, 300_000);

  it('ten rounds of suggested labels beat ten rounds of random ones, on average over five seeds', async () => {
    const sums = { suggested: 0, random: 0 };
    for (const seed of [1, 2, 3, 4, 5]) {
      const order = shuffled([...truth.keys()], createRandom(seed));
      const test = order.slice(0, 130);
      const pool = order.slice(130);
      const exclude = [...test];
      sums.suggested += await overRounds(test, async () => {
        const { suggestions } = await library.call('suggest.next', { limit: 10, exclude });
        return suggestions.map(({ trackId }) => trackId);
      });
      sums.random += await overRounds(test, async (labelled) => without(pool, labelled).slice(0, 10));
    }
    report(`rounds of 10 labels: suggested ${(sums.suggested / 5).toFixed(3)}, random ${(sums.random / 5).toFixed(3)}`);
    expect(sums.suggested).toBeGreaterThan(sums.random);
  }, 900_000);

  /** Mean accuracy over the rounds (measured after every second one) on tracks that are never asked about. */
  async function overRounds(test: readonly number[], choose: (labelled: number[]) => Promise<number[]>): Promise<number> {
    const labelled: number[] = [];
    const accuracies: number[] = [];
    for (let round = 1; round <= 10; round++) {
      const chosen = await choose(labelled);
      expect(chosen).toHaveLength(10);
      await library.label(chosen, truth);
      labelled.push(...chosen);
      if (round % 2 === 0) accuracies.push(await accuracyAfterTraining(test));
    }
    await library.unlabel(labelled);
    return accuracies.reduce((a, b) => a + b) / accuracies.length;
  }

  /** 0 while there is too little to train on. */
  async function accuracyAfterTraining(test: readonly number[]): Promise<number> {
    const { obstacle } = await library.call('training.plan', {});
    if (obstacle !== null) return 0;
    await library.call('models.use', { id: await library.train({}) });
    const accuracy = await library.accuracy(test, truth);
    await library.call('models.use', { id: 'bundled' });
    return accuracy;
  }

  it('finds at least 60 % of planted wrong labels in the first 15 % of the queue of doubts', async () => {
    const random = createRandom(11);
    const ids = shuffled([...truth.keys()], random);
    const planted = new Set(ids.slice(0, Math.round(ids.length / 10)));
    const genres = [...new Set(truth.values())];
    const given = new Map(truth);
    for (const id of planted)
      given.set(
        id,
        shuffled(
          genres.filter((name) => name !== truth.get(id)),
          random,
        )[0]!,
      );
    await library.label(ids, given);
    await library.train({});
    const { doubts } = await library.call('suggest.doubts', { limit: Math.ceil(0.15 * ids.length) });
    const found = doubts.filter(({ trackId }) => planted.has(trackId)).length / planted.size;
    report(`planted wrong labels among the first 15 %: ${(100 * found).toFixed(0)} %`);
    expect(found).toBeGreaterThanOrEqual(0.6);
    await library.unlabel(ids);
  }, 300_000);
});
