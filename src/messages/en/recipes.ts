// Recipes for playlists.
export const recipes = {} as const;
