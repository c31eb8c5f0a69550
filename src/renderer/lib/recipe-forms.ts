// Recipes as short forms: what each asks for, what it begins with, and the recipe that a filled form makes.
import type { Mood, RecipeInput, RuleGroup, Source } from '../../contract/index.ts';
import { t } from './language.ts';
import type { ArcShape } from './recipe-arc.ts';

export const RECIPE_KINDS = ['genre', 'mood', 'arc', 'time', 'like', 'path', 'mix', 'unplayed'] as const;
export type RecipeKind = (typeof RECIPE_KINDS)[number];

export type ArcField = 'energy' | 'tempo' | 'both';
export type OrderKind = 'picked' | 'random' | 'arc' | 'harmonic';

export interface RecipeForm {
  kind: RecipeKind;
  /** '' = not chosen. */
  genre: string;
  /** What may narrow every other recipe; '' = any genre. */
  onlyGenre: string;
  minConfidence: number;
  mood: Mood | null;
  likeIds: readonly number[];
  /** By the whole sound or by one stem. */
  likeBy: Source;
  diversity: number;
  withSeeds: boolean;
  fromId: number | null;
  toId: number | null;
  /** Null = as many as fit the distance. */
  nSteps: number | null;
  halfLifeDays: number;
  order: OrderKind;
  arcField: ArcField;
  arcShape: ArcShape;
  arcPoints: readonly number[];
  /** Share of a tempo. */
  tempoTolerance: number;
  lengthBy: 'usual' | 'tracks' | 'minutes';
  nTracks: number;
  minutes: number;
  spreadArtists: boolean;
  seed: number;
}

export const EMPTY_FORM: RecipeForm = {
  kind: 'genre',
  genre: '',
  onlyGenre: '',
  minConfidence: 0.5,
  mood: null,
  likeIds: [],
  likeBy: 'mixture',
  diversity: 0.3,
  withSeeds: true,
  fromId: null,
  toId: null,
  nSteps: null,
  halfLifeDays: 90,
  order: 'picked',
  arcField: 'energy',
  arcShape: 'rising',
  arcPoints: [0.2, 0.6, 0.9, 0.5, 0.3],
  tempoTolerance: 0.06,
  lengthBy: 'usual',
  nTracks: 25,
  minutes: 60,
  spreadArtists: true,
  seed: 1,
};

/** A path has its own length and order. */
export function hasLength({ kind }: RecipeForm): boolean {
  return kind !== 'path';
}

/** Arcs and mixes are orders; a path brings its own. */
export function hasOrder({ kind }: RecipeForm): boolean {
  return kind !== 'path' && kind !== 'arc' && kind !== 'mix';
}

/** Whether a genre may narrow the tracks that are chosen from. */
export function hasGenreFilter({ kind }: RecipeForm): boolean {
  return kind !== 'genre' && kind !== 'mood';
}

/** What the form still needs, as a sentence; null when the recipe can be followed. */
export function missingIn(form: RecipeForm): string | null {
  if (form.kind === 'genre' && form.genre === '') return t('recipes.missingGenre');
  if (form.kind === 'mood' && form.mood === null) return t('recipes.missingMood');
  if (form.kind === 'like' && form.likeIds.length === 0) return t('recipes.missingLike');
  if (form.kind === 'path' && (form.fromId === null || form.toId === null)) return t('recipes.missingEnds');
  if (form.kind === 'path' && form.fromId === form.toId) return t('recipes.sameEnds');
  return null;
}

/** @param only conditions that the tracks must fit beside */
export function recipeOfForm(form: RecipeForm, only: RuleGroup | null = null): RecipeInput {
  const rules: RuleGroup['rules'] = only === null ? [] : [only];
  if (hasGenreFilter(form) && form.onlyGenre !== '') rules.unshift({ field: 'genre', op: 'is', value: form.onlyGenre });
  return {
    seed: form.seed,
    pick: pickOf(form),
    filter: rules.length > 0 ? { match: 'all', rules } : null,
    length: lengthOf(form),
    order: orderOf(form),
    spreadArtists: form.spreadArtists,
  };
}

/** Whether another seed makes another list. */
export function dependsOnSeed({ pick, order }: Pick<RecipeInput, 'pick' | 'order'>): boolean {
  const isDrawn = pick.kind === 'all' || pick.kind === 'genre' || pick.kind === 'unplayed';
  return isDrawn || order?.kind === 'random' || order?.kind === 'harmonic';
}

function pickOf(form: RecipeForm): RecipeInput['pick'] {
  switch (form.kind) {
    case 'genre':
      return { kind: 'genre', genre: form.genre, minConfidence: form.minConfidence };
    case 'mood':
      return { kind: 'mood', name: form.mood!.name, middle: form.mood!.middle, radius: form.mood!.radius };
    case 'like':
      return {
        kind: 'like',
        trackIds: [...form.likeIds],
        weights: { [form.likeBy]: 1 },
        diversity: form.diversity,
        withSeeds: form.withSeeds,
      };
    case 'path':
      return { kind: 'path', fromId: form.fromId!, toId: form.toId!, nSteps: form.nSteps };
    case 'unplayed':
      return { kind: 'unplayed', halfLifeDays: form.halfLifeDays };
    default:
      return { kind: 'all' };
  }
}

function lengthOf(form: RecipeForm): RecipeInput['length'] {
  if (!hasLength(form)) return null;
  if (form.kind === 'time' || form.lengthBy === 'minutes') return { by: 'minutes', minutes: form.minutes };
  return form.lengthBy === 'tracks' ? { by: 'tracks', n: form.nTracks } : null;
}

function orderOf(form: RecipeForm): RecipeInput['order'] {
  const kind = form.kind === 'arc' ? 'arc' : form.kind === 'mix' ? 'harmonic' : hasOrder(form) ? form.order : 'picked';
  if (kind === 'harmonic') return { kind, tempoTolerance: form.tempoTolerance };
  if (kind !== 'arc') return { kind };
  return { kind, field: form.arcField, shape: form.arcShape, points: form.arcShape === 'points' ? [...form.arcPoints] : [] };
}
