// An autoencoder's encoder as bytes: a short header that says what follows, the numbers, and a checksum over both.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StemscapeError } from '../../domain/errors.ts';
import { encoderTensors } from '../../nn/tfjs/autoencoder-network.ts';
import type { Autoencoder } from './autoencoder.ts';

/** "SSAE" and the version of the format. */
const MAGIC = Uint8Array.of(0x53, 0x53, 0x41, 0x45, 0x00, 0x00, 0x00, 0x01);
const LENGTH_BYTES = 4;
const CHECKSUM_BYTES = 32;
/** The header is padded with spaces, so that the numbers lie on a float's boundary. */
const ALIGNMENT = 4;
const START = MAGIC.length + LENGTH_BYTES;

const size = z.number().int().positive().max(100_000);
const headerSchema = z
  .object({ inputSize: size, hidden: z.array(size).min(1).max(8), latentSize: size, nClasses: z.number().int().min(0) })
  .strict();

/** Magic and version, header length (uint32), JSON header, float32 numbers, SHA-256 of all before it; little-endian. */
export function writeAutoencoder({ shape, scale, tensors }: Autoencoder): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(headerSchema.parse(shape)));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const arrays = [scale.mean, scale.scale, ...encoderTensors(shape).map(({ name }) => tensors.get(name)!)];
  const nBytes = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  const bytes = new Uint8Array(START + headerLength + nBytes + CHECKSUM_BYTES).fill(0x20);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, headerLength, true);
  bytes.set(json, START);
  let at = START + headerLength;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  bytes.set(checksum(bytes), at);
  return bytes;
}

/** @throws StemscapeError model.corrupt when the bytes are cut, changed, of another format, or no autoencoder at all */
export function readAutoencoder(bytes: Uint8Array): Autoencoder {
  if (bytes.length < START + CHECKSUM_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw corrupt('this version of Stemscape did not write it');
  }
  const expected = checksum(bytes);
  if (bytes.subarray(bytes.length - CHECKSUM_BYTES).some((byte, i) => byte !== expected[i])) {
    throw corrupt('its checksum differs, so it was cut or changed');
  }
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const shape = readHeader(bytes.subarray(START, START + headerLength));
  const body = Uint8Array.prototype.slice.call(bytes, START + headerLength, bytes.length - CHECKSUM_BYTES);
  const places = encoderTensors(shape);
  const nNumbers = 2 * shape.inputSize + places.reduce((sum, { shape: [rows, columns] }) => sum + rows * columns, 0);
  if (body.length !== 4 * nNumbers) throw corrupt('it holds another count of numbers than its header says');
  let at = 0;
  const floats = (length: number): Float32Array => {
    const array = new Float32Array(body.buffer, body.byteOffset + 4 * at, length).slice();
    if (!array.every(Number.isFinite)) throw corrupt('it holds something that is not a number');
    at += length;
    return array;
  };
  const scale = { mean: floats(shape.inputSize), scale: floats(shape.inputSize) };
  return { shape, scale, tensors: new Map(places.map(({ name, shape: [rows, columns] }) => [name, floats(rows * columns)])) };
}

function readHeader(bytes: Uint8Array): Autoencoder['shape'] {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw corrupt('its header does not have the expected form', cause);
  }
}

/** SHA-256 of everything but the checksum's own place. */
function checksum(bytes: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(bytes.subarray(0, bytes.length - CHECKSUM_BYTES))
    .digest();
}

function corrupt(detail: string, cause?: unknown): StemscapeError {
  return new StemscapeError('model.corrupt', `This autoencoder cannot be read: ${detail}.`, { cause });
}
