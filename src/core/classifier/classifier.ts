// The genre classifier: mel spectrogram windows in, an embedding and class scores per window out
// (ECAPA-TDNN, Desplanques et al. 2020; the graph and its numbers come from the model's folder).
import { type ClassifierManifest, readClassifierManifest, verifyFiles, versionOf } from '../nn/model-manifest.ts';
import { openSession, type Session, type SessionOptions } from '../nn/session.ts';

export interface MelWindow {
  /** Float32Array [nFrames x nMels], dB, floor..0. */
  melDb: Float32Array;
  nFrames: number;
}

export interface WindowVerdict {
  /** Float32Array [embeddingSize] */
  embedding: Float32Array;
  /** Float32Array [nGenres] */
  logits: Float32Array;
}

export class Classifier {
  readonly manifest: ClassifierManifest;
  readonly #session: Session;

  private constructor(manifest: ClassifierManifest, session: Session) {
    this.manifest = manifest;
    this.#session = session;
  }

  /** @throws StemscapeError model.missing | model.corrupt | model.failed */
  static async open(dir: string, options: SessionOptions): Promise<Classifier> {
    const manifest = await readClassifierManifest(dir);
    await verifyFiles(dir, manifest);
    return new Classifier(manifest, await openSession(dir, manifest.graph, options));
  }

  get version(): string {
    return versionOf(this.manifest);
  }

  /** One pass for windows of equal length, one pass each otherwise; results in the order of the windows. */
  async classify(windows: readonly MelWindow[]): Promise<WindowVerdict[]> {
    const { embedding, logits } = this.manifest.outputs;
    const rows = await this.#rows(windows, [embedding, logits]);
    return rows.map((row) => ({ embedding: row[embedding]!, logits: row[logits]! }));
  }

  /** Embeddings alone, Float32Array [embeddingSize] each. */
  async embed(windows: readonly MelWindow[]): Promise<Float32Array[]> {
    const { embedding } = this.manifest.outputs;
    return (await this.#rows(windows, [embedding])).map((row) => row[embedding]!);
  }

  async #rows(windows: readonly MelWindow[], outputs: string[]): Promise<Record<string, Float32Array>[]> {
    const nFrames = windows[0]?.nFrames ?? 0;
    if (windows.every((window) => window.nFrames === nFrames)) return this.#run(windows, nFrames, outputs);
    const rows: Record<string, Float32Array>[] = [];
    for (const window of windows) rows.push(...(await this.#run([window], window.nFrames, outputs)));
    return rows;
  }

  /** The named outputs of each window. */
  async #run(windows: readonly MelWindow[], nFrames: number, outputs: string[]): Promise<Record<string, Float32Array>[]> {
    const { profile, input } = this.manifest;
    const size = nFrames * profile.nMels;
    const data = new Float32Array(windows.length * size);
    for (const [i, window] of windows.entries()) data.set(window.melDb, i * size);
    const feeds = { [input]: { data, shape: [windows.length, nFrames, profile.nMels] } };
    const result = await this.#session.run(feeds, outputs);
    return windows.map((_, i) =>
      Object.fromEntries(
        outputs.map((name) => {
          const rowSize = result[name]!.length / windows.length;
          return [name, result[name]!.slice(i * rowSize, (i + 1) * rowSize)];
        }),
      ),
    );
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
