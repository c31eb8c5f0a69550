// How well the network in training tells the genres apart on tracks that it does not learn from.
import type { Encoder } from '../../nn/encoder.ts';
import type { TailTrainer } from '../../nn/tfjs/tail-trainer.ts';
import { readBatch, wholeWindows } from './batches.ts';
import type { LabelledWindow, RunReader } from './run-folder.ts';

const BATCH_SIZE = 4;

export interface ValidationFigures {
  /** Mean cross-entropy of the windows, every genre counting the same; nats. */
  loss: number;
  /** Share of tracks whose mean probability over their windows is highest for the right genre, 0..1. */
  accuracy: number;
}

/** @param windows whole tracks, in the plan's order @param pulse called after every batch */
export async function validate(
  run: RunReader,
  windows: readonly LabelledWindow[],
  encoder: Encoder,
  trainer: TailTrainer,
  pulse: () => void,
): Promise<ValidationFigures> {
  const nGenres = run.plan.genres.length;
  const losses = run.plan.genres.map((): number[] => []);
  const tracks = new Map<number, { class: number; sums: Float64Array }>();
  for (const batch of wholeWindows(windows, BATCH_SIZE)) {
    const nWindows = batch.crops.length;
    const frames = await encoder.frames(await readBatch(run, batch), nWindows);
    const logProbabilities = trainer.score({ frames, nWindows, nFrames: batch.nFrames });
    for (const [i, { window }] of batch.crops.entries()) {
      const row = logProbabilities.subarray(i * nGenres, (i + 1) * nGenres);
      losses[window.class]!.push(-row[window.class]!);
      const track = tracks.get(window.track) ?? { class: window.class, sums: new Float64Array(nGenres) };
      for (let g = 0; g < nGenres; g++) track.sums[g]! += Math.exp(row[g]!);
      tracks.set(window.track, track);
    }
    pulse();
  }
  const right = [...tracks.values()].filter(({ class: genre, sums }) => sums.indexOf(Math.max(...sums)) === genre);
  return { loss: mean(losses.filter(({ length }) => length > 0).map(mean)), accuracy: right.length / tracks.size };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
