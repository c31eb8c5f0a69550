// `stemscape export PLAYLIST --format m3u8 --out FILE`.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { PATH_STYLES, type PathStyle, PLAYLIST_FORMATS, type PlaylistFormat } from '../../core/domain/playlist.ts';
import { print, printJson, withApp } from '../context.ts';

export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<playlist>', "a playlist's id or name")
    .addOption(new Option('--format <format>', 'file format').choices(PLAYLIST_FORMATS).default('m3u8'))
    .addOption(new Option('--paths <style>', 'how tracks are named').choices(PATH_STYLES).default('relative'))
    .requiredOption('--out <file>', 'the file to write')
    .description('write a playlist to a file')
    .action(async (playlist: string, flags: { format: PlaylistFormat; paths: PathStyle; out: string }, command: Command) => {
      await withApp(command, async (app, options) => {
        const id = app.playlists.find(playlist);
        const written = await app.playlists.write(id, flags.format, flags.paths, resolve(flags.out));
        if (options.json) printJson({ path: written.path, nTracks: written.nTracks });
        else print(`${written.path}: ${written.nTracks} tracks`);
      });
    });
}
