// The weights an autoencoder starts from: the shortcuts are the principal components, and the layers beside them add nothing yet. So
// it is never worse than they are, and training finds what they miss.
import { type AutoencoderShape, autoencoderTensors } from '../../nn/tfjs/autoencoder-network.ts';
import { principalComponents } from '../head/principal-components.ts';
import { normal, type Random } from '../random.ts';

/**
 * He et al. 2015 for the layers, zero for the last of each half and for the genres, principal directions for the shortcuts; directions
 * that too few tracks leave open are zero.
 * @param rows Float32Array [n x inputSize], standardised
 */
export function firstWeights(shape: AutoencoderShape, rows: Float32Array, random: Random): Map<string, Float32Array> {
  const { inputSize, latentSize, hidden } = shape;
  const { mean, directions } = principalComponents(Float64Array.from(rows), inputSize, latentSize, random);
  const silent = [`encoder.${hidden.length}.weight`, `decoder.${hidden.length}.weight`];
  const values = new Map<string, Float32Array>();
  for (const { name, shape: size } of autoencoderTensors(shape)) {
    const [nOut, nIn] = size;
    const isDrawn = /^(en|de)coder\.\d+\.weight$/.test(name) && !silent.includes(name);
    const spread = isDrawn ? Math.sqrt(2 / nIn) : 0;
    values.set(
      name,
      Float32Array.from({ length: nOut * nIn }, () => (isDrawn ? spread * normal(random) : 0)),
    );
  }
  const k = directions.length / inputSize;
  values.get('encoder.linear')!.set(directions);
  const back = values.get('decoder.linear')!;
  for (let c = 0; c < k; c++) for (let j = 0; j < inputSize; j++) back[j * latentSize + c] = directions[c * inputSize + j]!;
  const shift = values.get(`encoder.${hidden.length}.bias`)!;
  for (let c = 0; c < k; c++) {
    let along = 0;
    for (let j = 0; j < inputSize; j++) along += mean[j]! * directions[c * inputSize + j]!;
    shift[c] = -along;
  }
  values.get(`decoder.${hidden.length}.bias`)!.set(mean);
  return values;
}
