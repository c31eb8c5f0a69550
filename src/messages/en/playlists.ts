// Playlists: list, open playlist, adding, places.
export const playlists = {} as const;
