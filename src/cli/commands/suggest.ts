// `stemscape suggest`: which tracks to label next, or which labels look wrong.

import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../../core/app.ts';
import { doubtSentence, suggestionSentence } from '../../core/domain/suggestion-words.ts';
import { print, printJson, withApp } from '../context.ts';

export function addSuggest(program: Command): void {
  program
    .command('suggest')
    .description('tracks worth labelling next; --doubts: labels that the others contradict')
    .option('--doubts', 'labels that look wrong instead')
    .option('--limit <n>', 'how many', parseLimit, 10)
    .action(async (flags: { doubts?: boolean; limit: number }, command: Command) => {
      await withApp(command, async (app, options) => {
        const lines = flags.doubts ? await doubtLines(app, flags.limit) : await suggestionLines(app, flags.limit);
        for (const { line, value } of lines) {
          if (options.json) printJson(value);
          else print(line);
        }
        if (lines.length === 0 && !options.json) print(flags.doubts ? 'No label looks wrong.' : 'Nothing is left to label.');
      });
    });
}

interface Line {
  line: string;
  value: object;
}

async function suggestionLines(app: App, limit: number): Promise<Line[]> {
  const { suggestions } = await app.suggestions.next(limit, []);
  return suggestions.map((value) => {
    const guesses = value.guesses.map(({ name, probability }) => `${name} ${Math.round(probability * 100)} %`).join(', ');
    return { value, line: `${nameOf(app, value.trackId)}\n        ${guesses}. ${suggestionSentence(value)}` };
  });
}

async function doubtLines(app: App, limit: number): Promise<Line[]> {
  const { doubts } = await app.suggestions.doubts(limit);
  return doubts.map((value) => ({ value, line: `${nameOf(app, value.trackId)}\n        ${doubtSentence(value)}` }));
}

function nameOf(app: App, id: number): string {
  const track = app.tracks.get(id);
  const name = track.title === null ? track.path : `${track.artist ?? 'Unknown artist'} - ${track.title}`;
  return `${String(id).padStart(6)}  ${name}`;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new InvalidArgumentError('a number from 1 to 1000 is expected.');
}
