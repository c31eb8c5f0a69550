// The sheet of keyboard shortcuts.
export const shortcuts = {} as const;
