// What a worker is asked about recipes: both go through the whole library, which would keep every other question waiting.
import type { PlaylistDraft } from './playlist.ts';
import type { Mood, Recipe } from './recipe.ts';

export interface FollowRecipeTask {
  kind: 'followRecipe';
  libraryFile: string;
  recipe: Recipe;
  /** What rules with relative dates count from. */
  nowMs: number;
  /** From which confidence on playlists by genre take a track. */
  minConfidence: number;
}

export interface FindMoodsTask {
  kind: 'findMoods';
  libraryFile: string;
  seed: number;
}

export type RecipeTask = FollowRecipeTask | FindMoodsTask;

export interface RecipeTaskResults {
  followRecipe: PlaylistDraft;
  findMoods: Mood[];
}
