// Numbers as bytes that tell when they were cut or changed: magic and version, header length (uint32), JSON header, numbers, SHA-256 of
// all before it; little-endian.
import { createHash } from 'node:crypto';
import { StemscapeError } from '../domain/errors.ts';

const LENGTH_BYTES = 4;
const CHECKSUM_BYTES = 32;
/** The header is padded with spaces, so that the numbers lie on a float's boundary. */
const ALIGNMENT = 4;

/** @param magic what the bytes are; its last byte is the version of their form */
export function sealNumbers(magic: Uint8Array, header: unknown, arrays: readonly (Float32Array | Int32Array)[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const start = magic.length + LENGTH_BYTES;
  const nBytes = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  const bytes = new Uint8Array(start + headerLength + nBytes + CHECKSUM_BYTES).fill(0x20);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(magic.length, headerLength, true);
  bytes.set(json, start);
  let at = start + headerLength;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  bytes.set(checksum(bytes), at);
  return bytes;
}

/** Called with what is wrong; makes the error that is thrown. */
export type Complain = (detail: string, cause?: unknown) => StemscapeError;

/**
 * @param parse makes a header of what the JSON says, and throws where it cannot
 * @returns the header, and a copy of the numbers' bytes that lies on a boundary
 * @throws what `complain` makes when the bytes are cut, changed, of another version, or something else
 */
export function unsealNumbers<T>(
  magic: Uint8Array,
  bytes: Uint8Array,
  parse: (header: unknown) => T,
  complain: Complain,
): { header: T; body: Uint8Array<ArrayBuffer> } {
  const start = magic.length + LENGTH_BYTES;
  const version = magic.length - 1;
  if (bytes.length < start + CHECKSUM_BYTES) throw complain('it is too short');
  if (magic.some((byte, i) => i < version && bytes[i] !== byte)) throw complain('it is not a model file');
  if (bytes[version] !== magic[version]) throw complain('another version of Stemscape wrote it');
  const expected = checksum(bytes);
  const end = bytes.length - CHECKSUM_BYTES;
  if (bytes.subarray(end).some((byte, i) => byte !== expected[i]))
    throw complain('its checksum differs, so it was cut or changed');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
  if (start + headerLength > end) throw complain('its header is cut');
  const body = Uint8Array.prototype.slice.call(bytes, start + headerLength, end);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, start + headerLength));
    return { header: parse(JSON.parse(text)), body };
  } catch (cause) {
    throw complain('its header does not have the expected form', cause);
  }
}

/** Takes float32 numbers off the front, one array after another. @throws what `complain` makes for what is not a number */
export function floatsOf(body: Uint8Array<ArrayBuffer>, complain: Complain): (length: number) => Float32Array {
  let at = 0;
  return (length) => {
    const array = new Float32Array(body.buffer, body.byteOffset + 4 * at, length).slice();
    if (!array.every(Number.isFinite)) throw complain('it holds something that is not a number');
    at += length;
    return array;
  };
}

/** SHA-256 of everything but the checksum's own place. */
function checksum(bytes: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(bytes.subarray(0, bytes.length - CHECKSUM_BYTES))
    .digest();
}

/** @param what "model", "autoencoder" */
export function complainOf(what: string): Complain {
  return (detail, cause) => new StemscapeError('model.corrupt', `This ${what} cannot be read: ${detail}.`, { cause });
}
