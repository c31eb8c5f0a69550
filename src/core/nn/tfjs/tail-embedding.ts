// A network's last layers as tfjs computes them, for comparison with ONNX Runtime.
import { type Tensor, tensor, tensor3d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Tail } from '../model-manifest.ts';
import type { TensorValues } from './tail-weights.ts';
import { trainableNetwork } from './trainable-network.ts';

/**
 * @param frames Float32Array as the graph gives them (or takes them, where every layer is trained)
 * @returns Float32Array [nWindows x embeddingSize]
 */
export function embedFrames(
  tail: Tail,
  values: TensorValues,
  frames: Float32Array,
  nWindows: number,
  nFrames: number,
): Float32Array {
  const network = trainableNetwork(tail);
  const result = tidy(() => {
    const weights: Record<string, Tensor> = {};
    for (const { name, shape } of tail.tensors) weights[name] = tensor(values.get(name)!, shape);
    const data = network.prepare(tensor3d(frames, network.shapeOf(nWindows, nFrames)));
    return transpose(network.embed(weights, data));
  });
  const embeddings = result.dataSync<'float32'>();
  result.dispose();
  return embeddings;
}
