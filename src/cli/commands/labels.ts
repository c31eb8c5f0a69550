// `stemscape labels`: genres and labels as a whole: list, import, export, undo, redo, tag rules.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { StemscapeError } from '../../core/domain/errors.ts';
import type { Genre } from '../../core/domain/genre.ts';
import type { LabelAction, LabelFileFormat } from '../../core/domain/label.ts';
import { type GlobalOptions, print, printJson, withApp } from '../context.ts';

export function addLabels(program: Command): void {
  const labels = program.command('labels').description('your genres and labels as a whole');
  addGenres(labels);
  addList(labels);
  addFiles(labels);
  addHistory(labels);
  addRules(labels);
}

function addGenres(labels: Command): void {
  labels
    .command('genres', { isDefault: true })
    .description('your genres and how many tracks each has')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const genres = app.genres.list();
        if (options.json) return printJson(genres);
        if (genres.length === 0) print('No genres of your own yet: "stemscape label TRACK --genre NAME" makes the first.');
        for (const genre of genres) print(`${'  '.repeat(depthOf(genre, genres))}${genre.name}  ${genre.nTracks}`);
      });
    });
}

function depthOf(genre: Genre, all: readonly Genre[]): number {
  const parent = all.find(({ id }) => id === genre.parentId);
  return parent ? depthOf(parent, all) + 1 : 0;
}

function addList(labels: Command): void {
  labels
    .command('list')
    .description('the labelled tracks, each with its genres, the primary one first')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const labelled of app.labels.list()) {
          if (options.json) printJson(labelled);
          else print(`${labelled.path}  ${labelled.genres.join(', ')}`);
        }
      });
    });
}

function addFiles(labels: Command): void {
  labels
    .command('import')
    .argument('<file>', 'CSV (path,genre[,genre...]) or JSON')
    .description('read labels from a file; labels by hand stay as they are')
    .action(async (file: string, _flags: object, command: Command) => {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new StemscapeError('file.unreadable', `The file ${file} cannot be read.`, { cause });
      });
      await withApp(command, async (app, options) => {
        const result = await app.labels.importFile(text, formatOf(file), dirname(resolve(file)));
        if (options.json) return printJson(result);
        print(`${result.nTracks} tracks labelled with ${result.nLabels} labels; ${result.newGenres.length} new genres.`);
        if (result.unknownPaths.length > 0) print(`${result.unknownPaths.length} paths are not in the library:`);
        for (const path of result.unknownPaths) print(`  ${path}`);
      });
    });
  labels
    .command('export')
    .argument('<file>', 'written as CSV or JSON, by its ending')
    .description('write your labels into a file')
    .action(async (file: string, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const { text, nTracks } = app.labels.exportFile(formatOf(file));
        await writeFile(file, text).catch((cause: unknown) => {
          throw new StemscapeError('export.failed', `The file ${file} cannot be written.`, { cause });
        });
        if (options.json) printJson({ path: resolve(file), nTracks });
        else print(`${nTracks} labelled tracks written to ${file}.`);
      });
    });
}

function formatOf(file: string): LabelFileFormat {
  const ending = extname(file).toLowerCase();
  if (ending === '.csv' || ending === '.json') return ending.slice(1) as LabelFileFormat;
  throw new StemscapeError('input.invalid', `Label files end in .csv or .json; ${file} does not.`);
}

function addHistory(labels: Command): void {
  for (const name of ['undo', 'redo'] as const) {
    labels
      .command(name)
      .description(name === 'undo' ? 'take the last act of labelling back' : 'do again what was taken back')
      .action(async (_flags: object, command: Command) => {
        await withApp(command, async (app, options) => tell(name, await app.labels[name](), options));
      });
  }
}

function tell(name: 'undo' | 'redo', action: LabelAction | null, options: GlobalOptions): void {
  if (options.json) printJson(action);
  else if (action === null) print(`There is nothing to ${name}.`);
  else print(`${name === 'undo' ? 'Undone' : 'Done again'}: ${action.sentence}.`);
}

function addRules(labels: Command): void {
  labels
    .command('rules')
    .description('the genres found in files and what the tag rules make of them')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const { rules, fileGenres } = app.labels.tagRules();
        if (options.json) return printJson({ rules, fileGenres });
        for (const { tag, nTracks, genre } of fileGenres)
          print(`${String(nTracks).padStart(6)}  ${tag}  ->  ${genre ?? '(left out)'}`);
      });
    });
}
