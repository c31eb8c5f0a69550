// The tour of three steps.
export const tour = {} as const;
