// An autoencoder's encoder as bytes: a short header that says what follows, the numbers, and a checksum over both.
import { z } from 'zod';
import { encoderTensors } from '../../nn/tfjs/autoencoder-network.ts';
import { complainOf, floatsOf, sealNumbers, unsealNumbers } from '../sealed-numbers.ts';
import type { Autoencoder } from './autoencoder.ts';

/** "SSAE" and the version of the format. */
const MAGIC = Uint8Array.of(0x53, 0x53, 0x41, 0x45, 0x00, 0x00, 0x00, 0x01);

const size = z.number().int().positive().max(100_000);
const headerSchema = z
  .object({ inputSize: size, hidden: z.array(size).min(1).max(8), latentSize: size, nClasses: z.number().int().min(0) })
  .strict();
const corrupt = complainOf('autoencoder');

export function writeAutoencoder({ shape, scale, tensors }: Autoencoder): Uint8Array {
  const arrays = [scale.mean, scale.scale, ...encoderTensors(shape).map(({ name }) => tensors.get(name)!)];
  return sealNumbers(MAGIC, headerSchema.parse(shape), arrays);
}

/** @throws StemscapeError model.corrupt when the bytes are cut, changed, of another format, or no autoencoder at all */
export function readAutoencoder(bytes: Uint8Array): Autoencoder {
  const { header: shape, body } = unsealNumbers(MAGIC, bytes, (header) => headerSchema.parse(header), corrupt);
  const places = encoderTensors(shape);
  const nNumbers = 2 * shape.inputSize + places.reduce((sum, { shape: [rows, columns] }) => sum + rows * columns, 0);
  if (body.length !== 4 * nNumbers) throw corrupt('it holds another count of numbers than its header says');
  const floats = floatsOf(body, corrupt);
  const scale = { mean: floats(shape.inputSize), scale: floats(shape.inputSize) };
  return { shape, scale, tensors: new Map(places.map(({ name, shape: [rows, columns] }) => [name, floats(rows * columns)])) };
}
