// Why a track has its genre.
export const why = {} as const;
