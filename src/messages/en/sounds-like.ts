// What sounds alike.
export const soundsLike = {} as const;
