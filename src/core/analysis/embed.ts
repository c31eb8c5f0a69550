// Embeddings by a network that is not the bundled one: of a training's windows, and of any track.
import { availableParallelism } from 'node:os';
import type { EmbeddedRun, EmbeddedWindow, ListenedWindow, Provider, WorkerTask } from '../domain/analysis.ts';
import { Encoder } from '../nn/encoder.ts';
import { readBatch, wholeWindow } from '../training/finetune/batches.ts';
import { readMelBytes } from '../training/finetune/mel-bytes.ts';
import { RunReader } from '../training/finetune/run-folder.ts';
import { listenWindows } from './listen-windows.ts';

type EmbedRunTask = Extract<WorkerTask, { kind: 'embedRun' }>;
type EmbedTrackTask = Extract<WorkerTask, { kind: 'embedTrack' }>;

/** Every window of a training's run, in its order. @throws StemscapeError file.missing | input.invalid | model.* */
export async function embedRun(task: EmbedRunTask, pulse: (fraction: number | null) => void): Promise<EmbeddedRun> {
  const run = await RunReader.open(task.runDir);
  // One task for all windows: it may take every core. The sums of a product do not depend on the number of threads.
  const encoder = await Encoder.open(task.encoderDir, { provider: 'cpu', nThreads: availableParallelism() });
  try {
    const { embeddingSize } = encoder.manifest;
    const windows = run.windows();
    const embeddings = new Float32Array(windows.length * embeddingSize);
    for (const [i, window] of windows.entries()) {
      const melDb = await readBatch(run, wholeWindow(window));
      embeddings.set(await encoder.embed(melDb, 1), i * embeddingSize);
      pulse(i / windows.length);
    }
    return { embeddings, embeddingSize };
  } finally {
    await encoder.close();
    await run.close();
  }
}

/** The encoder that tracks were embedded with last: a library is embedded track by track, with the same one. */
export class OpenEncoder {
  #key = '';
  #encoder: Promise<Encoder> | null = null;

  async use(dir: string, provider: Provider): Promise<Encoder> {
    const key = JSON.stringify([dir, provider]);
    if (key !== this.#key) await this.close();
    this.#key = key;
    this.#encoder ??= Encoder.open(dir, { provider, nThreads: 1 });
    try {
      return await this.#encoder;
    } catch (error) {
      this.#encoder = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = this.#encoder;
    this.#encoder = null;
    await (await open?.catch(() => null))?.close();
  }
}

/** @throws StemscapeError file.* | decode.* | model.* */
export async function embedTrack(
  task: EmbedTrackTask,
  encoders: OpenEncoder,
  pulse: (fraction: number | null) => void,
): Promise<EmbeddedWindow[]> {
  const encoder = await encoders.use(task.encoderDir, task.provider);
  const embedded: EmbeddedWindow[] = [];
  for (const window of listenWindows(task, pulse)) {
    const { startSec, lengthSec } = window;
    embedded.push({ startSec, lengthSec, embedding: await encoder.embed(melOf(window), 1) });
  }
  return embedded;
}

/** From the bytes, as in training: the same window has the same embedding wherever it is made. */
function melOf({ bytes }: ListenedWindow): Float32Array {
  const melDb = new Float32Array(bytes.length);
  readMelBytes(bytes, melDb);
  return melDb;
}
