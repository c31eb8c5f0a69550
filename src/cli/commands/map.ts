// `stemscape map`: draws the library as a map, in a picture or a page, and prints what its neighbourhoods are worth.
import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../../core/app.ts';
import { StemscapeError } from '../../core/domain/errors.ts';
import {
  DEFAULT_PERPLEXITY,
  MAP_COLOURS,
  MAP_SOURCES,
  type MapColour,
  type MapProgress,
  type MapSource,
  type MapSummary,
} from '../../core/domain/map.ts';
import { seedOf } from '../arguments.ts';
import { EXIT, print, printJson, withApp } from '../context.ts';
import { figureLines, type MapDrawing, mapDrawing } from '../map/map-drawing.ts';
import { mapPage } from '../map/map-page.ts';
import { formatDuration } from '../progress-line.ts';

interface Flags {
  source: MapSource;
  color: MapColour;
  png?: string;
  html?: string;
  seed: number;
  perplexity: number;
  refresh?: boolean;
}

const STAGE_WORDS: Record<MapProgress['stage'], string> = {
  read: 'Reading the library',
  latent: 'Learning to describe the sounds',
  neighbours: 'Looking for neighbours',
  arrange: 'Arranging the map',
  describe: 'Naming its regions',
  done: 'Done',
};

export function addMap(program: Command): void {
  program
    .command('map')
    .description('the library as a map: tracks that sound alike lie together')
    .addOption(new Option('--source <source>', 'what it is drawn from').choices(MAP_SOURCES).default('sound'))
    .addOption(new Option('--color <what>', 'what points are coloured by').choices(MAP_COLOURS).default('genre'))
    .option('--png <file>', 'write a picture')
    .option('--html <file>', 'write a page to explore')
    .option('--seed <n>', 'the same library and seed give the same map', seedOf, 1)
    .option('--perplexity <n>', 'about how many neighbours a track looks at', perplexityOf, DEFAULT_PERPLEXITY)
    .option('--refresh', 'draw it anew, though there is one; it keeps its orientation')
    .action(async (flags: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        const map = await mapFor(app, flags, options.json !== true);
        if (flags.png !== undefined) {
          // Loaded only here: the canvas is large, and no other command needs it.
          const { mapPicture } = await import('../map/map-picture.ts');
          await write(flags.png, mapPicture((await drawingOf(app, map, flags.color)).drawing));
        }
        if (flags.html !== undefined) {
          const { drawing, ids } = await drawingOf(app, map, flags.color);
          await write(flags.html, mapPage(drawing, namesOf(app, ids)));
        }
        if (options.json) return printJson({ ...map, png: flags.png ?? null, html: flags.html ?? null });
        for (const line of figureLines(map)) print(line);
        for (const { name, nTracks } of map.clusters.toSorted((a, b) => b.nTracks - a.nTracks))
          print(`${String(nTracks).padStart(6)}  ${name}`);
        for (const file of [flags.png, flags.html]) if (file !== undefined) print(`Wrote ${file}.`);
      });
    });
}

async function mapFor(app: App, { source, seed, perplexity, refresh }: Flags, isPlain: boolean): Promise<MapSummary> {
  const present = app.maps.list(source)[0];
  if (present && !refresh) return present;
  return app.maps.get(await follow(app, isPlain, () => app.maps.draw({ source, seed, perplexity })));
}

async function follow<T>(app: App, isPlain: boolean, draw: () => Promise<T>): Promise<T> {
  const isTerminal = isPlain && process.stderr.isTTY === true;
  const tell = ({ stage, fraction, remainingSec }: MapProgress): void => {
    const parts = [STAGE_WORDS[stage]];
    if (fraction !== null) parts.push(`${Math.round(100 * fraction)} %`);
    if (remainingSec !== null) parts.push(`${formatDuration(remainingSec)} left`);
    if (isTerminal) process.stderr.write(`\r\u001b[K${parts.join(' · ')}`);
  };
  const interrupt = (): void => {
    app.maps.cancel();
    process.once('SIGINT', () => process.exit(EXIT.failed));
  };
  process.once('SIGINT', interrupt);
  app.events.on('map.progress', tell);
  try {
    return await draw();
  } finally {
    process.off('SIGINT', interrupt);
    app.events.off('map.progress', tell);
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

async function drawingOf(app: App, map: MapSummary, color: MapColour): Promise<{ drawing: MapDrawing; ids: Int32Array }> {
  const points = await app.maps.points(map.id);
  return { drawing: mapDrawing(map, points, await app.maps.values(map.id, color), color), ids: points.trackIds };
}

function namesOf(app: App, ids: Int32Array): string[] {
  const names = new Map<number, string>();
  for (const { id, title, artist, path } of app.tracks.iterate())
    names.set(id, title === null ? path : artist === null ? title : `${artist} - ${title}`);
  return Array.from(ids, (id) => names.get(id) ?? `Track ${id}`);
}

async function write(file: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    throw new StemscapeError('export.failed', `${file} cannot be written.`, { cause });
  }
}

function perplexityOf(text: string): number {
  const perplexity = Number(text);
  if (perplexity >= 2 && perplexity <= 200) return perplexity;
  throw new InvalidArgumentError('a number from 2 to 200 is expected');
}
