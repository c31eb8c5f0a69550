// The models a worker keeps open between tracks; opened on first use.
import { Classifier } from '../classifier/classifier.ts';
import type { ModelPaths } from '../domain/analysis.ts';
import { Separator } from '../separation/separator.ts';

export class Models {
  #key = '';
  #separator: Promise<Separator> | null = null;
  #classifier: Promise<Classifier> | null = null;
  #paths: ModelPaths | null = null;
  #nThreads = 1;

  /** Names the models wanted from now on, and the threads one operator may take; others are closed. */
  async use(paths: ModelPaths, nThreads: number): Promise<void> {
    const key = JSON.stringify([paths, nThreads]);
    if (key === this.#key) return;
    await this.close();
    this.#key = key;
    this.#paths = paths;
    this.#nThreads = nThreads;
  }

  separator(): Promise<Separator> {
    const { separatorDir, provider } = this.#known();
    this.#separator ??= Separator.open(separatorDir, { provider, nThreads: this.#nThreads });
    return this.#separator;
  }

  classifier(): Promise<Classifier> {
    const { classifierDir, provider } = this.#known();
    this.#classifier ??= Classifier.open(classifierDir, { provider, nThreads: this.#nThreads });
    return this.#classifier;
  }

  #known(): ModelPaths {
    if (this.#paths === null) throw new Error('Models.use must come first');
    return this.#paths;
  }

  async close(): Promise<void> {
    const open = [this.#separator, this.#classifier];
    this.#separator = null;
    this.#classifier = null;
    this.#key = '';
    for (const model of open) await (await model?.catch(() => null))?.close();
  }
}
