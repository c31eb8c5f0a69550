// `stemscape why`: which windows and which stems speak for a track's genre.
import type { Command } from 'commander';
import { print, printJson, withApp } from '../context.ts';
import { formatDuration } from '../progress-line.ts';

export function addWhy(program: Command): void {
  program
    .command('why')
    .description('why a track has its genre: what its windows say, and what changes without each stem')
    .argument('<track>', 'id or path')
    .action(async (idOrPath: string, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const id = app.tracks.find(idOrPath);
        const explanation = await app.explanations.explain(id);
        if (options.json) return printJson({ id, ...explanation });
        const { genre, probability, windows, stems, sentence } = explanation;
        print(`${genre} ${percent(probability)}. ${sentence}`);
        for (const { startSec, lengthSec, probability: share } of windows)
          print(`  ${formatDuration(startSec)} to ${formatDuration(startSec + lengthSec)}  ${percent(share)}`);
        for (const { stem, probabilityWithout, genreWithout } of stems) {
          const turned = genreWithout === genre ? '' : `, then likeliest ${genreWithout}`;
          print(`  without ${stem.padEnd(7)} ${percent(probabilityWithout)}${turned}`);
        }
      });
    });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`.padStart(5);
}
