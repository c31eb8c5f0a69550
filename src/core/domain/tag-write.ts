// Tags written into files on request: which fields, from what, how a new value is made of the present one. Pure.
import type { Failure } from './errors.ts';
import { genreKey, uniqueGenres } from './genre.ts';
import type { LabelTarget } from './label.ts';

export const TAG_FIELDS = ['genre', 'bpm', 'key'] as const;
export type TagField = (typeof TAG_FIELDS)[number];

/** `add` keeps the file's genres and sets own ones behind them; `fill` writes only where the field is empty. */
export const TAG_MODES = ['add', 'replace', 'fill'] as const;
export type TagMode = (typeof TAG_MODES)[number];

/** The values of each field as a file has them; an empty list means that the field is absent. */
export type TagValues = Record<TagField, string[]>;

export interface TagWriteRequest {
  target: LabelTarget;
  fields: readonly TagField[];
  mode: TagMode;
  /** Least confidence (0..1) at which the model's guess stands in for a genre of one's own; null = never. */
  guessFrom: number | null;
}

export interface TagChange {
  trackId: number;
  path: string;
  field: TagField;
  before: string[];
  after: string[];
}

/** A file that a write or an undo leaves alone, with the reason; `field` when only that one stays. */
export interface TagRefusal {
  trackId: number | null;
  path: string;
  field: TagField | null;
  reason: Failure;
}

export interface TagPreview {
  /** Names exactly these changes; `write` takes it. */
  planId: string;
  nFiles: number;
  nChanges: number;
  /** Files that have what would be written already, or for which there is nothing to write. */
  nUnchanged: number;
  nRefused: number;
  /** The first ones, by path. */
  changes: TagChange[];
  refused: TagRefusal[];
}

export interface TagProgress {
  kind: 'preview' | 'write' | 'undo';
  /** Null for a preview. */
  writeId: number | null;
  done: number;
  total: number;
  nFailed: number;
}

export interface TagWriteResult {
  kind: 'write' | 'undo';
  writeId: number;
  /** Files changed. */
  nDone: number;
  nFailed: number;
  /** The first ones. */
  failed: TagRefusal[];
  isCancelled: boolean;
}

export interface PastTagWrite {
  id: number;
  atMs: number;
  sentence: string;
  nFiles: number;
  /** Files that still carry what was written, as far as is known: undo would look at these. */
  nWritten: number;
  nUndone: number;
  nFailed: number;
}

/** Tempos from here on are a fault of the estimate or of the unit. */
const MAX_BPM = 999;
/** Nearer to a whole number than this is that number. */
const WHOLE_BPM = 0.05;

/** The field's new values; the present ones when nothing is to change. */
export function tagAfter(field: TagField, present: readonly string[], own: readonly string[], mode: TagMode): string[] {
  if (own.length === 0 || (mode === 'fill' && present.length > 0)) return [...present];
  if (field === 'genre') {
    const after = mode === 'add' ? uniqueGenres([...present, ...own]) : [...own];
    return sameGenres(after, present) ? [...present] : after;
  }
  if (mode === 'add' && present.length > 0) return [...present];
  const isSame = present.length === 1 && (field === 'bpm' ? sameBpm(present[0]!, own[0]!) : sameKey(present[0]!, own[0]!));
  return isSame ? [...present] : [own[0]!];
}

function sameGenres(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((genre, i) => genre === b[i]);
}

export function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value.normalize('NFC').trim() === b[i]!.normalize('NFC').trim());
}

/** "128", "127.4"; whole numbers where the format's field holds no other (ID3's TBPM, MP4's tmpo). Null for no sensible tempo. */
export function bpmText(tempoBpm: number | null, isWhole: boolean): string | null {
  if (tempoBpm === null || !(tempoBpm > 0) || tempoBpm > MAX_BPM) return null;
  const whole = Math.round(tempoBpm);
  return isWhole || Math.abs(tempoBpm - whole) < WHOLE_BPM ? String(whole) : tempoBpm.toFixed(1);
}

/** "128.00" says what "128" says. */
function sameBpm(present: string, own: string): boolean {
  const value = Number.parseFloat(present.replace(',', '.'));
  return own.includes('.') ? value.toFixed(1) === own : Math.round(value) === Number(own) && Math.abs(value - Number(own)) < 0.5;
}

const PITCHES: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
/** Pitch class of the major key 1B of the Camelot wheel; each number on is a fifth up. */
const CAMELOT_MAJOR_1 = 11;
const CAMELOT_MINOR_1 = 8;

/** "A minor" -> "Am", "F# major" -> "F#": ID3's TKEY, and what DJ programs read from INITIALKEY. Null when unknown. */
export function keyText(key: string | null): string | null {
  const [, tonic, mode] = /^([A-G][#b]?) (major|minor)$/.exec(key ?? '') ?? [];
  return tonic === undefined ? null : `${tonic}${mode === 'minor' ? 'm' : ''}`;
}

/** "Gbm", "f# minor", "11A" and "F#m" are one key: a person's notation stays. */
function sameKey(present: string, own: string): boolean {
  const a = readKey(present);
  const b = readKey(own);
  return a !== null && b !== null && a === b;
}

/** 0..23: pitch class, and 12 more for minor; null when it is not a key. */
function readKey(text: string): number | null {
  const cleaned = text.trim().replaceAll('♯', '#').replaceAll('♭', 'b');
  const camelot = /^(1[0-2]|[1-9])([AB])$/i.exec(cleaned);
  if (camelot) {
    const isMinor = camelot[2]!.toUpperCase() === 'A';
    return (((isMinor ? CAMELOT_MINOR_1 : CAMELOT_MAJOR_1) + 7 * (Number(camelot[1]) - 1)) % 12) + (isMinor ? 12 : 0);
  }
  const named = /^([A-G])([#b]?)\s*(m|min|minor|maj|major|M)?$/i.exec(cleaned);
  if (!named) return null;
  const accidental = named[2] === '#' ? 1 : named[2] === '' ? 0 : -1;
  const isMinor = /^(m|min|minor)$/.test(named[3] === 'M' ? 'M' : (named[3] ?? '').toLowerCase());
  return ((PITCHES[named[1]!.toLowerCase()]! + accidental + 12) % 12) + (isMinor ? 12 : 0);
}

/** What undo does with one field: gives the former values back unless somebody changed the field since. */
export function undoVerdict(
  field: TagField,
  before: readonly string[],
  written: readonly string[],
  present: readonly string[],
): 'restore' | 'edited' | 'already' {
  const isSame = (a: readonly string[], b: readonly string[]) =>
    field === 'genre' ? sameValues(a.map(genreKey), b.map(genreKey)) : sameValues(a, b);
  if (isSame(written, present)) return 'restore';
  return isSame(before, present) ? 'already' : 'edited';
}
