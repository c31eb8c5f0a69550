// The networks that learn here, behind one form: named tensors, frames in, embeddings out.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Tail } from '../model-manifest.ts';
import { ecapaFrames, embedEcapaFrames } from './ecapa-tail.ts';
import type { Weights } from './layers.ts';
import { embedSmallCnnFrames, smallCnnFrames } from './small-cnn.ts';

export interface TrainableNetwork {
  /** Shape of the frames of some windows, as the graph's output (or input) has it. */
  shapeOf(nWindows: number, nFrames: number): [number, number, number];
  /** Frames in that shape, to data [nChannels x nWindows x nFrames]. */
  prepare(frames: Tensor3D): Tensor3D;
  /** Prepared data to embeddings [embeddingSize x nWindows]. */
  embed(weights: Weights, data: Tensor3D): Tensor2D;
}

export function trainableNetwork({ network, nChannels }: Tail): TrainableNetwork {
  switch (network) {
    case 'ecapa':
      return { shapeOf: (nWindows, nFrames) => [nWindows, nChannels, nFrames], prepare: ecapaFrames, embed: embedEcapaFrames };
    case 'scratch-cnn':
      return {
        shapeOf: (nWindows, nFrames) => [nWindows, nFrames, nChannels],
        prepare: smallCnnFrames,
        embed: embedSmallCnnFrames,
      };
  }
}
