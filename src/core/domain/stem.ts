// The four stems every track is separated into, in the order the separator's masks come in.
export const STEMS = ['bass', 'drums', 'other', 'vocals'] as const;
export type Stem = (typeof STEMS)[number];

/** What a picture or a player can be asked for: the whole mixture or one of its stems. */
export const SOURCES = ['mixture', ...STEMS] as const;
export type Source = (typeof SOURCES)[number];
