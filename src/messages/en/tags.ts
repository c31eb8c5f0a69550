// Tags written into files.
export const tags = {} as const;
