// Tags in files, in words: fields, modes, what a preview and a write amount to.
import type { CommandInput, CommandOutput, EventPayload } from '../../contract/index.ts';
import { countOf } from './format.ts';

export type TagPreview = CommandOutput<'tags.preview'>;
export type TagChange = TagPreview['changes'][number];
export type TagRefusal = TagPreview['refused'][number];
export type TagField = TagChange['field'];
export type TagMode = NonNullable<CommandInput<'tags.preview'>['mode']>;
export type TagProgress = EventPayload<'tags.progress'>;
export type TagResult = NonNullable<EventPayload<'tags.ended'>['result']>;
export type PastTagWrite = CommandOutput<'tags.history'>['writes'][number];

export const TAG_FIELD_NAMES: Readonly<Record<TagField, string>> = { genre: 'Genre', bpm: 'Tempo', key: 'Key' };

export const TAG_MODES: readonly { value: TagMode; name: string; does: string }[] = [
  {
    value: 'add',
    name: 'Add',
    does: 'Your genres go behind those the file has. A tempo or key that is there stays.',
  },
  { value: 'replace', name: 'Replace', does: 'The file has your genres only; tempo and key become those that were heard.' },
  { value: 'fill', name: 'Fill empty', does: 'Only fields that are empty are written.' },
];

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

/** "3 files change; 12 stay as they are; 1 cannot be written." */
export function previewSentence({ nFiles, nUnchanged, nRefused }: TagPreview): string {
  const parts = [`${countOf(nFiles, 'file')} ${nFiles === 1 ? 'changes' : 'change'}`];
  if (nUnchanged > 0) parts.push(`${countOf(nUnchanged, 'file')} ${nUnchanged === 1 ? 'stays as it is' : 'stay as they are'}`);
  if (nRefused > 0) parts.push(`${countOf(nRefused, 'file')} cannot be written`);
  return `${parts.join('; ')}.`;
}

/** What a write or an undo came to. */
export function accountSentence({ kind, nDone, nFailed, isCancelled }: TagResult): string {
  const verb = kind === 'write' ? 'Written into' : 'Former values given back to';
  const failed = nFailed > 0 ? `; ${countOf(nFailed, 'file')} left with a reason` : '';
  return `${verb} ${countOf(nDone, 'file')}${failed}${isCancelled ? '; then stopped' : ''}.`;
}

/** "12 files carry it, 3 undone, 1 failed" */
export function pastSentence({ nWritten, nUndone, nFailed }: PastTagWrite): string {
  const parts: string[] = [];
  if (nWritten > 0) parts.push(`${countOf(nWritten, 'file')} ${nWritten === 1 ? 'carries' : 'carry'} it`);
  if (nUndone > 0) parts.push(`${countOf(nUndone, 'file')} undone`);
  if (nFailed > 0) parts.push(`${countOf(nFailed, 'file')} left as ${nFailed === 1 ? 'it was' : 'they were'}`);
  return parts.length > 0 ? parts.join(', ') : 'no file was changed';
}

export function progressWords({ kind, done, total, nFailed }: TagProgress): string {
  const verb = { preview: 'Looked at', write: 'Written', undo: 'Undone' }[kind];
  return `${verb} ${done} of ${countOf(total, 'file')}${nFailed > 0 ? `, ${nFailed} failed` : ''}`;
}
