// `stemscape export PLAYLIST --format m3u8 --out FILE`; with --links a folder of links or copies.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { PATH_STYLES, type PathStyle, PLAYLIST_FORMATS, type PlaylistFormat } from '../../core/domain/playlist.ts';
import {
  type LeftOut,
  LINK_KINDS,
  type LinkKind,
  PATH_SEPARATORS,
  type PathRewrite,
  type PathSeparators,
  PLAYLIST_ENCODINGS,
  type PlaylistEncoding,
  pathRewriteSchema,
} from '../../core/domain/playlist-files.ts';
import { EXIT, interruptSignal, print, printJson, withApp } from '../context.ts';

interface ExportFlags {
  format: PlaylistFormat;
  pathStyle: PathStyle;
  paths?: PathStyle;
  rewrite?: PathRewrite[];
  separators: PathSeparators;
  bom: boolean;
  encoding?: PlaylistEncoding;
  links?: LinkKind;
  playlistFile: boolean;
  insideMusic: boolean;
  out: string;
  keep: boolean;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<playlist>', "a playlist's id or name")
    .addOption(new Option('--format <format>', 'file format').choices(PLAYLIST_FORMATS).default('m3u8'))
    .requiredOption('--out <path>', 'the file to write; for serato and --links the folder')
    .addOption(new Option('--path-style <style>', 'how tracks are named').choices(PATH_STYLES).default('relative'))
    .addOption(new Option('--paths <style>').choices(PATH_STYLES).hideHelp())
    .option('--rewrite <from=to>', 'a folder here and its name on the device; may be repeated', addRewrite)
    .addOption(new Option('--separators <kind>', 'between folders').choices(PATH_SEPARATORS).default('native'))
    .option('--bom', 'begin with a byte order mark, for old players', false)
    .addOption(new Option('--encoding <name>', 'of an m3u file; windows-1252 unless named').choices(PLAYLIST_ENCODINGS))
    .option('--keep', 'do not replace a file that is there', false)
    .addOption(new Option('--links <kind>', 'fill a folder with links or copies instead').choices(LINK_KINDS))
    .option('--no-playlist-file', 'with --links: no M3U8 beside the files')
    .option('--inside-music', 'with --links: also inside a music folder', false)
    .description('write a playlist for other programs, or a folder of links or copies')
    .action((playlist: string, flags: ExportFlags, command: Command) =>
      flags.links ? fillFolder(playlist, flags.links, flags, command) : writeFile(playlist, flags, command),
    );
}

function addRewrite(pair: string, before: PathRewrite[] = []): PathRewrite[] {
  const at = pair.indexOf('=');
  const parsed = pathRewriteSchema.safeParse({ from: pair.slice(0, Math.max(0, at)), to: pair.slice(at + 1) });
  if (parsed.success) return [...before, { ...parsed.data, from: resolve(parsed.data.from) }];
  throw new InvalidArgumentError('write /home/me/Music=/mnt/sd/Music, the second one absolute.');
}

async function writeFile(playlist: string, flags: ExportFlags, command: Command): Promise<void> {
  const { format, rewrite: rewrites = [], separators, bom } = flags;
  const pathStyle = flags.paths ?? flags.pathStyle;
  const choice = { format, pathStyle, rewrites, separators, bom, encoding: flags.encoding ?? null };
  await withApp(command, async (app, options) => {
    const { paths, nTracks, leftOut, notes } = await app.playlistFiles.write(playlist, choice, resolve(flags.out), !flags.keep);
    if (options.json) printJson({ path: paths[0], paths, nTracks, leftOut, notes });
    else for (const path of paths) print(`${path}: ${countOf(nTracks)}`);
    for (const note of notes) tell(note);
    tellLeftOut(leftOut, nTracks);
  });
}

async function fillFolder(playlist: string, kind: LinkKind, flags: ExportFlags, command: Command): Promise<void> {
  const { insideMusic, playlistFile: withPlaylist } = flags;
  const request = { folder: resolve(flags.out), kind, style: flags.paths ?? flags.pathStyle, withPlaylist, insideMusic };
  await withApp(command, async (app, options) => {
    const { folder, nTracks, leftOut } = await app.playlistFiles.fill(playlist, request, {
      signal: interruptSignal(),
      onProgress: ({ done, total }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
      },
    });
    if (options.json) printJson({ folder, nTracks, leftOut });
    else print(`${folder}: ${countOf(nTracks)}`);
    tellLeftOut(leftOut, nTracks);
  });
}

function tellLeftOut(leftOut: readonly LeftOut[], nWritten: number): void {
  if (leftOut.length === 0) return;
  tell(`${leftOut.length} of ${countOf(leftOut.length + nWritten)} left out:`);
  for (const { path, reason } of leftOut) tell(`  ${path}: ${reason}`);
  process.exitCode = EXIT.someFailed;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function countOf(n: number): string {
  return n === 1 ? '1 track' : `${n} tracks`;
}
