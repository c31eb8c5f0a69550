// The library: table, facets, columns, covers, search.
export const library = {} as const;
