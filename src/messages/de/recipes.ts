// Recipes for playlists.
import type { Messages } from '../message-keys.ts';

export const recipes: Messages['recipes'] = {};
