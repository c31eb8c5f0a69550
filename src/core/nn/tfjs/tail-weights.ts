// The tensors of a network's last layers: read from its weights file, and written with new values as a new model folder. The graph
// holds no weights, so it is copied as it is.
import { createHash } from 'node:crypto';
import { cp, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StemscapeError } from '../../domain/errors.ts';
import type { EncoderManifest } from '../model-manifest.ts';

/** Values by tensor name, row-major. */
export type TensorValues = ReadonlyMap<string, Float32Array>;

/** Every tensor that model.json names in `tail`. @throws StemscapeError model.missing | model.corrupt */
export async function readTail(dir: string, { weights, tail, sha256 }: EncoderManifest): Promise<TensorValues> {
  const bytes = await readWeights(dir, weights, sha256.weights);
  return new Map(
    tail.tensors.map(({ name, offset, length }) => {
      if (offset + length > bytes.byteLength) throw damaged(join(dir, weights));
      return [name, new Float32Array(bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length))];
    }),
  );
}

/** What a new model says about itself. */
export interface NewModel {
  name: string;
  version: string;
  trainedOn: string;
  genres: readonly string[];
}

/**
 * Writes dir/model.json, the graph and the weights of `baseDir` with `values` in their places, all of it on the disk before it
 * returns. The new model gives embeddings only: naming the new genres is a head's work.
 * @throws StemscapeError model.missing | model.corrupt
 */
export async function writeModel(
  baseDir: string,
  base: EncoderManifest,
  dir: string,
  model: NewModel,
  values: TensorValues,
): Promise<void> {
  const weights = await readWeights(baseDir, base.weights, base.sha256.weights);
  for (const { name, offset, length } of base.tail.tensors) {
    const value = values.get(name);
    if (!value) continue;
    if (value.byteLength !== length) throw new Error(`${name} has ${value.byteLength} bytes, not ${length}`);
    weights.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), offset);
  }
  const manifest: EncoderManifest = {
    ...base,
    ...model,
    sha256: { graph: base.sha256.graph, weights: sha256Of(weights) },
    outputs: { ...base.outputs, logits: null },
    temperature: 1,
    genres: model.genres.map((name) => ({ id: name, name })),
    figures: {},
  };
  await mkdir(dir, { recursive: true });
  await cp(join(baseDir, base.graph), join(dir, base.graph));
  await writeDurably(join(dir, base.weights), weights);
  await writeDurably(join(dir, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function readWeights(dir: string, file: string, sha256: string): Promise<Buffer> {
  const path = join(dir, file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new StemscapeError('model.missing', `The model file ${path} is missing or cannot be read.`, { cause });
  });
  if (sha256Of(bytes) !== sha256) throw damaged(path);
  return bytes;
}

function damaged(path: string): StemscapeError {
  return new StemscapeError('model.corrupt', `The model file ${path} is damaged (its checksum differs from model.json).`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
