// `stemscape confusion`: which genres a model takes for which, as a table or as a picture.
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { StemscapeError } from '../../core/domain/errors.ts';
import { BUNDLED_MODEL_ID } from '../../core/domain/model.ts';
import type { Evaluation } from '../../core/domain/training.ts';
import { print, printJson, withApp } from '../context.ts';

export function addConfusion(program: Command): void {
  program
    .command('confusion')
    .description('which genres a model takes for which, on tracks it had not seen')
    .argument('[model]', "the model's id; the one in use, else the newest")
    .option('--png <file>', 'write a picture')
    .action(async (id: string | undefined, flags: { png?: string }, command: Command) => {
      await withApp(command, async (app, options) => {
        const models = app.models.list();
        const chosen = id ?? models.find((model) => model.isActive && model.id !== BUNDLED_MODEL_ID)?.id ?? models[0]!.id;
        const { name, evaluation } = app.models.get(chosen);
        if (!evaluation)
          throw new StemscapeError('model.unknown', `"${name}" was not trained here, so there is nothing to show.`);
        if (flags.png !== undefined) await writePicture(flags.png, name, evaluation);
        const genres = evaluation.perGenre.map((genre) => genre.name);
        if (options.json) printJson({ id: chosen, name, genres, confusion: evaluation.confusion, png: flags.png ?? null });
        else if (flags.png !== undefined) print(`Wrote ${flags.png}.`);
        else for (const line of matrixLines(genres, evaluation.confusion)) print(line);
      });
    });
}

async function writePicture(file: string, name: string, evaluation: Evaluation): Promise<void> {
  // Loaded only here: the canvas is large, and no other command needs it.
  const { confusionPicture } = await import('../confusion-picture.ts');
  const png = confusionPicture(`${name}: ${(100 * evaluation.accuracy).toFixed(1)} % right`, evaluation);
  try {
    await writeFile(file, png);
  } catch (cause) {
    throw new StemscapeError('export.failed', `${file} cannot be written.`, { cause });
  }
}

/** Rows as labelled, columns as guessed, by the numbers in front of the names. */
export function matrixLines(genres: readonly string[], confusion: readonly (readonly number[])[]): string[] {
  const width = Math.max(...genres.map((name) => name.length)) + 4;
  const cell = (value: number | string) => String(value).padStart(6);
  const lines = genres.map(
    (name, i) => `${String(i + 1).padStart(3)} ${name}`.padEnd(width + 2) + confusion[i]!.map(cell).join(''),
  );
  return ['labelled \\ guessed'.padEnd(width + 2) + genres.map((_, i) => cell(i + 1)).join(''), ...lines];
}
