// The learning rate over a training: a straight rise, then half a cosine down to nothing (Loshchilov and Hutter 2017).
import type { Recipe } from './run-plan.ts';

/** @param step 0-based update @returns the rate for it, 0..peakRate */
export function learningRate(step: number, nSteps: number, { peakRate, warmupEpochs, maxEpochs }: Recipe): number {
  const warmup = Math.round(warmupEpochs * nSteps);
  if (step < warmup) return (peakRate * (step + 1)) / warmup;
  const progress = (step - warmup) / Math.max(1, maxEpochs * nSteps - warmup);
  return (peakRate * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}
