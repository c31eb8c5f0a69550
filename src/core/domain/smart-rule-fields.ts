// Everything a smart rule can ask of a track, field by field: a table that the text form, the query and the editor are drawn
// from. It may grow long.
import { CAMELOT_BY_KEY } from './camelot.ts';
import { GENRE_ORIGINS, TRACK_STATUSES } from './track.ts';

export const FIELD_TYPES = ['text', 'texts', 'number', 'date', 'choice', 'flag', 'playlist', 'distance'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export const RULE_OPERATORS = [
  'is',
  'isNot',
  'contains',
  'containsNot',
  'begins',
  'ends',
  'matches',
  'in',
  'notIn',
  'less',
  'greater',
  'atMost',
  'atLeast',
  'between',
  'before',
  'after',
  'inLastDays',
  'notInLastDays',
  'empty',
  'notEmpty',
] as const;
export type RuleOperator = (typeof RULE_OPERATORS)[number];

const TEXT: readonly RuleOperator[] = [
  'is',
  'isNot',
  'contains',
  'containsNot',
  'begins',
  'ends',
  'matches',
  'in',
  'notIn',
  'empty',
  'notEmpty',
];
const COMPARE: readonly RuleOperator[] = ['less', 'greater', 'atMost', 'atLeast', 'between'];

export const OPERATORS_OF: Readonly<Record<FieldType, readonly RuleOperator[]>> = {
  text: TEXT,
  texts: TEXT,
  number: ['is', 'isNot', ...COMPARE, 'in', 'notIn', 'empty', 'notEmpty'],
  date: ['is', 'isNot', 'before', 'after', 'between', 'inLastDays', 'notInLastDays', 'empty', 'notEmpty'],
  choice: ['is', 'isNot', 'in', 'notIn', 'empty', 'notEmpty'],
  flag: ['is'],
  playlist: ['in', 'notIn'],
  distance: ['less', 'greater', 'atMost', 'atLeast', 'between'],
};

export interface RuleField {
  name: string;
  /** For a person. */
  label: string;
  type: FieldType;
  /** "BPM", "s"; null where a number is a count or a share. */
  unit: string | null;
  /** Numbers no further apart than half of this are the same; 0 = exactly. */
  step: number;
  choices: readonly string[] | null;
  sortable: boolean;
}

type Extra = Partial<Pick<RuleField, 'unit' | 'step' | 'choices' | 'sortable'>>;

function field<N extends string>(name: N, label: string, type: FieldType, extra: Extra = {}): RuleField & { name: N } {
  const sortable = type !== 'texts' && type !== 'playlist' && type !== 'distance';
  return { name, label, type, unit: null, step: 0, choices: null, sortable, ...extra };
}

const share = (name: string, label: string) => field(name, label, 'number', { step: 0.01, unit: '0..1' });

export const RULE_FIELDS: readonly RuleField[] = [
  field('title', 'Title', 'text'),
  field('artist', 'Artist', 'text'),
  field('album', 'Album', 'text'),
  field('albumArtist', 'Album artist', 'text'),
  field('year', 'Year', 'number'),
  field('trackNumber', 'Track number', 'number'),
  field('discNumber', 'Disc number', 'number'),
  field('path', 'Path', 'text'),
  field('folder', 'Folder', 'text'),
  field('status', 'Status', 'choice', { choices: TRACK_STATUSES }),

  field('genre', 'Genre', 'text'),
  field('genreOrigin', 'Genre comes from', 'choice', { choices: GENRE_ORIGINS }),
  share('confidence', 'Confidence of the genre'),
  field('ownGenre', 'Own genres', 'texts'),
  field('tagGenre', 'Genres in the file', 'texts'),
  field('modelGenre', "Model's genre", 'text'),
  share('modelConfidence', "Model's confidence"),
  field('labelled', 'Has a genre of your own', 'flag'),
  field('modelDisagrees', 'Model disagrees with you', 'flag'),

  field('tempo', 'Tempo', 'number', { unit: 'BPM', step: 1 }),
  share('tempoConfidence', 'Confidence of the tempo'),
  field('tagTempo', 'Tempo in the file', 'number', { unit: 'BPM', step: 1 }),
  field('key', 'Key', 'choice', { choices: [...CAMELOT_BY_KEY.keys()] }),
  field('camelot', 'Camelot key', 'choice', { choices: [...CAMELOT_BY_KEY.values()] }),
  field('mode', 'Major or minor', 'choice', { choices: ['major', 'minor'] }),
  share('keyConfidence', 'Confidence of the key'),
  field('tagKey', 'Key in the file', 'text'),
  share('energy', 'Energy'),
  field('loudness', 'Loudness', 'number', { unit: 'LUFS', step: 0.1 }),
  field('loudnessRange', 'Loudness range', 'number', { unit: 'LU', step: 0.1 }),
  field('peak', 'Peak', 'number', { unit: 'dBFS', step: 0.1 }),
  share('bass', 'Share of the bass'),
  share('drums', 'Share of the drums'),
  share('other', 'Share of other instruments'),
  share('vocals', 'Share of the vocals'),
  field('brightness', 'Brightness', 'number', { unit: 'Hz', step: 1 }),
  share('noisiness', 'Noisiness'),
  field('distance', 'Distance in sound', 'distance', { unit: '0..2' }),

  field('duration', 'Length', 'number', { unit: 's', step: 1 }),
  field('codec', 'Codec', 'text'),
  field('container', 'Container', 'text'),
  field('bitRate', 'Bit rate', 'number', { unit: 'bit/s', step: 1000 }),
  field('sampleRate', 'Sample rate', 'number', { unit: 'Hz' }),
  field('channels', 'Channels', 'number'),
  field('size', 'Size', 'number', { unit: 'bytes' }),
  field('cover', 'Has a cover', 'flag'),

  field('added', 'Added', 'date'),
  field('modified', 'File changed', 'date'),
  field('analysed', 'Analysed', 'date'),
  field('plays', 'Times played', 'number'),
  field('lastPlayed', 'Last played', 'date'),
  field('playlist', 'Playlist', 'playlist'),
];

const BY_NAME = new Map(RULE_FIELDS.map((one) => [one.name.toLowerCase(), one]));

/** Whatever its case; undefined when there is no such field. */
export function ruleField(name: string): RuleField | undefined {
  return BY_NAME.get(name.toLowerCase());
}
