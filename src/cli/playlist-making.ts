// From the flags of `playlist new` and `path` to rules or a recipe.
import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../core/app.ts';
import { StemscapeError } from '../core/domain/errors.ts';
import { ARC_FIELDS, type Recipe, type RecipeInput, recipeSchema } from '../core/domain/recipe.ts';
import type { SmartRules } from '../core/domain/smart-rules.ts';

export interface MakingFlags {
  rules?: string;
  rulesFile?: string;
  genre?: string;
  mood?: string;
  like?: string;
  tracks?: string;
  from?: string;
  to?: string;
  unplayed?: boolean;
  filter?: string;
  steps?: number;
  count?: number;
  minutes?: number;
  tolerance: number;
  arc?: string;
  arcOf: (typeof ARC_FIELDS)[number];
  harmonic?: boolean;
  tempoTolerance: number;
  shuffle?: boolean;
  diversity?: number;
  spreadArtists?: boolean;
  seed: number;
}

export type Making = { by: 'rules'; rules: SmartRules } | { by: 'recipe'; recipe: Recipe };

export function addMakingFlags(command: Command): Command {
  return command
    .option('--rules <text>', 'tracks that fit these rules: genre is "Jazz" and tempo > 120')
    .option('--rules-file <file>', 'rules from a file')
    .option('--genre <name>', 'tracks of a genre')
    .option('--mood <words>', 'tracks of the mood whose name holds these words (see: playlist moods)')
    .option('--like <tracks>', 'tracks that sound like these, by id, with commas between')
    .option('--tracks <tracks>', 'these tracks, to be put in order')
    .option('--from <track>', 'a path in sound from this track')
    .option('--to <track>', '... to this one')
    .option('--steps <n>', 'tracks between the two ends', number)
    .option('--unplayed', 'corners of the library that are never or long not played')
    .option('--filter <text>', 'only tracks that fit these rules')
    .option('--count <n>', 'how many tracks', number)
    .option('--minutes <n>', 'how long', number)
    .option('--tolerance <seconds>', 'how far the length may be off', number, 30)
    .option('--arc <shape>', 'rising, falling, wave, or heights from 0 to 1 with commas between')
    .addOption(new Option('--arc-of <what>', 'what the arc is of').choices(ARC_FIELDS).default('energy'))
    .option('--harmonic', 'in an order that mixes by key and tempo')
    .option('--tempo-tolerance <percent>', 'how far tempi may differ to mix', number, 6)
    .option('--shuffle', 'in random order')
    .option('--diversity <share>', 'with --like: 0 the nearest, 1 as different from each other as possible', number)
    .option('--spread-artists', 'no artist twice in a row')
    .option('--seed <n>', 'another seed makes another list', number, 1);
}

/** @throws StemscapeError input.invalid | track.unknown */
export async function makingFrom(app: App, flags: MakingFlags): Promise<Making> {
  const rules = rulesFrom(app, flags);
  const isPlain = flags.arc === undefined && !flags.harmonic && !flags.shuffle && !flags.filter && !flags.spreadArtists;
  if (rules && isPlain && flags.count === undefined && flags.minutes === undefined) return { by: 'rules', rules };
  const recipe: RecipeInput = {
    seed: flags.seed,
    pick: rules ? { kind: 'rules', rules } : await pickFrom(app, flags),
    filter: flags.filter === undefined ? null : readRules(app, flags.filter).where,
    length: lengthFrom(flags),
    order: orderFrom(flags),
    spreadArtists: flags.spreadArtists ?? false,
  };
  const parsed = recipeSchema.safeParse(recipe);
  if (!parsed.success) throw new StemscapeError('input.invalid', parsed.error.issues[0]!.message);
  return { by: 'recipe', recipe: parsed.data };
}

function rulesFrom(app: App, { rules, rulesFile }: MakingFlags): SmartRules | null {
  if (rulesFile === undefined) return rules === undefined ? null : readRules(app, rules);
  try {
    return readRules(app, readFileSync(rulesFile, 'utf8'));
  } catch (error) {
    if (error instanceof StemscapeError) throw error;
    throw new StemscapeError('file.unreadable', `The file ${rulesFile} cannot be read.`, { cause: error });
  }
}

function readRules(app: App, text: string): SmartRules {
  const read = app.recipes.readText(text);
  if (read.ok) return read.rules;
  throw new StemscapeError('input.invalid', read.message);
}

async function pickFrom(app: App, flags: MakingFlags): Promise<RecipeInput['pick']> {
  const ids = (list: string) => list.split(',').map((one) => app.tracks.find(one.trim()));
  const { from, to, diversity } = flags;
  if (flags.genre !== undefined) return { kind: 'genre', genre: flags.genre };
  if (flags.mood !== undefined) return moodFrom(app, flags.mood, flags.seed);
  if (flags.like !== undefined) return { kind: 'like', trackIds: ids(flags.like), ...(diversity !== undefined && { diversity }) };
  if (flags.tracks !== undefined) return { kind: 'tracks', trackIds: ids(flags.tracks) };
  if (flags.unplayed) return { kind: 'unplayed' };
  if (from === undefined && to === undefined) return { kind: 'all' };
  if (from === undefined || to === undefined) throw new StemscapeError('input.invalid', 'A path needs --from and --to.');
  return { kind: 'path', fromId: app.tracks.find(from), toId: app.tracks.find(to), nSteps: flags.steps ?? null };
}

async function moodFrom(app: App, words: string, seed: number): Promise<RecipeInput['pick']> {
  const moods = await app.recipes.moods(seed);
  const wanted = words.toLowerCase().split(/[\s,]+/);
  const found = moods.find(({ name }) => wanted.every((word) => name.includes(word)));
  if (found) return { kind: 'mood', name: found.name, middle: found.middle, radius: found.radius };
  const names = moods.map(({ name }) => `“${name}”`).join(', ');
  throw new StemscapeError('input.invalid', `No mood is called “${words}”. There are: ${names || 'none yet'}.`);
}

function lengthFrom({ count, minutes, tolerance }: MakingFlags): RecipeInput['length'] {
  if (count !== undefined) return { by: 'tracks', n: count };
  return minutes === undefined ? null : { by: 'minutes', minutes, toleranceSec: tolerance };
}

function orderFrom({ arc, arcOf, harmonic, tempoTolerance, shuffle }: MakingFlags): NonNullable<RecipeInput['order']> {
  if (harmonic) return { kind: 'harmonic', tempoTolerance: tempoTolerance / 100 };
  if (shuffle) return { kind: 'random' };
  if (arc === undefined) return { kind: 'picked' };
  if (arc === 'rising' || arc === 'falling' || arc === 'wave') return { kind: 'arc', field: arcOf, shape: arc };
  return { kind: 'arc', field: arcOf, shape: 'points', points: arc.split(',').map(Number) };
}

export function number(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && text.trim() !== '') return value;
  throw new InvalidArgumentError('a number is expected.');
}
