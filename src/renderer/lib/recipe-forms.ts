// Recipes as short forms: what each asks for, what it begins with, and the recipe that a filled form makes.
import type { Mood, RecipeInput, RuleGroup, Source } from '../../contract/index.ts';
import { countOf } from './format.ts';
import type { ArcShape } from './recipe-arc.ts';

export const RECIPE_KINDS = [
  { kind: 'genre', name: 'A genre', about: 'Tracks of one genre, as sure as you like.' },
  { kind: 'mood', name: 'A mood', about: 'Groups of tracks alike in energy, tempo, key and instruments.' },
  { kind: 'arc', name: 'An arc', about: 'Energy or tempo that rises, falls, or follows a curve you draw.' },
  { kind: 'time', name: 'A time', about: 'As many minutes as you have, to within half a minute.' },
  { kind: 'like', name: 'More like these', about: 'Tracks that sound like the ones you choose.' },
  { kind: 'path', name: 'A sound path', about: 'From one track to another in small steps of sound.' },
  { kind: 'mix', name: 'A DJ mix', about: 'Each track in a key and a tempo that mix with the last.' },
  { kind: 'unplayed', name: 'Unplayed corners', about: 'The sounds of your library that you hear least.' },
] as const;
export type RecipeKind = (typeof RECIPE_KINDS)[number]['kind'];

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
  if (form.kind === 'genre' && form.genre === '') return 'Choose a genre.';
  if (form.kind === 'mood' && form.mood === null) return 'Choose a mood.';
  if (form.kind === 'like' && form.likeIds.length === 0) return 'Choose one track or more.';
  if (form.kind === 'path' && (form.fromId === null || form.toId === null)) return 'Choose where the path begins and ends.';
  if (form.kind === 'path' && form.fromId === form.toId) return 'A path needs two different tracks.';
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

const ARC_FIELD_NAMES: Readonly<Record<ArcField, string>> = { energy: 'energy', tempo: 'tempo', both: 'energy and tempo' };
const ARC_SHAPE_NAMES: Readonly<Record<ArcShape, string>> = {
  rising: 'Rising',
  falling: 'Falling',
  wave: 'Waves of',
  points: 'A curve of',
};

/** What the list could be called. */
export function suggestedName(form: RecipeForm, titleOf: (id: number) => string): string {
  const title = (id: number | null): string => (id === null ? 'one track' : titleOf(id));
  switch (form.kind) {
    case 'genre':
      return form.genre === '' ? 'A genre' : form.genre;
    case 'mood':
      return form.mood === null ? 'A mood' : form.mood.name.charAt(0).toUpperCase() + form.mood.name.slice(1);
    case 'arc':
      return `${ARC_SHAPE_NAMES[form.arcShape]} ${ARC_FIELD_NAMES[form.arcField]}`;
    case 'time':
      return `${countOf(form.minutes, 'minute')}${form.onlyGenre === '' ? '' : ` of ${form.onlyGenre}`}`;
    case 'like': {
      const [first, ...others] = form.likeIds;
      return `Like ${title(first ?? null)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
    }
    case 'path':
      return `From ${title(form.fromId)} to ${title(form.toId)}`;
    case 'mix':
      return form.onlyGenre === '' ? 'A mix' : `${form.onlyGenre} mix`;
    case 'unplayed':
      return 'Unplayed corners';
  }
}
