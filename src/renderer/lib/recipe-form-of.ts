// The form that a kept recipe would be made with, to change it.
import {
  isGroup,
  type Recipe,
  type RecipeInput,
  type RuleGroup,
  recipeSchema,
  type SmartRules,
  SOURCES,
} from '../../contract/index.ts';
import { EMPTY_FORM, hasGenreFilter, type RecipeForm, type RecipeKind, recipeOfForm } from './recipe-forms.ts';

export interface FilledForm {
  form: RecipeForm;
  /** The conditions beside it. */
  only: RuleGroup | null;
}

/** Null for a recipe that says more than the form can. */
export function formOfRecipe(recipe: Recipe): FilledForm | null {
  const form = formWithoutFilter(recipe);
  if (form === null) return null;
  return isSame(recipeOfForm(form), recipe) ? withFilter(form, recipe.filter) : null;
}

/** The rules that made a list once, where nothing else did; null for every other recipe. */
export function rulesOfRecipe(recipe: Recipe): SmartRules | null {
  if (recipe.pick.kind !== 'rules' || recipe.filter !== null) return null;
  return isSame({ pick: recipe.pick, seed: recipe.seed }, recipe) ? recipe.pick.rules : null;
}

/** But for the filter; the schema puts the parts in order, so that they can be compared as text. */
function isSame(one: RecipeInput, other: RecipeInput): boolean {
  const [first, second] = [one, other].map((recipe) => JSON.stringify(recipeSchema.parse({ ...recipe, filter: null })));
  return first === second;
}

function formWithoutFilter({ seed, pick, length, order, spreadArtists }: Recipe): RecipeForm | null {
  const kind = kindOf(pick, order);
  if (kind === null) return null;
  const form: RecipeForm = { ...EMPTY_FORM, kind, seed, spreadArtists, order: order.kind };
  if (length?.by === 'tracks') Object.assign(form, { lengthBy: 'tracks', nTracks: length.n });
  if (length?.by === 'minutes') Object.assign(form, { lengthBy: 'minutes', minutes: length.minutes });
  if (order.kind === 'harmonic') form.tempoTolerance = order.tempoTolerance;
  if (order.kind === 'arc') {
    Object.assign(form, { arcField: order.field, arcShape: order.shape });
    if (order.shape === 'points') form.arcPoints = order.points;
  }
  return { ...form, ...pickedBy(pick) };
}

function kindOf(pick: Recipe['pick'], order: Recipe['order']): RecipeKind | null {
  if (pick.kind === 'rules' || pick.kind === 'tracks') return null;
  if (pick.kind !== 'all') return pick.kind;
  return order.kind === 'arc' ? 'arc' : order.kind === 'harmonic' ? 'mix' : 'time';
}

function pickedBy(pick: Recipe['pick']): Partial<RecipeForm> {
  switch (pick.kind) {
    case 'genre':
      return { genre: pick.genre, minConfidence: pick.minConfidence };
    case 'mood':
      return { mood: { name: pick.name, middle: pick.middle, radius: pick.radius, nTracks: 0 } };
    case 'like': {
      const { trackIds, weights, diversity, withSeeds } = pick;
      return { likeIds: trackIds, likeBy: SOURCES.find((source) => weights[source]) ?? 'mixture', diversity, withSeeds };
    }
    case 'path':
      return { fromId: pick.fromId, toId: pick.toId, nSteps: pick.nSteps };
    case 'unplayed':
      return { halfLifeDays: pick.halfLifeDays };
    default:
      return {};
  }
}

/** The form has a field for one genre; whatever else narrows the tracks are conditions. */
function withFilter(form: RecipeForm, filter: RuleGroup | null): FilledForm {
  if (filter === null) return { form, only: null };
  const [first, ...others] = filter.match === 'all' ? filter.rules : [];
  const isGenre = first !== undefined && !isGroup(first) && first.field === 'genre' && first.op === 'is';
  if (!isGenre || !hasGenreFilter(form)) return { form, only: unwrapped(filter) };
  const narrowed = { ...form, onlyGenre: String(first.value) };
  return { form: narrowed, only: others.length > 0 ? unwrapped({ match: 'all', rules: others }) : null };
}

/** A group around nothing but another group adds nothing. */
function unwrapped(group: RuleGroup): RuleGroup {
  const [first] = group.rules;
  const isWrap = group.match !== 'none' && group.rules.length === 1 && first !== undefined && isGroup(first);
  return isWrap ? first : group;
}
