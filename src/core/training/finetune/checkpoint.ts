// Checkpoints of a training: after every epoch all that it needs to go on bit for bit. One that is cut off or damaged is not used,
// and the one before it is kept until the next is on the disk.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TENSOR_BACKENDS } from '../../domain/analysis.ts';
import type { EpochFigures } from '../../domain/training.ts';
import { writeDurably } from './durable-file.ts';

/** Magic, header length (uint32, little-endian), header (JSON), arrays (float32, little-endian), SHA-256 of all before it. */
const MAGIC = 'STEMCKP1';
const PREFIX_BYTES = MAGIC.length + 4;
const DIGEST_BYTES = 32;
const FILE_NAME = /^checkpoint-(\d+)\.bin$/;
const N_KEPT = 2;

const headerSchema = z
  .object({
    /** SHA-256 of plan.json: a checkpoint serves no other training. */
    planSha256: z.string(),
    /** SHA-256 of the weights it started from: the layers that are not trained must still be the same. */
    baseSha256: z.string(),
    backend: z.enum(TENSOR_BACKENDS),
    /** Updates so far. The random numbers of an epoch follow from seed and epoch alone, so there is no generator to keep. */
    step: z.number().int().min(0),
    bestEpoch: z.number().int().positive(),
    epochs: z
      .array(
        z
          .object({ epoch: z.number(), trainLoss: z.number(), validationLoss: z.number(), validationAccuracy: z.number() })
          .strict(),
      )
      .min(1),
    arrays: z.array(z.object({ name: z.string(), length: z.number().int().min(0) }).strict()),
  })
  .strict();

export interface Checkpoint extends Omit<z.output<typeof headerSchema>, 'arrays'> {
  /** Weights and moments as the trainer names them, and best/NAME. */
  arrays: Map<string, Float32Array>;
}

export function planDigest(planText: string): string {
  return createHash('sha256').update(planText).digest('hex');
}

export async function writeCheckpoint(runDir: string, { arrays, ...rest }: Checkpoint): Promise<void> {
  const header = { ...rest, arrays: [...arrays].map(([name, { length }]) => ({ name, length })) };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(text.length, MAGIC.length);
  const parts = [prefix, text, ...[...arrays.values()].map(bytesOf)];
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  await writeDurably(join(runDir, nameOf(rest.epochs.length)), [...parts, digest.digest()]);
  for (const epoch of (await epochsIn(runDir)).slice(N_KEPT)) await rm(join(runDir, nameOf(epoch)));
}

/** The newest whole checkpoint of this plan, or null. */
export async function newestCheckpoint(runDir: string, planSha256: string): Promise<Checkpoint | null> {
  for (const epoch of await epochsIn(runDir)) {
    const checkpoint = parse(await readFile(join(runDir, nameOf(epoch))));
    if (checkpoint?.planSha256 === planSha256) return checkpoint;
  }
  return null;
}

/** The epochs of an interrupted training; empty when none has ended. @throws StemscapeError as `readPlan` */
export async function epochsOfRun(runDir: string, planText: string): Promise<EpochFigures[]> {
  return (await newestCheckpoint(runDir, planDigest(planText)))?.epochs ?? [];
}

/** Last epochs of the checkpoints in a run's folder, newest first. */
async function epochsIn(runDir: string): Promise<number[]> {
  const numbers = (await readdir(runDir)).map((name) => Number(FILE_NAME.exec(name)?.[1] ?? Number.NaN));
  return numbers.filter(Number.isInteger).sort((a, b) => b - a);
}

function nameOf(epoch: number): string {
  return `checkpoint-${epoch}.bin`;
}

function parse(file: Buffer): Checkpoint | null {
  const end = file.length - DIGEST_BYTES;
  if (end < PREFIX_BYTES || file.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const digest = createHash('sha256').update(file.subarray(0, end)).digest();
  if (!digest.equals(file.subarray(end))) return null;
  let at = PREFIX_BYTES + file.readUInt32LE(MAGIC.length);
  const header = headerSchema.safeParse(JSON.parse(file.toString('utf8', PREFIX_BYTES, at)));
  // Whole, but written by another version.
  if (!header.success) return null;
  const { arrays, ...rest } = header.data;
  const values = new Map<string, Float32Array>();
  for (const { name, length } of arrays) {
    values.set(name, new Float32Array(file.buffer.slice(file.byteOffset + at, file.byteOffset + at + 4 * length)));
    at += 4 * length;
  }
  return { ...rest, arrays: values };
}

function bytesOf(array: Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
