// Scanning folders.
export const scan = {} as const;
