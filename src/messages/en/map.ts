// The map.
export const map = {} as const;
