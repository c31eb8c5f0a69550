// Labels: which genres a track has, who said so and when. A person's own word always wins over a file's tag.

/** Strongest first. `hand` and `import` are stored; `tag` follows from the file's tags and the tag rules. A model's guess is no label. */
export const LABEL_ORIGINS = ['hand', 'import', 'tag'] as const;
export type LabelOrigin = (typeof LABEL_ORIGINS)[number];
export type StoredOrigin = Exclude<LabelOrigin, 'tag'>;

export interface Label {
  /** Null for a tag that is none of the person's own genres yet. */
  genreId: number | null;
  genre: string;
  origin: LabelOrigin;
  /** The main genre: exactly one label of each origin a track has labels of. */
  isPrimary: boolean;
  /** When it was given; for a tag, when the file was last changed. */
  atMs: number;
}

export const LABEL_MODES = ['replace', 'add', 'remove'] as const;
export type LabelMode = (typeof LABEL_MODES)[number];

/** Which tracks are labelled: named ones, all that a query finds, or all below a folder. */
export type LabelTarget =
  | { kind: 'tracks'; ids: readonly number[] }
  | { kind: 'query'; search: string; genre: string | null; playlistId: string | null }
  | { kind: 'folder'; path: string };

/** What one act of labelling did, for the message that offers to undo it. */
export interface LabelAction {
  id: number;
  /** "Labelled 12 tracks Jazz" */
  sentence: string;
  nTracks: number;
}

/** What undo and redo would do next; null when there is nothing. */
export interface LabelHistory {
  undo: string | null;
  redo: string | null;
}

/** How the genres written in files become own genres. */
export interface TagRules {
  /** Characters or words between several genres in one tag: "Rock/Pop; Indie". */
  separators: string[];
  /** From a tag (any case) to an own genre; null leaves the tag out. */
  synonyms: { tag: string; genre: string | null }[];
  /** Tags without a rule become genres of their own name. */
  keepUnknown: boolean;
}

/** A genre as it stands in files, with what the rules make of it. */
export interface FileGenre {
  tag: string;
  nTracks: number;
  genre: string | null;
}

export const LABEL_FILE_FORMATS = ['csv', 'json'] as const;
export type LabelFileFormat = (typeof LABEL_FILE_FORMATS)[number];

export interface LabelImport {
  nTracks: number;
  nLabels: number;
  /** Paths in the file that no track of the library has. */
  unknownPaths: string[];
  /** Genres that did not exist before. */
  newGenres: string[];
}
