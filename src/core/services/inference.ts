// Which provider the models run on: a person's choice, or the measured one, remembered for this machine and these models.
import { z } from 'zod';
import { chooseProvider, type ProviderReport } from '../analysis/choose-provider.ts';
import type { Settings } from '../config/settings.ts';
import { type ModelPaths, PROVIDERS, type Provider } from '../domain/analysis.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';

const noteSchema = z.object({ fingerprint: z.string(), provider: z.enum(PROVIDERS) });

export interface InferenceParts {
  pool: WorkerPool;
  separatorDir: string;
  classifierDir: string;
  settings: () => Settings;
  /** A note kept between runs. */
  memory: { recall(): unknown; remember(note: unknown): void };
  /** Changes when the models, the runtime or the machine change: a remembered choice is then measured again. */
  fingerprint: () => string;
}

export class Inference {
  readonly #parts: InferenceParts;
  #measured: Promise<{ chosen: Provider; reports: ProviderReport[] }> | null = null;

  constructor(parts: InferenceParts) {
    this.#parts = parts;
  }

  /** The model folders and the provider to open them on. */
  async models(): Promise<ModelPaths> {
    return this.#pathsOn(await this.#provider());
  }

  /** Measures every provider the runtime has here, now. */
  async measure(): Promise<{ chosen: Provider; reports: ProviderReport[] }> {
    const { pool, memory, fingerprint } = this.#parts;
    const probe = (provider: Provider) =>
      pool.run({ kind: 'probe', models: this.#pathsOn(provider) }, { priority: 'interactive' });
    const measured = await chooseProvider(probe);
    memory.remember({ fingerprint: fingerprint(), provider: measured.chosen });
    return measured;
  }

  #pathsOn(provider: Provider): ModelPaths {
    const { separatorDir, classifierDir } = this.#parts;
    return { separatorDir, classifierDir, provider };
  }

  async #provider(): Promise<Provider> {
    const wanted = this.#parts.settings().provider;
    if (wanted !== 'auto') return wanted;
    const remembered = this.#remembered();
    if (remembered !== null) return remembered;
    this.#measured ??= this.measure().catch((error: unknown) => {
      this.#measured = null;
      throw error;
    });
    return (await this.#measured).chosen;
  }

  #remembered(): Provider | null {
    const note = noteSchema.safeParse(this.#parts.memory.recall());
    return note.success && note.data.fingerprint === this.#parts.fingerprint() ? note.data.provider : null;
  }
}
