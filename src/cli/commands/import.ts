// `stemscape import FILE`: playlists of other programs become playlists of this library.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type ImportedPlaylist, PLAYLIST_ENCODINGS, type PlaylistEncoding } from '../../core/domain/playlist-files.ts';
import { EXIT, print, printJson, withApp } from '../context.ts';

interface ImportFlags {
  name?: string;
  encoding?: PlaylistEncoding;
  dryRun: boolean;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'M3U, M3U8, PLS, XSPF, JSPF or iTunes XML')
    .option('--name <name>', "instead of the file's own name")
    .addOption(new Option('--encoding <name>', 'of a file that is not UTF-8').choices(PLAYLIST_ENCODINGS))
    .option('--dry-run', 'only tell what would be found', false)
    .description('read playlists of other programs')
    .action(async (file: string, { name, encoding, dryRun }: ImportFlags, command: Command) => {
      await withApp(command, async (app, options) => {
        const request = { file: { path: resolve(file) }, name: name ?? null, encoding: encoding ?? null, isTrial: dryRun };
        const imported = await app.playlistFiles.import(request);
        for (const playlist of imported) {
          if (options.json) printJson(playlist);
          else tell(playlist);
        }
        if (imported.some(({ unmatched }) => unmatched.length > 0)) process.exitCode = EXIT.someFailed;
      });
    });
}

function tell({ name, id, matched, unmatched }: ImportedPlaylist): void {
  const total = matched.length + unmatched.length;
  print(`${name}${id === null ? '' : ` (${id})`}: ${matched.length} of ${total} entries found`);
  for (const { location, label, reason } of unmatched) {
    process.stderr.write(`  ${label === null ? location : `${label} (${location})`}: ${reason}\n`);
  }
}
