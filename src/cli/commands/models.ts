// `stemscape models`: every version with its figures, which one is in use, the way back, and models as files.
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { App } from '../../core/app.ts';
import { StemscapeError } from '../../core/domain/errors.ts';
import { type GlobalOptions, print, printJson, withApp } from '../context.ts';
import { evaluationLines, modelComparisonLines, modelLine } from '../evaluation-text.ts';

type Act = (app: App, args: string[], options: GlobalOptions) => Promise<void>;

export function addModels(program: Command): void {
  const models = program.command('models').description('the models that were trained, and which one is in use');
  add(models, 'list', 'every model; * marks the one in use', list, { isDefault: true });
  add(models, 'show <id>', 'the figures of one model', show);
  add(models, 'use <id>', 'score the library with it and take it into use', use);
  add(models, 'rollback', 'back to the model that was in use before', rollback);
  add(models, 'compare <a> <b>', 'two models side by side', compare);
  add(models, 'rename <id> <name>', 'give it another name', rename);
  add(models, 'remove <id>', 'forget it', remove);
  add(models, 'export <id> <file>', 'write it to one file', exportModel);
  add(models, 'import <file>', 'take one in from a file', importModel);
}

function add(models: Command, usage: string, description: string, act: Act, options = {}): void {
  models
    .command(usage, options)
    .description(description)
    .action(async (...all: unknown[]) => {
      const command = all.at(-1) as Command;
      await withApp(command, (app, global) => act(app, command.args, global));
    });
}

const list: Act = async (app, _, { json }) => {
  for (const model of app.models.list()) {
    if (json) printJson(model);
    else print(modelLine(model));
  }
};

const show: Act = async (app, [id = ''], { json }) => {
  const model = app.models.get(id);
  if (json) return printJson(model);
  print(modelLine(model));
  print(`Hears with ${model.encoder}`);
  if (model.evaluation) for (const line of evaluationLines(model.evaluation)) print(line);
};

const use: Act = async (app, [id = ''], { json }) => {
  const { nTracks, seconds } = await app.models.use(id);
  if (json) printJson({ id, nTracks, seconds });
  else print(`In use now for ${nTracks} tracks (${seconds.toFixed(1)} s).`);
};

const rollback: Act = async (app, _, { json }) => {
  const { id } = await app.models.rollback();
  if (json) printJson({ id });
  else print(`Back to ${app.models.get(id).name}.`);
};

const compare: Act = async (app, [a = '', b = ''], { json }) => {
  const comparison = await app.models.compare(a, b);
  if (json) printJson(comparison);
  else for (const line of modelComparisonLines(comparison)) print(line);
};

const rename: Act = async (app, [id = '', name = ''], { json }) => {
  const model = await app.models.rename(id, name.trim());
  if (json) printJson(model);
  else print(modelLine(model));
};

const remove: Act = async (app, [id = ''], { json }) => {
  await app.models.remove(id);
  if (json) printJson({ id });
  else print('Removed.');
};

const exportModel: Act = async (app, [id = '', file = ''], { json }) => {
  const { bytes } = await app.models.export(id);
  try {
    await writeFile(file, bytes);
  } catch (cause) {
    throw new StemscapeError('export.failed', `${file} cannot be written.`, { cause });
  }
  if (json) printJson({ id, file, bytes: bytes.length });
  else print(`Wrote ${file}, ${(bytes.length / 1e6).toFixed(2)} MB.`);
};

const importModel: Act = async (app, [file = ''], { json }) => {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new StemscapeError('file.unreadable', `${file} cannot be read.`, { cause });
  });
  const model = await app.models.import(bytes);
  if (json) printJson(model);
  else print(modelLine(model));
};
