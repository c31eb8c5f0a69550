// A model as one file: a zip of its description, its head, its verdicts, its own network if it has one, and a checksum of each.
import { createHash } from 'node:crypto';
import { unzipSync, zipSync } from 'fflate';
import { z } from 'zod';
import { intsFromBlob } from '../db/model-row.ts';
import type { WholeModel } from '../db/model-store.ts';
import { fromBlob, toBlob } from '../db/vector-blob.ts';
import { StemscapeError } from '../domain/errors.ts';
import { decodeHead } from '../training/head/head-file.ts';
import { checksumsSchema, type ModelFile, modelFileSchema } from './model-file-schema.ts';

export const MODEL_FILE_SUFFIX = '.stemmodel';
const MAX_UNPACKED_BYTES = 512 * 1024 ** 2;

const DESCRIPTION = 'model.json';
const HEAD = 'head.bin';
const VERDICTS = 'verdicts.bin';
/** Int32: the label that each verdict belongs to. */
const VERDICT_LABELS = 'verdict-labels.bin';
const CHECKSUMS = 'sha256.json';
const ENCODER_FOLDER = 'encoder/';
const NAME = /^(?:encoder\/)?[A-Za-z0-9][\w.-]*$/;

/** Files of an own network by name; empty for the bundled one. */
export type EncoderFiles = ReadonlyMap<string, Uint8Array>;

export interface UnpackedModel {
  description: ModelFile;
  head: Uint8Array;
  /** Float32Array [n x nGenres] */
  verdicts: Float32Array;
  /** Int32Array [n], places in `description.labels`. */
  verdictLabels: Int32Array;
  encoderFiles: EncoderFiles;
}

export function packModel(model: WholeModel, encoderFiles: EncoderFiles): Uint8Array {
  const placeOf = new Map(model.labels.map(({ trackId }, place) => [trackId, place]));
  const parts: Record<string, Uint8Array> = {
    [DESCRIPTION]: new TextEncoder().encode(JSON.stringify(describe(model), null, 1)),
    [HEAD]: model.head,
    [VERDICTS]: toBlob(model.outOfFold),
    [VERDICT_LABELS]: bytesOf(Int32Array.from(model.outOfFoldTracks, (id) => placeOf.get(id) ?? -1)),
  };
  for (const [name, bytes] of encoderFiles) parts[ENCODER_FOLDER + name] = bytes;
  const checksums = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, sha256(bytes)]));
  parts[CHECKSUMS] = new TextEncoder().encode(JSON.stringify(checksums, null, 1));
  // One fixed time, so that the same model is the same file.
  return zipSync(parts, { level: 6, mtime: '1980-01-01T00:00:00' });
}

function describe(model: WholeModel): ModelFile {
  const { name, mode, createdAtMs, encoder, genres, nTracks, seed, backend, seconds, settings, join, labelsHash, evaluation } =
    model;
  return {
    format: 1,
    kind: 'stemscape-model',
    ...{ name, mode, createdAtMs, encoder, hasOwnEncoder: model.encoderFolder !== null, genres, nTracks, seed, backend, seconds },
    ...{ settings, join, labelsHash, evaluation },
    labels: model.labels.map(({ contentHash, genre }) => ({ contentHash, genre })),
  };
}

/** @throws StemscapeError model.corrupt when it is no such file, is damaged, or holds what does not belong together */
export function unpackModel(bytes: Uint8Array): UnpackedModel {
  const parts = unzip(bytes);
  verify(parts);
  const description = parse(parts.get(DESCRIPTION), modelFileSchema);
  const head = part(parts, HEAD);
  const verdicts = fromBlob(part(parts, VERDICTS));
  const verdictLabels = intsFromBlob(part(parts, VERDICT_LABELS));
  const fits =
    verdicts.length === verdictLabels.length * description.genres.length &&
    verdictLabels.every((place) => place >= -1 && place < description.labels.length) &&
    description.evaluation.confusion.length === description.genres.length &&
    decodeHead(head).genres.join('\n') === description.genres.join('\n');
  if (!fits) throw corrupt('its parts do not belong together');
  const encoderFiles = new Map(
    [...parts].flatMap(([name, each]) => (name.startsWith(ENCODER_FOLDER) ? [[name.slice(ENCODER_FOLDER.length), each]] : [])),
  );
  if (description.hasOwnEncoder !== encoderFiles.size > 0) throw corrupt('its network is missing');
  return { description, head, verdicts, verdictLabels, encoderFiles };
}

function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  let total = 0;
  try {
    const parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        total += originalSize;
        if (!NAME.test(name)) throw corrupt(`it holds the strange part "${name.slice(0, 50)}"`);
        if (total > MAX_UNPACKED_BYTES) throw corrupt('it is too large');
        return true;
      },
    });
    return new Map(Object.entries(parts));
  } catch (cause) {
    throw cause instanceof StemscapeError ? cause : corrupt('it is not a model file', cause);
  }
}

/** Every part is named with its checksum, and every named part is there. */
function verify(parts: Map<string, Uint8Array>): void {
  const checksums = parse(parts.get(CHECKSUMS), checksumsSchema);
  for (const [name, bytes] of parts) {
    if (name !== CHECKSUMS && checksums[name] !== sha256(bytes)) throw corrupt(`the checksum of ${name} differs`);
  }
  for (const name of Object.keys(checksums)) part(parts, name);
}

function part(parts: Map<string, Uint8Array>, name: string): Uint8Array {
  const bytes = parts.get(name);
  if (!bytes) throw corrupt(`${name} is missing`);
  return bytes;
}

function parse<T>(bytes: Uint8Array | undefined, schema: z.ZodType<T>): T {
  if (!bytes) throw corrupt('it is not a model of Stemscape');
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    throw corrupt(issue ? `${issue.path.join('.')}: ${issue.message}` : 'its description cannot be read', cause);
  }
}

function bytesOf(array: Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function corrupt(detail: string, cause?: unknown): StemscapeError {
  return new StemscapeError('model.corrupt', `This model file cannot be taken in: ${detail}. Nothing was changed.`, { cause });
}
