// What the window says of a training's plan is what the engine says of it, in English word for word.
import { expect, it } from 'vitest';
import type { TrainPlan, TrainRequest } from '../../../src/contract/index.ts';
import { planDataset } from '../../../src/core/models/dataset.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { isUnchosen, leftOutWords, obstacleWords } from '../../../src/renderer/lib/plan-words.ts';

type Asked = Pick<TrainRequest, 'mode' | 'genres'>;

const GENRES = ['Ambient', 'Blues', 'Calm', 'Deep House', 'House'];
const PARENTS = new Map([['deep house', 'House']]);
const MODES = ['quick', 'finetune', 'scratch'] as const;

/** A plan as the engine makes it: few or many labels, few or many artists, some genres chosen or all. */
function somePlan(seed: number): { asked: Asked; plan: TrainPlan } {
  const random = createRandom(seed);
  const below = (n: number): number => random.below(n);
  const present = GENRES.filter(() => below(2) === 0);
  const sizeOf = () => (below(3) > 0 ? below(8) : 5 + below(300));
  const genreOf = present.flatMap((genre) => Array.from({ length: sizeOf() }, () => genre));
  const nArtists = 1 + below(5);
  const labels = genreOf.map((genre, at) => ({ trackId: at + 1, genre }));
  const credits = new Map(
    labels.map(({ trackId }) => {
      const artist = `Artist ${below(nArtists)}`;
      return [trackId, { trackId, artist, albumArtist: null, album: null }];
    }),
  );
  const heardIds = new Set(labels.map(({ trackId }) => trackId).filter(() => below(10) > 0));
  const chosen = GENRES.filter(() => below(2) === 0);
  const asked = { mode: MODES[below(3)]!, genres: chosen.length >= 2 && below(2) === 0 ? chosen : null };
  return { asked, plan: planDataset(asked, { labels, parents: PARENTS, heardIds, credits }).plan };
}

/** The window parts thousands. */
const withoutCommas = (text: string | null): string | null => text?.replace(/(\d),(\d)/g, '$1$2') ?? null;

it('says what the engine says, of whatever is labelled and asked', () => {
  const heard = new Set<string>();
  for (let seed = 1; seed <= 500; seed++) {
    const { asked, plan } = somePlan(seed);
    expect(withoutCommas(obstacleWords(plan, asked))).toBe(plan.obstacle);
    for (const genre of plan.leftOut) {
      expect(leftOutWords(genre, asked)).toBe(genre.reason);
      heard.add(genre.reason.replace(/^\S+( House)? has.*/, 'few').replace(/^All.*/, 'one artist'));
      expect(isUnchosen(genre, asked)).toBe(genre.reason.includes('none of the chosen'));
    }
    heard.add(plan.obstacle === null ? 'free' : plan.obstacle.split(' ')[0]!);
  }
  const kinds = ['few', 'one artist', 'It is none of the chosen genres.', 'free', 'There', 'So', 'Fine-tuning', 'Training'];
  expect([...heard]).toEqual(expect.arrayContaining(kinds));
});
