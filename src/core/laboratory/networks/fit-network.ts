// The step `fit`, in a worker: a network by its name, trained on segments that lie on the disk.
import type { FitResult, FitStep } from '../../domain/laboratory-networks.ts';
import { openTensors } from '../../nn/tfjs/backend.ts';
import { NETWORK_MAKERS } from './registry.ts';
import { SegmentReader } from './segment-reader.ts';
import { trainNetwork } from './train-network.ts';

/** @throws StemscapeError internal | host.unavailable */
export async function fitNetwork(step: FitStep, pulse: (fraction: number | null) => void): Promise<FitResult> {
  const startMs = performance.now();
  const backend = await openTensors('auto');
  const network = NETWORK_MAKERS[step.network](step.options, step.nClasses);
  const examples = new SegmentReader(step.table, step.channels);
  const { values: _, ...found } = await trainNetwork({ ...step, network, examples, onProgress: pulse });
  return { ...found, backend, seconds: (performance.now() - startMs) / 1000 };
}
