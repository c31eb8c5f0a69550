// `stemscape tags`: what would be written into files, writing it, taking it back.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../../core/app.ts';
import { StemscapeError } from '../../core/domain/errors.ts';
import type { LabelTarget } from '../../core/domain/label.ts';
import {
  TAG_FIELDS,
  TAG_MODES,
  type TagChange,
  type TagField,
  type TagMode,
  type TagPreview,
  type TagProgress,
  type TagRefusal,
  type TagWriteRequest,
  type TagWriteResult,
} from '../../core/domain/tag-write.ts';
import { EXIT, type GlobalOptions, interruptSignal, print, printJson, withApp } from '../context.ts';

interface Flags {
  field: TagField[];
  mode: string;
  guesses?: number;
  folder?: string;
  search?: string;
  all?: boolean;
  yes?: boolean;
}

const PAGE = 1000;

export function addTags(program: Command): void {
  const tags = program.command('tags').description('write your genres, tempo and key into files, and take it back');
  withTarget(tags.command('preview'), 'what would change in the files; nothing is written').action(
    async (tracks: string[], flags: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        const listeners = { signal: interruptSignal(), onProgress: progressOf(options) };
        tellPreview(app, await app.tags.preview(requestOf(app, tracks, flags), PAGE, listeners), options);
      });
    },
  );
  withTarget(tags.command('write'), 'write into the files; shows the changes and needs --yes')
    .option('-y, --yes', 'write the changes')
    .action(async (tracks: string[], flags: Flags, command: Command) => {
      await withApp(command, (app, options) => write(app, options, tracks, flags));
    });
  addUndo(tags);
  addHistory(tags);
}

function withTarget(command: Command, description: string): Command {
  const collect = (value: string, all: TagField[]): TagField[] => [...all, fieldNamed(value)];
  return command
    .argument('[track...]', 'ids or paths of tracks')
    .description(description)
    .option('-f, --field <name>', `${TAG_FIELDS.join(', ')}; may be repeated (default: genre)`, collect, [])
    .option('--mode <mode>', 'add to the genres there, replace them, or fill empty fields only', 'add')
    .option('--guesses <confidence>', 'where you gave no label, take guesses at least this sure (0..1)', confidenceFrom)
    .option('--folder <dir>', 'every track below this folder')
    .option('--search <text>', 'every track that this search finds')
    .option('--all', 'every track');
}

function fieldNamed(value: string): TagField {
  const field = TAG_FIELDS.find((name) => name === value);
  if (!field) throw new InvalidArgumentError(`Fields are ${TAG_FIELDS.join(', ')}.`);
  return field;
}

function confidenceFrom(value: string): number {
  const confidence = Number(value);
  if (!(confidence >= 0 && confidence <= 1)) throw new InvalidArgumentError('A confidence lies between 0 and 1.');
  return confidence;
}

function requestOf(app: App, tracks: readonly string[], flags: Flags): TagWriteRequest {
  const mode = TAG_MODES.find((name) => name === flags.mode);
  if (!mode) throw new StemscapeError('input.invalid', `--mode is ${TAG_MODES.join(', ')}.`);
  const fields = flags.field.length > 0 ? flags.field : (['genre'] as const);
  return { target: targetOf(app, tracks, flags), fields, mode: mode satisfies TagMode, guessFrom: flags.guesses ?? null };
}

function targetOf(app: App, tracks: readonly string[], { folder, search, all }: Flags): LabelTarget {
  const named = [tracks.length > 0, folder !== undefined, search !== undefined, all === true].filter(Boolean).length;
  if (named !== 1) throw new StemscapeError('input.invalid', 'Name tracks, or a --folder, or a --search, or --all: one of them.');
  if (folder !== undefined) return { kind: 'folder', path: resolve(folder) };
  if (tracks.length > 0) return { kind: 'tracks', ids: tracks.map((track) => app.tracks.find(track)) };
  return { kind: 'query', search: search ?? '', genre: null, playlistId: null };
}

function* allChanges(app: App, { planId, nChanges }: TagPreview): Generator<TagChange> {
  for (let offset = 0; offset < nChanges; offset += PAGE) yield* app.tags.changes(planId, offset, PAGE);
}

function tellPreview(app: App, preview: TagPreview, options: GlobalOptions): void {
  if (options.json) {
    printJson({ ...preview, changes: [...allChanges(app, preview)] });
    return;
  }
  const shown = (values: readonly string[]) => (values.length === 0 ? '(empty)' : values.join(' | '));
  let path = '';
  for (const change of allChanges(app, preview)) {
    if (change.path !== path) print(change.path);
    path = change.path;
    print(`  ${change.field}: ${shown(change.before)} -> ${shown(change.after)}`);
  }
  tellRefused(preview.refused);
  if (preview.nRefused > preview.refused.length) print(`and ${preview.nRefused - preview.refused.length} more.`);
  print(`${preview.nChanges} changes in ${preview.nFiles} files; ${preview.nUnchanged} files stay as they are.`);
}

function tellRefused(refused: readonly TagRefusal[]): void {
  for (const { path, field, reason } of refused) print(`${path}${field === null ? '' : ` (${field})`}: ${reason.message}`);
}

async function write(app: App, options: GlobalOptions, tracks: readonly string[], flags: Flags): Promise<void> {
  const listeners = { signal: interruptSignal(), onProgress: progressOf(options) };
  const preview = await app.tags.preview(requestOf(app, tracks, flags), PAGE, listeners);
  if (flags.yes !== true) {
    tellPreview(app, preview, options);
    if (!options.json) print('Nothing was written. Add --yes to write this.');
    process.exitCode = EXIT.usage;
    return;
  }
  if (!options.json) tellPreview(app, preview, options);
  if (preview.nFiles === 0) {
    if (options.json) printJson({ preview, result: null });
    return;
  }
  const result = await app.tags.write(preview.planId, listeners).done;
  finish(result, options, { preview, result });
}

function addUndo(tags: Command): void {
  tags
    .command('undo')
    .argument('[write]', 'number of the write, from "tags history" (default: the latest that can be undone)')
    .description('give the files their former values back; fields that were changed since stay')
    .action(async (write: string | undefined, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const latest = app.tags.history(PAGE).find(({ nWritten }) => nWritten > 0);
        const writeId = write === undefined ? latest?.id : Number(write);
        if (writeId === undefined) throw new StemscapeError('tags.unknown', 'There is nothing to undo.');
        const result = await app.tags.undo(writeId, { signal: interruptSignal(), onProgress: progressOf(options) }).done;
        finish(result, options, result);
      });
    });
}

function addHistory(tags: Command): void {
  tags
    .command('history')
    .description('what was written so far, the latest first')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const write of app.tags.history(PAGE)) {
          if (options.json) printJson(write);
          else {
            const { id, atMs, sentence, nWritten, nUndone, nFailed } = write;
            const state = `${nWritten} written, ${nUndone} undone, ${nFailed} failed`;
            print(`${String(id).padStart(4)}  ${new Date(atMs).toLocaleString()}  ${sentence}: ${state}`);
          }
        }
      });
    });
}

function progressOf(options: GlobalOptions): (progress: TagProgress) => void {
  if (options.json || !process.stderr.isTTY) return () => {};
  return ({ kind, done, total, nFailed }) => {
    const words = { preview: 'Looking at', write: 'Writing', undo: 'Undoing' }[kind];
    process.stderr.write(
      `\r${words} ${done} of ${total}${nFailed > 0 ? `, ${nFailed} failed` : ''}${done === total ? '\n' : ''}`,
    );
  };
}

function finish(result: TagWriteResult, options: GlobalOptions, json: object): void {
  if (options.json) printJson(json);
  else {
    tellRefused(result.failed);
    const words = result.kind === 'write' ? 'written' : 'given their former values';
    print(`${result.nDone} files ${words}, ${result.nFailed} left with a reason${result.isCancelled ? ', then stopped' : ''}.`);
    if (result.kind === 'write' && result.nDone > 0) print(`"stemscape tags undo ${result.writeId}" takes it back.`);
  }
  if (result.nFailed > 0) process.exitCode = EXIT.someFailed;
}
