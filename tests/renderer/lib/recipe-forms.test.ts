// Recipes as forms: every filled form is a recipe that the contract accepts, every empty one says what it misses.
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../../src/contract/index.ts';
import { arcHeights } from '../../../src/core/playlists/recipes/arc.ts';
import { freeName } from '../../../src/renderer/lib/free-name.ts';
import { courseShapes, courseWords } from '../../../src/renderer/lib/playlist-course.ts';
import { type ArcShape, arcCurve } from '../../../src/renderer/lib/recipe-arc.ts';
import {
  dependsOnSeed,
  EMPTY_FORM,
  missingIn,
  RECIPE_KINDS,
  type RecipeForm,
  recipeOfForm,
} from '../../../src/renderer/lib/recipe-forms.ts';
import { suggestedName } from '../../../src/renderer/lib/recipe-names.ts';

const mood = {
  name: 'calm, slow',
  nTracks: 9,
  middle: { energy: 0.2, tempoBpm: 80, minor: 0.5, loudnessLufs: -20, bass: 0.2, drums: 0.1, other: 0.5, vocals: 0.2 },
  radius: 1.5,
};
const FILLED: RecipeForm = { ...EMPTY_FORM, genre: 'Jazz', mood, likeIds: [1, 2], fromId: 1, toId: 2 };

describe('a filled form', () => {
  it.each(RECIPE_KINDS)('of %s is a recipe', (kind) => {
    for (const order of ['picked', 'random', 'arc', 'harmonic'] as const) {
      for (const lengthBy of ['usual', 'tracks', 'minutes'] as const) {
        const form: RecipeForm = { ...FILLED, kind, order, lengthBy, arcShape: 'points', onlyGenre: 'Blues' };
        expect(missingIn(form)).toBeNull();
        expect(recipeSchema.safeParse(recipeOfForm(form)).error).toBeUndefined();
      }
    }
  });

  it('keeps its length and order out of a path, and a time always in minutes', () => {
    const path = recipeOfForm({ ...FILLED, kind: 'path', order: 'random', lengthBy: 'minutes' });
    expect(path).toMatchObject({ length: null, order: { kind: 'picked' } });
    expect(recipeOfForm({ ...FILLED, kind: 'time', minutes: 45 }).length).toEqual({ by: 'minutes', minutes: 45 });
  });

  it('narrows by genre only where the recipe is not about one', () => {
    expect(recipeOfForm({ ...FILLED, kind: 'like', onlyGenre: 'Blues' }).filter?.rules).toEqual([
      { field: 'genre', op: 'is', value: 'Blues' },
    ]);
    expect(recipeOfForm({ ...FILLED, kind: 'genre', onlyGenre: 'Blues' }).filter).toBeNull();
  });

  it('has another list by the next seed only where something is drawn by lot', () => {
    const isDrawn = (change: Partial<RecipeForm>) => dependsOnSeed(recipeOfForm({ ...FILLED, ...change }));
    expect([isDrawn({ kind: 'genre' }), isDrawn({ kind: 'mix' }), isDrawn({ kind: 'like', order: 'random' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isDrawn({ kind: 'like' }), isDrawn({ kind: 'path', order: 'random' }), isDrawn({ kind: 'mood' })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a form with something missing', () => {
  it.each(['genre', 'mood', 'like', 'path'] as const)('of %s says so in a sentence', (kind) => {
    expect(missingIn({ ...EMPTY_FORM, kind })).toMatch(/^[A-Z].*\.$/);
  });

  it('of a path needs two ends', () => {
    expect(missingIn({ ...FILLED, kind: 'path', toId: 1 })).toBe('A path needs two different tracks.');
  });
});

describe('names', () => {
  it('are suggested for every recipe, filled or not', () => {
    for (const kind of RECIPE_KINDS) {
      for (const form of [EMPTY_FORM, FILLED])
        expect(suggestedName({ ...form, kind }, (id) => `Song ${id}`)).not.toMatch(/undefined|null|^$/);
    }
    expect(suggestedName({ ...FILLED, kind: 'path' }, (id) => `Song ${id}`)).toBe('From Song 1 to Song 2');
    expect(suggestedName({ ...FILLED, kind: 'like' }, (id) => `Song ${id}`)).toBe('Like Song 1 and 1 more');
  });

  it('get a number where they are taken, whatever the case', () => {
    expect(freeName('Mix', ['Other'])).toBe('Mix');
    expect(freeName('Mix', ['mix', 'MIX 2'])).toBe('Mix 3');
  });
});

describe('the drawing of an arc', () => {
  it.each<ArcShape>(['rising', 'falling', 'wave', 'points'])('%s is the curve that the engine follows', (shape) => {
    const points = [0.2, 0.9, 0.4];
    for (const n of [1, 2, 7, 40])
      expect(arcCurve(shape, points, n)).toEqual(arcHeights({ kind: 'arc', field: 'energy', shape, points }, n));
  });
});

describe('the course of a playlist', () => {
  const course = [
    { energy: 0.2, tempoBpm: 60 },
    { energy: 0.5, tempoBpm: null },
    { energy: null, tempoBpm: 120 },
    { energy: 0.9, tempoBpm: 240 },
  ];

  it('has the slowest tempo below the fastest, octaves at equal distances, and a gap where one is unknown', () => {
    const { tempo, slowestBpm, fastestBpm } = courseShapes(course, 100);
    const points = [...tempo.matchAll(/([ML])[\d.]+ ([\d.]+)/g)].map(([, kind, y]) => [kind, Number(y)] as const);
    expect(points.map(([kind]) => kind)).toEqual(['M', 'M', 'L']);
    expect(points[0]![1] - points[1]![1]).toBeCloseTo(points[1]![1] - points[2]![1], 6);
    expect(points[0]![1]).toBeGreaterThan(points[2]![1]);
    expect([slowestBpm, fastestBpm]).toEqual([60, 240]);
  });

  it('is said in words, also where nothing is known', () => {
    expect(courseWords(course)).toBe('Energy goes from 20 % to 90 %, tempo from 60 to 240 BPM.');
    expect(courseWords([{ energy: null, tempoBpm: null }])).toBe('Energy is not known, tempo is not known.');
    expect(courseShapes([{ energy: null, tempoBpm: null }], 40).tempo).toBe('');
  });
});
