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
    const nFrames = windows[0]?.nFrames ?? 0;
    if (windows.every((window) => window.nFrames === nFrames)) return this.#run(windows, nFrames);
    const verdicts: WindowVerdict[] = [];
    for (const window of windows) verdicts.push(...(await this.#run([window], window.nFrames)));
    return verdicts;
  }

  async #run(windows: readonly MelWindow[], nFrames: number): Promise<WindowVerdict[]> {
    const { profile, embeddingSize, genres, input, outputs } = this.manifest;
    const size = nFrames * profile.nMels;
    const data = new Float32Array(windows.length * size);
    for (const [i, window] of windows.entries()) data.set(window.melDb, i * size);
    const feeds = { [input]: { data, shape: [windows.length, nFrames, profile.nMels] } };
    const result = await this.#session.run(feeds, [outputs.embedding, outputs.logits]);
    const embeddings = result[outputs.embedding]!;
    const logits = result[outputs.logits]!;
    return windows.map((_, i) => ({
      embedding: embeddings.slice(i * embeddingSize, (i + 1) * embeddingSize),
      logits: logits.slice(i * genres.length, (i + 1) * genres.length),
    }));
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
