// A gradient training on disk, `training/run/` in the library: what was asked, what it learns from, and what has been heard so far.
// The run's own files (plan, windows, checkpoints) are training/finetune's.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import type { ListenedWindow } from '../domain/analysis.ts';
import { LABEL_ORIGINS } from '../domain/label.ts';
import { type InterruptedTraining, JOIN_RULES, type TrainRequest } from '../domain/training.ts';
import { groupedFolds } from '../training/evaluation/grouped-folds.ts';
import { epochsOfRun } from '../training/finetune/checkpoint.ts';
import { writeDurably } from '../training/finetune/durable-file.ts';
import { type Part, readPlan } from '../training/finetune/run-plan.ts';

const requestSchema = z
  .object({
    mode: z.enum(['finetune', 'scratch']),
    name: z.string().nullable(),
    genres: z.array(z.string()).nullable(),
    origins: z.array(z.enum(LABEL_ORIGINS)),
    seed: z.number().int(),
    join: z.enum(['auto', ...JOIN_RULES]),
  })
  .strict();

const noteSchema = z
  .object({
    format: z.literal(1),
    startedAtMs: z.number(),
    request: requestSchema,
    genres: z.array(z.string()),
    labelsHash: z.string(),
    tracks: z.array(
      z
        .object({
          trackId: z.number().int(),
          contentHash: z.string().nullable(),
          class: z.number().int(),
          group: z.number().int(),
          part: z.enum(['train', 'validation', 'test']),
        })
        .strict(),
    ),
  })
  .strict();
/** What a run was started with: a resumed one learns from the same labels in the same parts. */
export type RunNote = z.output<typeof noteSchema>;
export type GradientRequest = TrainRequest & { mode: 'finetune' | 'scratch' };

const N_PARTS = 5;
const TEST_FOLD = 0;
const VALIDATION_FOLD = 1;

export class GradientRun {
  readonly dir: string;

  /** @param libraryDir the folder of library.db */
  constructor(libraryDir: string) {
    this.dir = join(libraryDir, 'training', 'run');
  }

  get encoderDir(): string {
    return join(this.dir, 'encoder');
  }

  async begin(note: RunNote): Promise<void> {
    await this.discard();
    await mkdir(join(this.dir, 'heard'), { recursive: true });
    await writeDurably(this.#notePath, [JSON.stringify(note)]);
  }

  /** Null when there is no run, or none that can be gone on with. */
  async note(): Promise<RunNote | null> {
    try {
      return noteSchema.parse(JSON.parse(await readFile(this.#notePath, 'utf8')));
    } catch {
      return null;
    }
  }

  async interrupted(): Promise<InterruptedTraining | null> {
    const note = await this.note();
    if (!note) return null;
    const epochs = await readPlan(this.dir)
      .then(({ text }) => epochsOfRun(this.dir, text))
      .catch(() => []);
    return { mode: note.request.mode, startedAtMs: note.startedAtMs, epochs };
  }

  /** Windows heard before an interruption; null when the track is still to be heard. */
  async heard(trackId: number): Promise<ListenedWindow[] | null> {
    try {
      return deserialize(await readFile(this.#heardPath(trackId))) as ListenedWindow[];
    } catch {
      return null;
    }
  }

  async keepHeard(trackId: number, windows: readonly ListenedWindow[]): Promise<void> {
    await writeDurably(this.#heardPath(trackId), [serialize(windows)]);
  }

  forgetHeard(): Promise<void> {
    return rm(join(this.dir, 'heard'), { recursive: true, force: true });
  }

  discard(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }

  get #notePath(): string {
    return join(this.dir, 'request.json');
  }

  #heardPath(trackId: number): string {
    return join(this.dir, 'heard', `${trackId}.bin`);
  }
}

/**
 * Three fifths of the tracks to learn from, one to know when to stop, one for the test, by groups (artist, album). A genre that
 * would have nothing to learn from takes its validation tracks back.
 */
export function partsOf(classes: Int32Array, groups: Int32Array, seed: number): Part[] {
  const folds = groupedFolds(classes, groups, N_PARTS, seed);
  const parts = Array.from(
    folds,
    (fold): Part => (fold === TEST_FOLD ? 'test' : fold === VALIDATION_FOLD ? 'validation' : 'train'),
  );
  const learned = new Set(classes.filter((_, i) => parts[i] === 'train'));
  const taken = new Set(groups.filter((_, i) => parts[i] === 'validation' && !learned.has(classes[i]!)));
  return parts.map((part, i) => (part === 'validation' && taken.has(groups[i]!) ? 'train' : part));
}
