// A recipe followed from the library file gives the same list every time, and another one for another seed.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMoods, followRecipe } from '../../../src/core/analysis/follow-recipe.ts';
import { type Recipe, recipeSchema } from '../../../src/core/domain/recipe.ts';
import { makeHeardLibrary } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const recipe = (changes: Partial<Recipe>): Recipe =>
  recipeSchema.parse({
    ...{ seed: 1, pick: { kind: 'all' }, filter: null, length: { by: 'tracks', n: 8 }, order: { kind: 'random' } },
    spreadArtists: false,
    ...changes,
  });

test('the same recipe makes the same list; another seed another one', () => {
  const libraryFile = join(makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 0 }), 'library.db');
  const follow = (changes: Partial<Recipe> = {}) =>
    followRecipe({ kind: 'followRecipe', libraryFile, recipe: recipe(changes), nowMs: 5, minConfidence: 0.5 });
  const ids = ({ places }: ReturnType<typeof follow>) => places.map(({ trackId }) => trackId);
  expect(ids(follow())).toHaveLength(8);
  expect(ids(follow())).toEqual(ids(follow()));
  expect(ids(follow({ seed: 2 }))).not.toEqual(ids(follow()));
  expect(follow({ pick: { kind: 'tracks', trackIds: [99] } }).notes).toEqual([{ code: 'lost', n: 1 }, { code: 'noTrackFits' }]);
});

test('moods cover tracks and have names', () => {
  const libraryFile = join(makeHeardLibrary(tempDir(), { nTracks: 60, nLabelled: 0 }), 'library.db');
  for (const { name, nTracks } of findMoods({ kind: 'findMoods', libraryFile, seed: 1 })) {
    expect(name).not.toBe('');
    expect(nTracks).toBeGreaterThan(0);
  }
});
