// `stemscape label`: sets a person's own genres on tracks, a folder or everything a search finds.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../core/app.ts';
import { StemscapeError } from '../../core/domain/errors.ts';
import type { LabelMode, LabelTarget } from '../../core/domain/label.ts';
import { print, printJson, withApp } from '../context.ts';

interface Flags {
  genre: string[];
  add?: boolean;
  remove?: boolean;
  clear?: boolean;
  folder?: string;
  search?: string;
}

export function addLabel(program: Command): void {
  const collect = (value: string, all: string[]): string[] => [...all, value];
  program
    .command('label')
    .argument('[track...]', 'ids or paths of tracks')
    .description('label tracks with your own genres; the first genre is the primary one')
    .option('-g, --genre <name>', 'a genre, made when new; may be repeated', collect, [])
    .option('--add', 'keep the labels there are')
    .option('--remove', 'take these genres away')
    .option('--clear', 'remove the labels by hand')
    .option('--folder <dir>', 'every track below this folder')
    .option('--search <text>', 'every track that this search finds')
    .action(async (tracks: string[], flags: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        const action = await app.labels.set(targetOf(app, tracks, flags), flags.genre, modeOf(flags));
        if (options.json) printJson(action);
        else print(`${action.sentence}. "stemscape labels undo" takes it back.`);
      });
    });
}

function modeOf(flags: Flags): LabelMode {
  const chosen = (['add', 'remove', 'clear'] as const).filter((name) => flags[name]);
  if (chosen.length > 1) throw new StemscapeError('input.invalid', `--${chosen.join(' and --')} do not go together.`);
  if (flags.clear && flags.genre.length > 0) throw new StemscapeError('input.invalid', '--clear takes no --genre.');
  if (!flags.clear && flags.genre.length === 0) throw new StemscapeError('input.invalid', 'Name a genre with --genre.');
  return flags.add ? 'add' : flags.remove ? 'remove' : 'replace';
}

function targetOf(app: App, tracks: readonly string[], { folder, search }: Flags): LabelTarget {
  const named = [tracks.length > 0, folder !== undefined, search !== undefined].filter(Boolean).length;
  if (named !== 1) throw new StemscapeError('input.invalid', 'Name tracks, or a --folder, or a --search: one of them.');
  if (folder !== undefined) return { kind: 'folder', path: resolve(folder) };
  if (search !== undefined) return { kind: 'query', search, genre: null, playlistId: null };
  return { kind: 'tracks', ids: tracks.map((track) => app.tracks.find(track)) };
}
