// A head as bytes: a short header that says what follows, the numbers, and a checksum over both.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StemscapeError } from '../../domain/errors.ts';
import { type Head, JOIN_RULES } from '../../domain/training.ts';

/** "SSHEAD" and the version of the format. */
const MAGIC = Uint8Array.of(0x53, 0x53, 0x48, 0x45, 0x41, 0x44, 0x00, 0x01);
const LENGTH_BYTES = 4;
const CHECKSUM_BYTES = 32;
/** The header is padded with spaces, so that the numbers lie on a float's boundary. */
const ALIGNMENT = 4;
const MAX_SIZE = 100_000;

const size = z.number().int().min(0).max(MAX_SIZE);
const headerSchema = z
  .object({
    genres: z.array(z.string().min(1)).min(2).max(MAX_SIZE),
    embeddingSize: size,
    nDescriptors: size,
    temperature: z.number().positive(),
    join: z.enum(JOIN_RULES),
    settings: z
      .object({
        family: z.enum(['logistic', 'discriminant']),
        regularization: z.number().min(0),
        nComponents: z.number().int().positive(),
      })
      .strict(),
    /** Null: the head keeps none. */
    nNeighbours: size.nullable(),
  })
  .strict();
type Header = z.output<typeof headerSchema>;

/** Magic and version, header length (uint32), JSON header, float32 and int32 numbers, SHA-256 of all before it; little-endian. */
export function encodeHead(head: Head): Uint8Array {
  const header: Header = {
    genres: head.genres,
    embeddingSize: head.embeddingSize,
    nDescriptors: head.nDescriptors,
    temperature: head.temperature,
    join: head.join,
    settings: head.settings,
    nNeighbours: head.neighbours ? head.neighbours.classes.length : null,
  };
  const json = new TextEncoder().encode(JSON.stringify(headerSchema.parse(header)));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const arrays: (Float32Array | Int32Array)[] = [head.mean, head.scale, head.weights, head.bias, head.thresholds];
  if (head.neighbours) arrays.push(head.neighbours.scores, head.neighbours.classes);
  const start = MAGIC.length + LENGTH_BYTES;
  const total = start + headerLength + arrays.reduce((sum, array) => sum + array.byteLength, 0) + CHECKSUM_BYTES;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, headerLength, true);
  bytes.set(json, start);
  let at = start + headerLength;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  bytes.set(checksum(bytes), at);
  return bytes;
}

/** @throws StemscapeError model.corrupt when the bytes are cut, changed, of a newer format, or not a head at all */
export function decodeHead(bytes: Uint8Array): Head {
  const start = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < start + CHECKSUM_BYTES) throw corrupt('it is too short');
  if (MAGIC.some((byte, i) => i < MAGIC.length - 1 && bytes[i] !== byte)) throw corrupt('it is not a model file');
  if (bytes[MAGIC.length - 1] !== MAGIC[MAGIC.length - 1]) throw corrupt('another version of Stemscape wrote it');
  const expected = checksum(bytes);
  if (bytes.subarray(bytes.length - CHECKSUM_BYTES).some((byte, i) => byte !== expected[i])) {
    throw corrupt('its checksum differs, so it was cut or changed');
  }
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const end = bytes.length - CHECKSUM_BYTES;
  if (start + headerLength > end) throw corrupt('its header is cut');
  return readNumbers(
    readHeader(bytes.subarray(start, start + headerLength)),
    Uint8Array.prototype.slice.call(bytes, start + headerLength, end),
  );
}

function readHeader(bytes: Uint8Array): Header {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw corrupt('its header does not have the expected form', cause);
  }
}

/** @param body a copy of its own, so that it lies on a boundary */
function readNumbers(header: Header, body: Uint8Array<ArrayBuffer>): Head {
  const m = header.genres.length;
  const d = header.embeddingSize + header.nDescriptors;
  const nNeighbours = header.nNeighbours ?? 0;
  const nNumbers = 2 * d + m * d + 2 * m + nNeighbours * (m + 1);
  if (body.length !== 4 * nNumbers) throw corrupt('it holds another count of numbers than its header says');
  let at = 0;
  const floats = (length: number): Float32Array => {
    const array = new Float32Array(body.buffer, 4 * at, length).slice();
    if (!array.every(Number.isFinite)) throw corrupt('it holds something that is not a number');
    at += length;
    return array;
  };
  const [mean, scale, weights, bias, thresholds, scores] = [d, d, m * d, m, m, nNeighbours * m].map(floats) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const classes = new Int32Array(body.buffer, 4 * at, nNeighbours).slice();
  if (scale.some((value) => value <= 0)) throw corrupt('it holds a scale that is not positive');
  if (classes.some((label) => label < 0 || label >= m)) throw corrupt('it names a genre that it does not have');
  const { genres, embeddingSize, nDescriptors, temperature, join, settings } = header;
  const neighbours = header.nNeighbours === null ? null : { scores, classes };
  return { genres, embeddingSize, nDescriptors, mean, scale, weights, bias, temperature, thresholds, join, neighbours, settings };
}

/** SHA-256 of everything but the checksum's own place. */
function checksum(bytes: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(bytes.subarray(0, bytes.length - CHECKSUM_BYTES))
    .digest();
}

function corrupt(detail: string, cause?: unknown): StemscapeError {
  return new StemscapeError('model.corrupt', `This model cannot be read: ${detail}.`, { cause });
}
