// Moods in words: every name that the engine makes is said in the window's language.
import { afterEach, expect, it } from 'vitest';
import { moodsOf } from '../../../src/core/playlists/recipes/moods.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { moodName } from '../../../src/renderer/lib/mood-words.ts';
import { randomCandidates } from '../../support/candidates.ts';

afterEach(() => setLanguage('en'));

const random = createRandom(3);
const NAMES = [1, 2, 3].flatMap((seed) =>
  moodsOf(
    randomCandidates(300).map((track) => ({
      ...track,
      loudnessLufs: -30 + 25 * random.next(),
      bass: random.next(),
      drums: random.next(),
      other: random.next(),
      vocals: random.next(),
    })),
    seed,
  ).map(({ name }) => name),
);

it('keeps the engine’s words in English', () => {
  for (const name of NAMES) expect(moodName(name)).toBe(name);
  expect(moodName('calm, slow, hardly any vocals (2)')).toBe('calm, slow, hardly any vocals (2)');
});

it('knows every word of the engine in German', () => {
  const english = new Set(NAMES.flatMap((name) => name.split(', ')));
  expect(english.size).toBeGreaterThan(10);
  setLanguage('de');
  for (const word of english) expect(moodName(word)).not.toBe(word);
  expect(moodName('calm, slow, hardly any vocals (2)')).toBe('ruhig, langsam, kaum Gesang (2)');
  expect(moodName('named by hand')).toBe('named by hand');
});
