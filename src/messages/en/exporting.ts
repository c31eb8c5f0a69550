// Playlists to and from files.
export const exporting = {} as const;
