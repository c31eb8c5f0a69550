// Times the real models on the provider in use and keeps their outputs, so that the engine can compare them with the CPU's.
import type { ModelPaths, ProbeResult } from '../domain/analysis.ts';
import { supportedProviders } from '../nn/providers.ts';
import type { Models } from './models.ts';

const WINDOW_SEC = 10;
const TIMED_RUNS = 3;
/** Enough of the masks to notice a provider that computes something else. */
const MASK_SAMPLES = 4096;

export async function probeModels(paths: ModelPaths, models: Models): Promise<ProbeResult> {
  const separator = await models.separator();
  const classifier = await models.classifier();
  const { stft } = separator.manifest;
  const { profile } = classifier.manifest;

  const nBins = stft.fftSamples / 2 + 1;
  const nSeparatorFrames = Math.floor((WINDOW_SEC * stft.sampleRateHz) / stft.hopSamples) + 1;
  const noise = pseudoNoise(nSeparatorFrames * nBins, 1);
  const channel = { re: noise, im: new Float32Array(noise.length) };
  const spectrum = { left: channel, right: channel, nFrames: nSeparatorFrames, nBins };

  const nFrames = Math.floor((WINDOW_SEC * profile.sampleRateHz) / profile.hopSamples) + 1;
  const melDb = pseudoNoise(nFrames * profile.nMels, 2).map((value) => Math.abs(value) * profile.floorDb);

  const separation = await timed(() => separator.masks(spectrum));
  const classification = await timed(() => classifier.classify([{ melDb, nFrames }]));
  const masks = new Float32Array(MASK_SAMPLES);
  separation.value.readFrame(0, 0, Math.floor(nSeparatorFrames / 2), masks.subarray(0, nBins));
  return {
    provider: paths.provider,
    supported: supportedProviders(),
    separatorMs: separation.ms,
    classifierMs: classification.ms,
    logits: classification.value[0]!.logits,
    masks,
  };
}

/** Median of a few runs after one that warms up. */
async function timed<T>(action: () => Promise<T>): Promise<{ ms: number; value: T }> {
  let value = await action();
  const times: number[] = [];
  for (let i = 0; i < TIMED_RUNS; i++) {
    const start = performance.now();
    value = await action();
    times.push(performance.now() - start);
  }
  return { ms: times.sort((a, b) => a - b)[Math.floor(TIMED_RUNS / 2)]!, value };
}

/** Uniform -1..1 from a linear congruential generator: the same input on every machine. */
function pseudoNoise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
