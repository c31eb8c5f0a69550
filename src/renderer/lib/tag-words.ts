// Tags in files, in words: fields, modes, what a preview and a write amount to.
import type { CommandInput, CommandOutput, EventPayload } from '../../contract/index.ts';
import { countOf } from './format.ts';
import { t } from './language.ts';

export type TagPreview = CommandOutput<'tags.preview'>;
export type TagChange = TagPreview['changes'][number];
export type TagRefusal = TagPreview['refused'][number];
export type TagField = TagChange['field'];
export type TagMode = NonNullable<CommandInput<'tags.preview'>['mode']>;
export type TagProgress = EventPayload<'tags.progress'>;
export type TagResult = NonNullable<EventPayload<'tags.ended'>['result']>;
export type PastTagWrite = CommandOutput<'tags.history'>['writes'][number];

export const TAG_FIELDS: readonly TagField[] = ['genre', 'bpm', 'key'];
export const TAG_MODES: readonly TagMode[] = ['add', 'replace', 'fill'];

export function tagFieldName(field: TagField): string {
  return t(`tags.field_${field}`);
}

export function tagModeName(mode: TagMode): string {
  return t(`tags.mode_${mode}`);
}

/** What a mode makes of what the file has. */
export function tagModeDoes(mode: TagMode): string {
  return t(`tags.does_${mode}`);
}

/** Changes of one file, which follow each other in a preview. */
export interface FileChanges {
  trackId: number;
  path: string;
  changes: TagChange[];
}

export function groupByFile(changes: readonly TagChange[]): FileChanges[] {
  const files: FileChanges[] = [];
  for (const change of changes) {
    const last = files.at(-1);
    if (last?.trackId === change.trackId) last.changes.push(change);
    else files.push({ trackId: change.trackId, path: change.path, changes: [change] });
  }
  return files;
}

/** "3 files change; 12 files stay as they are; 1 file cannot be written." */
export function previewSentence({ nFiles, nUnchanged, nRefused }: TagPreview): string {
  const parts = [t('tags.changed', { n: nFiles })];
  if (nUnchanged > 0) parts.push(t('tags.unchanged', { n: nUnchanged }));
  if (nRefused > 0) parts.push(t('tags.refused', { n: nRefused }));
  return sentenceOf(parts);
}

/** What a write or an undo came to. */
export function accountSentence({ kind, nDone, nFailed, isCancelled }: TagResult): string {
  const files = countOf(nDone, 'file');
  const parts = [kind === 'write' ? t('tags.written', { files }) : t('tags.givenBack', { files })];
  if (nFailed > 0) parts.push(t('tags.leftWithReason', { n: nFailed }));
  if (isCancelled) parts.push(t('tags.thenStopped'));
  return sentenceOf(parts);
}

/** "12 files carry it, 3 files undone, 1 file left as it was" */
export function pastSentence({ nWritten, nUndone, nFailed }: PastTagWrite): string {
  const parts: string[] = [];
  if (nWritten > 0) parts.push(t('tags.carry', { n: nWritten }));
  if (nUndone > 0) parts.push(t('tags.undoneFiles', { n: nUndone }));
  if (nFailed > 0) parts.push(t('tags.leftAsWere', { n: nFailed }));
  return parts.length > 0 ? parts.join(', ') : t('tags.noneChanged');
}

const WROTE = /^Wrote ((?:genre|tempo|key)(?:, (?:genre|tempo|key))*) into /;

/** The journal keeps its English sentence, "Wrote genre, tempo into 3 tracks"; said anew from its fields. */
export function writeInWords({ sentence, nFiles }: PastTagWrite): string {
  const fields = WROTE.exec(sentence)?.[1]?.split(', ') as ('genre' | 'tempo' | 'key')[] | undefined;
  return fields
    ? t('tags.wrote', { fields: fields.map((field) => t(`tags.wroteField_${field}`)).join(', '), n: nFiles })
    : sentence;
}

export function progressWords({ kind, done, total, nFailed }: TagProgress): string {
  const progress = t(`tags.progress_${kind}`, { done, total: countOf(total, 'file') });
  return nFailed > 0 ? t('tags.progressFailed', { progress, n: nFailed }) : progress;
}

function sentenceOf(parts: readonly string[]): string {
  return t('tags.sentence', { parts: parts.reduce((first, second) => t('tags.partsJoined', { first, second })) });
}
