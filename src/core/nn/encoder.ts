// A network that gives embeddings, from a folder that need not be the bundled one: whole windows to embeddings, and windows to the
// frames that its last layers read.
import { type EncoderManifest, readEncoderManifest, verifyFiles } from './model-manifest.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export class Encoder {
  readonly manifest: EncoderManifest;
  readonly #session: Session;

  private constructor(manifest: EncoderManifest, session: Session) {
    this.manifest = manifest;
    this.#session = session;
  }

  /** @throws StemscapeError model.missing | model.corrupt | model.failed */
  static async open(dir: string, options: SessionOptions): Promise<Encoder> {
    const manifest = await readEncoderManifest(dir);
    await verifyFiles(dir, manifest);
    return new Encoder(manifest, await openSession(dir, manifest.graph, options));
  }

  /** @param melDb Float32Array [nWindows x nFrames x nMels], dB @returns Float32Array [nWindows x embeddingSize] */
  embed(melDb: Float32Array, nWindows: number): Promise<Float32Array> {
    return this.#run(melDb, nWindows, this.manifest.outputs.embedding);
  }

  /** What the last layers read, in the shape that the graph gives it. @param melDb as for `embed` */
  async frames(melDb: Float32Array, nWindows: number): Promise<Float32Array> {
    const { tail, input } = this.manifest;
    return tail.frames === input ? melDb : this.#run(melDb, nWindows, tail.frames);
  }

  async #run(melDb: Float32Array, nWindows: number, output: string): Promise<Float32Array> {
    const { profile, input } = this.manifest;
    const shape = [nWindows, melDb.length / profile.nMels / nWindows, profile.nMels];
    const results = await this.#session.run({ [input]: { data: melDb, shape } }, [output]);
    return results[output]!;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
