// `stemscape playlists`: short for `playlist list`.
import type { Command } from 'commander';
import { withApp } from '../context.ts';
import { printSummary } from '../playlist-lines.ts';

export function addPlaylists(program: Command): void {
  program
    .command('playlists')
    .description('list the playlists with their sizes')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const playlist of app.playlists.list()) printSummary(playlist, options);
      });
    });
}
