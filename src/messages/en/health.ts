// Failed and missing files, duplicates, storage.
export const health = {} as const;
