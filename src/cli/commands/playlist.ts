// `stemscape playlist list|show|new|...`: playlists that are kept, and those made by rules and recipes.

import type { Command } from 'commander';
import { playlistDeedWords } from '../../core/domain/playlist-deed-words.ts';
import { OPERATORS_OF, RULE_FIELDS } from '../../core/domain/smart-rule-fields.ts';
import { print, printJson, withApp } from '../context.ts';
import { printNotes, printPlaces, printSummary } from '../playlist-lines.ts';
import { addMakingFlags, type MakingFlags, makingFrom, number } from '../playlist-making.ts';

export function addPlaylist(program: Command): void {
  const playlist = program.command('playlist').description('list, make, change and remove playlists');
  addReading(playlist);
  addMaking(playlist);
  addChanging(playlist);
}

function addReading(playlist: Command): void {
  playlist
    .command('list')
    .description('every playlist')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const one of app.playlists.list()) printSummary(one, options);
      });
    });
  playlist
    .command('show')
    .argument('<playlist>', "a playlist's id or name")
    .option('--rules', 'its rules as text instead of its tracks')
    .description('the tracks of a playlist, with why each is there')
    .action(async (name: string, flags: { rules?: boolean }, command: Command) => {
      await withApp(command, async (app, options) => {
        const detail = app.playlists.get(name, 0, Number.MAX_SAFE_INTEGER);
        if (!flags.rules) printPlaces(app, detail.places, options);
        else if (options.json) printJson({ rules: detail.rules, recipe: detail.recipe });
        else if (detail.rules) print(app.recipes.writeText(detail.rules).trimEnd());
        else print(detail.recipe ? JSON.stringify(detail.recipe, null, 2) : 'It follows no rules.');
      });
    });
  playlist
    .command('moods')
    .description('groups of tracks alike in mood')
    .option('--seed <n>', 'another seed may group them otherwise', number, 1)
    .action(async (flags: { seed: number }, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const mood of await app.recipes.moods(flags.seed)) {
          if (options.json) printJson(mood);
          else print(`${String(mood.nTracks).padStart(6)} tracks  ${mood.name}`);
        }
      });
    });
  playlist
    .command('fields')
    .description('what rules can ask for')
    .action((_flags: object, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      for (const field of RULE_FIELDS) {
        const words = field.choices && field.choices.length <= 4 ? ` (${field.choices.join(', ')})` : '';
        if (json) printJson({ ...field, operators: OPERATORS_OF[field.type] });
        else print(`${field.name.padEnd(18)} ${field.label}${field.unit === null ? '' : `, ${field.unit}`}${words}`);
      }
    });
}

function addMaking(playlist: Command): void {
  addMakingFlags(playlist.command('new').argument('<name>', 'what it is called'))
    .option('--dry-run', 'only show what would be in it')
    .description('make a playlist of rules or a recipe; alone, --rules stay live')
    .action(async (name: string, flags: MakingFlags & { dryRun?: boolean }, command: Command) => {
      await withApp(command, async (app, options) => {
        const making = await makingFrom(app, flags);
        if (flags.dryRun) {
          const all = Number.MAX_SAFE_INTEGER;
          const preview =
            making.by === 'rules' ? app.recipes.previewRules(making.rules, all) : await app.recipes.preview(making.recipe, all);
          printPlaces(app, preview.places, options);
          printNotes(preview.notes);
          return;
        }
        const made = making.by === 'rules' ? app.recipes.makeByRules(name, making.rules) : app.recipes.make(name, making.recipe);
        const { playlist: kept, notes } = await made;
        printSummary(kept, options);
        printNotes(notes);
      });
    });
  playlist
    .command('remake')
    .argument('<playlist>', "a playlist's id or name")
    .option('--seed <n>', 'another seed makes another list', number)
    .description('make a playlist again from its recipe')
    .action(async (name: string, flags: { seed?: number }, command: Command) => {
      await withApp(command, async (app, options) => {
        const { playlist: made, notes } = await app.recipes.remake(name, flags.seed ?? null);
        printSummary(made, options);
        printNotes(notes);
      });
    });
}

function addChanging(playlist: Command): void {
  playlist
    .command('add')
    .argument('<playlist>', 'a name; made when new')
    .argument('<tracks...>', 'ids or paths')
    .description('add tracks to the end of a playlist')
    .action(async (name: string, tracks: string[], _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const ids = tracks.map((track) => app.tracks.find(track));
        if (app.playlists.has(name)) await app.keptPlaylists.addTracks(name, ids);
        else await app.keptPlaylists.create(name, ids);
        printSummary(app.playlists.summary(name), options);
      });
    });
  playlist
    .command('rename')
    .argument('<playlist>', "a playlist's id or name")
    .argument('<name>', 'its new name')
    .description('give a playlist another name')
    .action(async (name: string, next: string, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => printSummary(await app.keptPlaylists.rename(name, next), options));
    });
  playlist
    .command('remove')
    .argument('<playlist>', "a playlist's id or name")
    .description('remove a playlist; its files stay')
    .action(async (name: string, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        await app.keptPlaylists.remove(name);
        if (options.json) printJson({ removed: name });
        else print(`Removed ${name}. “stemscape playlist undo” brings it back.`);
      });
    });
  for (const way of ['undo', 'redo'] as const) {
    playlist
      .command(way)
      .description(way === 'undo' ? 'take the last change back' : 'do again what was taken back')
      .action(async (_flags: object, command: Command) => {
        await withApp(command, async (app, options) => {
          const deed = await app.keptPlaylists[way]();
          const sentence = deed && playlistDeedWords(deed);
          if (options.json) printJson({ [way]: sentence });
          else
            print(
              sentence === null ? `There is nothing to ${way}.` : `${way === 'undo' ? 'Taken back' : 'Done again'}: ${sentence}.`,
            );
        });
      });
  }
}
