// The player and its queue.
export const player = {} as const;
