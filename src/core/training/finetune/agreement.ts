// Whether a newly written network says the same in ONNX Runtime, which will use it, as in tfjs, which trained it.
import { StemscapeError } from '../../domain/errors.ts';
import { Encoder } from '../../nn/encoder.ts';
import { embedFrames } from '../../nn/tfjs/tail-embedding.ts';
import { readTail } from '../../nn/tfjs/tail-weights.ts';
import { readBatch, wholeWindow } from './batches.ts';
import type { RunReader } from './run-folder.ts';

/** Largest difference allowed, as a share of the largest value of the embeddings. */
export const MAX_DIFFERENCE = 1e-4;
const N_WINDOWS = 16;

/**
 * Embeds windows spread over the whole run in both engines.
 * @returns the largest difference of any value, as a share of the largest absolute value of all embeddings
 * @throws StemscapeError model.failed above MAX_DIFFERENCE | model.missing | model.corrupt
 */
export async function checkAgreement(encoderDir: string, run: RunReader): Promise<number> {
  const encoder = await Encoder.open(encoderDir, { provider: 'cpu', nThreads: 1 });
  try {
    const { manifest } = encoder;
    const values = await readTail(encoderDir, manifest);
    let [difference, scale] = [0, 0];
    for (const window of spread(run.windows())) {
      const melDb = await readBatch(run, wholeWindow(window));
      const expected = await encoder.embed(melDb, 1);
      const found = embedFrames(manifest.tail, values, await encoder.frames(melDb, 1), 1, window.nFrames);
      for (const [i, value] of expected.entries()) {
        difference = worst(difference, Math.abs(value - found[i]!));
        scale = Math.max(scale, Math.abs(value));
      }
    }
    const share = difference / scale;
    if (share <= MAX_DIFFERENCE) return share;
    const sentence = `The trained network differs between its two engines by ${share.toPrecision(2)}; it was not kept.`;
    throw new StemscapeError('model.failed', sentence);
  } finally {
    await encoder.close();
  }
}

/** NaN is the worst of all. */
function worst(a: number, b: number): number {
  return Number.isNaN(b) ? Number.NaN : Math.max(a, b);
}

function spread<T>(items: readonly T[]): T[] {
  const n = Math.min(N_WINDOWS, items.length);
  return Array.from({ length: n }, (_, i) => items[Math.floor(((i + 0.5) / n) * items.length)]!);
}
