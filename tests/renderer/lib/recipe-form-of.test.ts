// A kept recipe in its form: what comes out of the form again is the same recipe, and one that says more is not opened.
import { describe, expect, it } from 'vitest';
import { type Recipe, type RuleGroup, recipeSchema } from '../../../src/contract/index.ts';
import { formOfRecipe, rulesOfRecipe } from '../../../src/renderer/lib/recipe-form-of.ts';
import { EMPTY_FORM, RECIPE_KINDS, type RecipeForm, recipeOfForm } from '../../../src/renderer/lib/recipe-forms.ts';

const mood = {
  name: 'calm, slow',
  nTracks: 9,
  middle: { energy: 0.2, tempoBpm: 80, minor: 0.5, loudnessLufs: -20, bass: 0.2, drums: 0.1, other: 0.5, vocals: 0.2 },
  radius: 1.5,
};
const FILLED: RecipeForm = {
  ...EMPTY_FORM,
  genre: 'Jazz',
  minConfidence: 0.7,
  mood,
  likeIds: [4, 2],
  likeBy: 'drums',
  diversity: 0.6,
  withSeeds: false,
  fromId: 1,
  toId: 2,
  nSteps: 7,
  halfLifeDays: 30,
  arcField: 'both',
  arcPoints: [0.1, 0.9, 0.3],
  tempoTolerance: 0.1,
  nTracks: 12,
  minutes: 42,
  seed: 8,
};
const ONLY: RuleGroup = { match: 'any', rules: [{ field: 'year', op: 'less', value: 1990 }] };
const again = (recipe: Recipe): Recipe => {
  const { form, only } = formOfRecipe(recipe)!;
  return recipeSchema.parse(recipeOfForm(form, only));
};

describe('a recipe of the form', () => {
  it.each(RECIPE_KINDS)('of %s comes back the same', (kind) => {
    for (const order of ['picked', 'random', 'arc', 'harmonic'] as const) {
      for (const arcShape of ['rising', 'points'] as const) {
        for (const lengthBy of ['usual', 'tracks', 'minutes'] as const) {
          for (const onlyGenre of ['', 'Blues']) {
            for (const only of [null, ONLY]) {
              const form = { ...FILLED, kind, order, arcShape, lengthBy, onlyGenre, spreadArtists: only !== null };
              const recipe = recipeSchema.parse(recipeOfForm(form, only));
              expect(again(recipe)).toEqual(recipe);
            }
          }
        }
      }
    }
  });
});

describe('a recipe made elsewhere', () => {
  const recipe = recipeSchema.parse({ pick: { kind: 'unplayed' }, length: { by: 'tracks', n: 5 } });

  it('keeps conditions of any form', () => {
    const condition = { field: 'energy', op: 'greater', value: 0.5 } as const;
    expect(formOfRecipe({ ...recipe, filter: { match: 'none', rules: [condition] } })!.only).toEqual({
      match: 'none',
      rules: [condition],
    });
    const genre = { field: 'genre', op: 'is', value: 'Jazz' } as const;
    const filled = formOfRecipe({ ...recipe, filter: { match: 'all', rules: [genre, condition] } })!;
    expect([filled.form.onlyGenre, filled.only]).toEqual(['Jazz', { match: 'all', rules: [condition] }]);
  });

  it.each([
    { pick: { kind: 'like', trackIds: [1], weights: { drums: 1, vocals: -0.5 } } },
    { pick: { kind: 'tracks', trackIds: [1] } },
    { pick: { kind: 'all' }, length: { by: 'tracks', n: 5 } },
    { pick: { kind: 'all' }, length: { by: 'minutes', minutes: 60, toleranceSec: 5 } },
  ])('that says more than the form can is not opened: %j', (made) => {
    expect(formOfRecipe(recipeSchema.parse(made))).toBeNull();
  });

  it('by rules alone is opened as rules', () => {
    const rules = { where: ONLY, live: false };
    const byRules = recipeSchema.parse({ pick: { kind: 'rules', rules } });
    expect(rulesOfRecipe(byRules)).toMatchObject(rules);
    expect(rulesOfRecipe({ ...byRules, order: { kind: 'random' } })).toBeNull();
    expect(rulesOfRecipe(recipe)).toBeNull();
  });
});
