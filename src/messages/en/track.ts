// A track: its panel, file, measures, pictures and stems.
export const track = {} as const;
