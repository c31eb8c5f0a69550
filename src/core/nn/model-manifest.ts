// A model on disk: an ONNX graph, one raw weights file, and model.json, which carries every number the engine needs.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import { StemscapeError } from '../domain/errors.ts';
import { STEMS } from '../domain/stem.ts';

const common = {
  format: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  graph: z.string().min(1),
  weights: z.string().min(1),
  sha256: z.object({ graph: z.string().length(64), weights: z.string().length(64) }).strict(),
  license: z.string(),
  parameters: z.number().int().positive(),
  trainedOn: z.string(),
  figures: z.record(z.string(), z.unknown()),
};

export const separatorManifestSchema = z
  .object({
    ...common,
    kind: z.literal('separator'),
    stft: z
      .object({
        sampleRateHz: z.number().int().positive(),
        fftSamples: z.number().int().positive(),
        hopSamples: z.number().int().positive(),
        window: z.literal('hann'),
      })
      .strict(),
    /** The network sees this many of the lowest bins. */
    nBins: z.number().int().positive(),
    /** Bins above take the mean mask of this many of the highest seen ones. */
    extensionBins: z.number().int().positive(),
    frameMultiple: z.number().int().positive(),
    chunk: z.object({ frames: z.number().int().positive(), contextFrames: z.number().int().min(0) }).strict(),
    channels: z.literal(2),
    stems: z.tuple([z.literal('bass'), z.literal('drums'), z.literal('other'), z.literal('vocals')]),
    input: z.string(),
    output: z.string(),
  })
  .strict();
export type SeparatorManifest = z.output<typeof separatorManifestSchema>;

/** A tensor inside the weights file: float32, row-major, little-endian; offset and length in bytes. */
const tensorPlaceSchema = z
  .object({
    name: z.string().min(1),
    shape: z.array(z.number().int().positive()).min(1),
    offset: z.number().int().min(0).multipleOf(4),
    length: z.number().int().positive(),
    /** False for the statistics of a batch normalization, which stay as they are. */
    trained: z.boolean(),
  })
  .strict()
  .refine(({ shape, length }) => shape.reduce((product, size) => product * size, 4) === length, 'length and shape disagree');
export type TensorPlace = z.output<typeof tensorPlaceSchema>;

/** The last layers, up to the embedding, which a person's own labels can train further. */
const tailSchema = z
  .object({
    network: z.enum(['ecapa', 'scratch-cnn']),
    /** What they read: an output of the graph, or its input itself where every layer is trained. */
    frames: z.string().min(1),
    nChannels: z.number().int().positive(),
    tensors: z.array(tensorPlaceSchema).min(1),
  })
  .strict();
export type Tail = z.output<typeof tailSchema>;

/** A network that gives embeddings. Only the bundled classifier names genres too; own encoders leave that to a head. */
export const encoderManifestSchema = z
  .object({
    ...common,
    kind: z.literal('classifier'),
    profile: z
      .object({
        sampleRateHz: z.number(),
        fftSamples: z.number(),
        hopSamples: z.number(),
        nMels: z.number(),
        fMinHz: z.number(),
        fMaxHz: z.number(),
        floorDb: z.number(),
      })
      .strict(),
    windowSec: z.number().positive(),
    input: z.string(),
    outputs: z.object({ embedding: z.string(), logits: z.string().nullable() }).strict(),
    embeddingSize: z.number().int().positive(),
    tail: tailSchema,
    /** Logits are divided by it before the softmax (Guo et al. 2017). */
    temperature: z.number().positive(),
    /** Of the logits, in their order; without logits, the genres it was trained to tell apart. */
    genres: z.array(z.object({ id: z.string(), name: z.string() }).strict()),
  })
  .strict();
export type EncoderManifest = z.output<typeof encoderManifestSchema>;

export const classifierManifestSchema = encoderManifestSchema
  .extend({
    outputs: z.object({ embedding: z.string(), logits: z.string() }).strict(),
    genres: encoderManifestSchema.shape.genres.min(2),
  })
  .strict();
export type ClassifierManifest = z.output<typeof classifierManifestSchema>;

/** "stemscape-ecapa 1.0.0": what every stored row carries. */
export function versionOf(manifest: { name: string; version: string }): string {
  return `${manifest.name} ${manifest.version}`;
}

/** Reads and checks dir/model.json. @throws StemscapeError model.missing | model.corrupt */
export async function readManifest<T>(dir: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(join(dir, 'model.json'), 'utf8');
  } catch (cause) {
    throw new StemscapeError('model.missing', `There is no model in ${dir}. Reinstall Stemscape to bring it back.`, { cause });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StemscapeError('model.corrupt', `The model description in ${dir} cannot be read: ${firstIssue(cause)}.`, { cause });
  }
}

export async function readSeparatorManifest(dir: string): Promise<SeparatorManifest> {
  const manifest = await readManifest(dir, separatorManifestSchema);
  if (manifest.stems.join() !== STEMS.join()) throw new StemscapeError('model.corrupt', 'The separator names other stems.');
  return manifest;
}

/** The classifier's profile must be the engine's own, number by number. */
export async function readClassifierManifest(dir: string): Promise<ClassifierManifest> {
  return checkProfile(dir, await readManifest(dir, classifierManifestSchema));
}

/** As `readClassifierManifest`, for a network that need not name genres itself. */
export async function readEncoderManifest(dir: string): Promise<EncoderManifest> {
  return checkProfile(dir, await readManifest(dir, encoderManifestSchema));
}

function checkProfile<T extends EncoderManifest>(dir: string, manifest: T): T {
  for (const [key, value] of Object.entries(manifest.profile)) {
    const own = MEL_PROFILE[key as keyof typeof manifest.profile];
    if (own !== value) {
      const sentence = `The classifier in ${dir} was trained with ${key} = ${value}, but this version computes ${own}.`;
      throw new StemscapeError('model.corrupt', sentence);
    }
  }
  return manifest;
}

/** @throws StemscapeError model.missing | model.corrupt when a file differs from the manifest's SHA-256. */
export async function verifyFiles(dir: string, manifest: SeparatorManifest | EncoderManifest): Promise<void> {
  for (const part of ['graph', 'weights'] as const) {
    const file = join(dir, manifest[part]);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new StemscapeError('model.missing', `The model file ${file} is missing or cannot be read.`, { cause });
    });
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== manifest.sha256[part]) {
      throw new StemscapeError('model.corrupt', `The model file ${file} is damaged (its checksum differs from model.json).`);
    }
  }
}

function firstIssue(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const issue = cause.issues[0];
    return issue ? `${issue.path.join('.')}: ${issue.message}` : 'it does not have the expected form';
  }
  return cause instanceof Error ? cause.message : String(cause);
}
