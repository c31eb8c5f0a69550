// `stemscape similar TRACK...`: tracks that sound like these, by the whole sound or by chosen stems.
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../../core/app.ts';
import type { Neighbour, SoundQuery } from '../../core/domain/neighbour.ts';
import { SOURCES } from '../../core/domain/stem.ts';
import { print, printJson, withApp } from '../context.ts';

interface Flags {
  by: SoundQuery['weights'];
  limit: number;
  diversity: number;
}

export function addSimilar(program: Command): void {
  program
    .command('similar')
    .argument('<tracks...>', 'ids or paths; several = what they have in common')
    .description('tracks that sound like these')
    .option(
      '--by <weights>',
      `what counts and how much, negative for unlike: drums=1,vocals=-0.5 (${SOURCES.join(', ')})`,
      parseWeights,
      {},
    )
    .option('--limit <n>', 'how many', parseLimit, 20)
    .option('--diversity <d>', '0 = nearest only, 1 = as different from each other as possible', parseDiversity, 0)
    .action(async (tracks: string[], { by, limit, diversity }: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        const trackIds = tracks.map((track) => app.tracks.find(track));
        const found = app.neighbours.similar({ trackIds, weights: by, limit, diversity, exclude: [] });
        for (const neighbour of found) {
          if (options.json) printJson({ ...neighbour, path: app.tracks.path(neighbour.trackId) });
          else print(lineOf(app, neighbour));
        }
        if (found.length === 0 && !options.json) print('No other track has been analysed.');
      });
    });
}

function lineOf(app: App, { trackId, distance, bySource }: Neighbour): string {
  const { title, artist, path } = app.tracks.get(trackId);
  const name = title === null ? path : `${artist ?? 'Unknown artist'} - ${title}`;
  const reasons = Object.entries(bySource).map(([source, apart]) => `${source} ${apart.toFixed(2)}`);
  return `${String(trackId).padStart(6)}  ${distance.toFixed(3)}  ${name}${reasons.length > 1 ? `  (${reasons.join(', ')})` : ''}`;
}

function parseWeights(text: string): SoundQuery['weights'] {
  const weights: SoundQuery['weights'] = {};
  for (const part of text.split(',')) {
    const [name, value = '1'] = part.split('=').map((word) => word.trim());
    const source = SOURCES.find((known) => known === name);
    const weight = Number(value);
    if (!source || value === '' || !(Math.abs(weight) <= 1)) {
      throw new InvalidArgumentError(`expected weights from -1 to 1 of ${SOURCES.join(', ')}, such as drums=1,vocals=-0.5.`);
    }
    weights[source] = weight;
  }
  return weights;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new InvalidArgumentError('a number from 1 to 1000 is expected.');
}

function parseDiversity(text: string): number {
  const diversity = Number(text);
  if (text.trim() !== '' && diversity >= 0 && diversity <= 1) return diversity;
  throw new InvalidArgumentError('a number from 0 to 1 is expected.');
}
