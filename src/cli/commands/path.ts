// `stemscape path A B`: a way in sound from one track to another.
import type { Command } from 'commander';
import { withApp } from '../context.ts';
import { printNotes, printPlaces, printSummary } from '../playlist-lines.ts';
import { type MakingFlags, makingFrom, number } from '../playlist-making.ts';

export function addPath(program: Command): void {
  program
    .command('path')
    .argument('<from>', 'id or path of the first track')
    .argument('<to>', 'id or path of the last track')
    .option('--steps <n>', 'tracks between the two ends', number)
    .option('--filter <text>', 'only tracks that fit these rules')
    .option('--spread-artists', 'no artist twice in a row')
    .option('--save <name>', 'keep it as a playlist')
    .description('a path in sound from one track to another, in even steps')
    .action(async (from: string, to: string, flags: Partial<MakingFlags> & { save?: string }, command: Command) => {
      await withApp(command, async (app, options) => {
        const making = await makingFrom(app, { ...flags, from, to, seed: 1, tolerance: 30, arcOf: 'energy', tempoTolerance: 6 });
        if (making.by !== 'recipe') return;
        const { places, notes } = await app.recipes.preview(making.recipe, Number.MAX_SAFE_INTEGER);
        printPlaces(app, places, options);
        printNotes(notes);
        if (flags.save === undefined) return;
        const { playlist } = await app.recipes.make(flags.save, making.recipe);
        printSummary(playlist, options);
      });
    });
}
