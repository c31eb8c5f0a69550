// A head as bytes: a short header that says what follows, the numbers, and a checksum over both.
import { z } from 'zod';
import { HEAD_FAMILIES, type Head, JOIN_RULES, type KernelMap } from '../../domain/training.ts';
import { complainOf, floatsOf, sealNumbers, unsealNumbers } from '../sealed-numbers.ts';
import { landmarkSize, nRelevant } from './kernel-map.ts';

/** "SSHEAD" and the version of the format. */
const MAGIC = Uint8Array.of(0x53, 0x53, 0x48, 0x45, 0x41, 0x44, 0x00, 0x01);
const MAX_SIZE = 100_000;

const size = z.number().int().min(0).max(MAX_SIZE);
const headerSchema = z
  .object({
    genres: z.array(z.string().min(1)).min(2).max(MAX_SIZE),
    embeddingSize: size,
    nDescriptors: size,
    /** Left out: it reads no stems. */
    stems: z
      .object({ nFeatures: size.min(1), encoder: z.string().min(1).max(200) })
      .strict()
      .optional(),
    temperature: z.number().positive(),
    join: z.enum(JOIN_RULES),
    settings: z
      .object({
        family: z.enum(HEAD_FAMILIES),
        regularization: z.number().min(0),
        nComponents: z.number().int().positive(),
      })
      .strict(),
    /** Null: the head keeps none. */
    nNeighbours: size.nullable(),
    /** Left out: a linear head. */
    kernel: z
      .object({ nLandmarks: size.min(1), nRelevant: size.min(1), nDirections: size.min(1).optional() })
      .strict()
      .optional(),
  })
  .strict();
type Header = z.output<typeof headerSchema>;
const corrupt = complainOf('model');

export function encodeHead(head: Head): Uint8Array {
  const { kernel } = head;
  const header: Header = {
    genres: head.genres,
    embeddingSize: head.embeddingSize,
    nDescriptors: head.nDescriptors,
    ...(head.nStemFeatures > 0 && { stems: { nFeatures: head.nStemFeatures, encoder: head.stemEncoder } }),
    temperature: head.temperature,
    join: head.join,
    settings: head.settings,
    nNeighbours: head.neighbours ? head.neighbours.classes.length : null,
    ...(kernel && { kernel: kernelHeader(kernel) }),
  };
  const arrays: (Float32Array | Int32Array)[] = [head.mean, head.scale];
  if (kernel) arrays.push(kernel.relevance, ...axesOf(kernel), kernel.landmarks);
  arrays.push(head.weights, head.bias, head.thresholds);
  if (head.neighbours) arrays.push(head.neighbours.scores, head.neighbours.classes);
  return sealNumbers(MAGIC, headerSchema.parse(header), arrays);
}

function kernelHeader(kernel: KernelMap): Header['kernel'] {
  const width = landmarkSize(kernel);
  const sizes = { nLandmarks: kernel.landmarks.length / width, nRelevant: nRelevant(kernel) };
  return { ...sizes, ...(kernel.axes && { nDirections: width }) };
}

function axesOf({ axes }: KernelMap): Float32Array[] {
  return axes ? [axes.directions, axes.halves] : [];
}

/** @throws StemscapeError model.corrupt when the bytes are cut, changed, of a newer format, or not a head at all */
export function decodeHead(bytes: Uint8Array): Head {
  const { header, body } = unsealNumbers(MAGIC, bytes, (json) => headerSchema.parse(json), corrupt);
  return readNumbers(header, body);
}

/** @param body a copy of its own, so that it lies on a boundary */
function readNumbers(header: Header, body: Uint8Array<ArrayBuffer>): Head {
  const m = header.genres.length;
  const { nFeatures: nStemFeatures, encoder: stemEncoder } = header.stems ?? { nFeatures: 0, encoder: '' };
  const d = header.embeddingSize + header.nDescriptors + nStemFeatures;
  const nNeighbours = header.nNeighbours ?? 0;
  const { nLandmarks, nRelevant: width, nDirections = 0 } = header.kernel ?? { nLandmarks: 0, nRelevant: 0 };
  const nInLandmarks = nLandmarks * (nDirections || width);
  const nInAxes = nDirections > 0 ? nDirections * width + nLandmarks : 0;
  const nKernel = header.kernel ? d + nInAxes + nInLandmarks : 0;
  const nWeights = m * (header.kernel ? nLandmarks : d);
  const nNumbers = 2 * d + nKernel + nWeights + 2 * m + nNeighbours * (m + 1);
  if (body.length !== 4 * nNumbers) throw corrupt('it holds another count of numbers than its header says');
  const floats = floatsOf(body, corrupt);
  const [mean, scale] = [floats(d), floats(d)];
  const relevance = floats(header.kernel ? d : 0);
  const axes = nDirections > 0 ? { directions: floats(nDirections * width), halves: floats(nLandmarks) } : null;
  const kernel = header.kernel ? { relevance, axes, landmarks: floats(nInLandmarks) } : null;
  const [weights, bias, thresholds, scores] = [floats(nWeights), floats(m), floats(m), floats(nNeighbours * m)];
  const classes = new Int32Array(body.buffer, body.byteOffset + body.length - 4 * nNeighbours, nNeighbours).slice();
  if (scale.some((value) => value <= 0)) throw corrupt('it holds a scale that is not positive');
  if (classes.some((label) => label < 0 || label >= m)) throw corrupt('it names a genre that it does not have');
  if (kernel && (kernel.relevance.some((value) => value < 0) || nRelevant(kernel) !== width))
    throw corrupt('its landmarks do not fit the features');
  const { genres, embeddingSize, nDescriptors, temperature, join, settings } = header;
  const neighbours = header.nNeighbours === null ? null : { scores, classes };
  const sizes = { embeddingSize, nDescriptors, nStemFeatures, stemEncoder };
  return { genres, ...sizes, mean, scale, kernel, weights, bias, temperature, thresholds, join, neighbours, settings };
}
