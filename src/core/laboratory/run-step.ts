// A step of a protocol, in a worker: the one place that knows which code each step runs.
import type { LabStep, LabStepResults } from '../domain/laboratory.ts';
import { latentMap } from './descriptors/latent-map.ts';
import { reduceAndClassify } from './descriptors/reduce-and-classify.ts';
import { fitNetwork } from './networks/fit-network.ts';
import { guessByHead } from './transfer/guess-by-head.ts';

/** @throws StemscapeError model.failed | host.unavailable */
export async function runStep(step: LabStep, pulse: (fraction: number | null) => void): Promise<LabStepResults[LabStep['name']]> {
  switch (step.name) {
    case 'reduce':
      return reduceAndClassify(step, pulse);
    case 'latent':
      return latentMap(step, pulse);
    case 'head':
      return guessByHead(step, pulse);
    case 'fit':
      return fitNetwork(step, pulse);
  }
}
