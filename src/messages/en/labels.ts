// Genres of your own and acts of labelling.
export const labels = {} as const;
