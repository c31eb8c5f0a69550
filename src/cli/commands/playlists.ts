// `stemscape playlists`: the auto-playlists with their sizes.
import type { Command } from 'commander';
import { print, printJson, withApp } from '../context.ts';
import { formatDuration } from '../progress-line.ts';

export function addPlaylists(program: Command): void {
  program
    .command('playlists')
    .description('list the auto-playlists')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const playlist of app.playlists.list()) {
          if (options.json) printJson(playlist);
          else
            print(
              `${playlist.id.padEnd(22)} ${playlist.name.padEnd(18)} ${playlist.nTracks} tracks, ${formatDuration(playlist.durationSec)}`,
            );
        }
      });
    });
}
