// The network itself trained on one fold's learned tracks, through the application's own fine-tuning, and what it then hears.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabFeatures } from '../../domain/laboratory.ts';
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { RunWriter } from '../../training/finetune/run-folder.ts';
import { type Part, RECIPES, type Recipe } from '../../training/finetune/run-plan.ts';
import { wholeWindows } from '../hear-all.ts';
import { digestOf } from '../result-cache.ts';
import { pickClasses } from '../rows.ts';
import { type Study, tableOf } from '../study.ts';
import type { Piece } from '../work.ts';

/** Of the learned tracks, one in so many says when to stop. */
const N_PARTS = 5;
const QUICK_RECIPE: Partial<Recipe> = { batchSize: 4, cropFrames: 50, maxEpochs: 1, maxSteps: 1 };

/** The windows of all tracks by the trained network, and at which epoch it was best. */
export interface TunedFeatures {
  embeddings: Float32Array;
  embeddingSize: number;
  bestEpoch: number;
  nEpochs: number;
  backend: string;
}

/** Whether a fold leaves the training something to check itself with. */
export function canTune(study: Study, fold: number): boolean {
  return partsOf(study, fold).includes('validation');
}

/** A training that was interrupted goes on from its last epoch: its folder is named by what it was asked. */
export function tunePiece(study: Study, fold: number, classifierDir: string): Piece<TunedFeatures> {
  const { context, request, genres, heard, split } = study;
  const recipe = { ...RECIPES.finetune, ...(request.isQuick && QUICK_RECIPE) };
  const parts = partsOf(study, fold);
  const contents = heard.map(({ contentHash }) => contentHash);
  const { versions } = context;
  const classes = study.classes;
  const key = digestOf({
    what: 'tuned',
    recipe,
    parts,
    contents,
    classes,
    genres,
    versions: versions.classifier,
    fold,
    seed: request.seed,
  });
  return {
    what: `Training the network, fold ${fold + 1} of ${split.folds.length}`,
    key,
    async run() {
      const runDir = join(context.runsDir, key.slice(0, 16));
      const encoderDir = join(runDir, 'encoder');
      await layOut(study, runDir, parts, recipe, classifierDir);
      const { pool, signal } = context;
      const tuned = await pool.run(
        { kind: 'fineTune', runDir, outDir: encoderDir, finishOnly: false, backend: 'auto', baseDir: classifierDir },
        { signal },
      );
      const { embeddings, embeddingSize } = await pool.run({ kind: 'embedRun', runDir, encoderDir }, { signal });
      await rm(runDir, { recursive: true, force: true });
      const { bestEpoch, epochs, backend } = tuned;
      return { embeddings, embeddingSize, bestEpoch, nEpochs: epochs.length, backend };
    },
  };
}

type SplitStudy = Pick<Study, 'split' | 'classes' | 'groups' | 'request'>;

/** Tested tracks have no other part in it; a genre that would have nothing to learn from takes its validation tracks back. */
export function partsOf({ split, classes, groups, request }: SplitStudy, fold: number): Part[] {
  const { learned } = split.folds[fold]!;
  const own = pickClasses(classes, learned);
  const inner = groupedFolds(own, pickClasses(groups, learned), N_PARTS, request.seed);
  const parts = new Array<Part>(classes.length).fill('test');
  for (const [i, track] of learned.entries()) parts[track] = inner[i] === 0 ? 'validation' : 'train';
  const taught = new Set(learned.filter((track) => parts[track] === 'train').map((track) => classes[track]!));
  for (const track of learned) if (!taught.has(classes[track]!)) parts[track] = 'train';
  return parts;
}

async function layOut(
  { genres, heard, classes, request, context }: Study,
  runDir: string,
  parts: readonly Part[],
  recipe: Recipe,
  baseDir: string,
): Promise<void> {
  const encoder = { name: 'laboratory-ecapa', version: String(request.seed) };
  const writer = await RunWriter.create(runDir, { mode: 'finetune', seed: request.seed, genres, baseDir, encoder, recipe });
  try {
    for (const [i, each] of heard.entries())
      await writer.add({ trackId: i, class: classes[i]!, part: parts[i]! }, await wholeWindows(each, context));
    await writer.finish();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
}

/** What heads read of a track beside the network's windows. */
export const KINDS = ['embedding', 'descriptors', 'all'] as const;
export type Kinds = (typeof KINDS)[number];
export const KIND_NAMES: Record<Kinds, string> = {
  embedding: 'Embedding',
  descriptors: 'Embedding and descriptors',
  all: 'Embedding, stems and descriptors',
};

/** The bundled network's windows, its pieces of a second, or a trained network's windows, and what goes with them. */
export function featuresOf(
  { heard, context }: Pick<Study, 'heard' | 'context'>,
  from: 'windows' | 'pieces' | TunedFeatures,
  kinds: Kinds,
): LabFeatures {
  const embeddingSize = heard[0]!.hearing.windows[0]!.embedding.length;
  const rows = heard.map(({ hearing }) => hearing.windows.map((w) => (from === 'pieces' ? w.pieces : w.embedding)));
  const windowStart = new Int32Array(heard.length + 1);
  for (const [i, own] of rows.entries())
    windowStart[i + 1] = windowStart[i]! + own.reduce((sum, row) => sum + row.length / embeddingSize, 0);
  const embeddings = new Float32Array(windowStart.at(-1)! * embeddingSize);
  let at = 0;
  for (const row of rows.flat()) {
    embeddings.set(row, at);
    at += row.length;
  }
  const heardBy = typeof from === 'string' ? { embeddings, embeddingSize } : from;
  const nDescriptors = kinds === 'embedding' ? 0 : heard[0]!.hearing.descriptors.length;
  const nStemFeatures = kinds === 'all' ? heard[0]!.hearing.stems.length : 0;
  return {
    windowStart,
    embeddings: heardBy.embeddings,
    embeddingSize: heardBy.embeddingSize,
    trackFeatures: tableOf(
      heard.map(({ hearing: { descriptors, stems } }) =>
        Float32Array.of(...descriptors.subarray(0, nDescriptors), ...stems.subarray(0, nStemFeatures)),
      ),
    ),
    nDescriptors,
    nStemFeatures,
    stemEncoder: context.versions.classifier,
  };
}
