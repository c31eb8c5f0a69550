// A library that a test teaches the way a person does: everything through the contract, with the real engine and workers.
import type { CommandInput, CommandName, CommandOutput, EventName, EventPayload, Track } from '../../src/contract/index.ts';
import { StemscapeError } from '../../src/core/domain/errors.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { RESOURCES_DIR } from './real-audio.ts';

/** The genre that a track really has, by track id. */
export type Truth = ReadonlyMap<number, string>;

export class TeachableLibrary {
  readonly #engine: Engine;
  #nRequests = 0;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  static async open(libraryDir: string): Promise<TeachableLibrary> {
    return new TeachableLibrary(await openEngine({ libraryDir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER }));
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  async call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const { result } = await this.#engine.handle({ type: 'request', id: ++this.#nRequests, name, input });
    if (!result.ok) throw new StemscapeError(result.error.code, result.error.message);
    return result.value as CommandOutput<N>;
  }

  async scan(folder: string): Promise<void> {
    const ended = this.#next('scan.ended');
    await this.call('scan.start', { folders: [folder] });
    const { summary, failure } = await ended;
    if (failure) throw new StemscapeError(failure.code, failure.message);
    if (summary!.analysed < summary!.found)
      throw new Error(`Only ${summary!.analysed} of ${summary!.found} files were analysed.`);
  }

  async tracks(): Promise<Track[]> {
    const all: Track[] = [];
    for (;;) {
      const { total, tracks } = await this.call('tracks.list', { sort: 'path', offset: all.length, limit: 1000 });
      all.push(...tracks);
      if (all.length >= total) return all;
    }
  }

  /** One act a genre, as a person who selects and labels. */
  async label(ids: readonly number[], truth: Truth): Promise<void> {
    const byGenre = Map.groupBy(ids, (id) => truth.get(id)!);
    for (const [genre, same] of byGenre)
      await this.call('labels.set', { target: { kind: 'tracks', ids: same }, genres: [genre] });
  }

  async unlabel(ids: readonly number[]): Promise<void> {
    await this.call('labels.set', { target: { kind: 'tracks', ids: [...ids] }, genres: [] });
  }

  /** @returns the new model's id */
  async train(request: CommandInput<'training.start'> = {}): Promise<string> {
    const ended = this.#next('training.ended');
    await this.call('training.start', request);
    const { modelId, failure } = await ended;
    if (failure) throw new StemscapeError(failure.code, failure.message);
    return modelId!;
  }

  /** Share of these tracks whose likeliest genre, as the model in use hears it, is the true one. */
  async accuracy(ids: readonly number[], truth: Truth): Promise<number> {
    const wanted = new Set(ids);
    const heard = (await this.tracks()).filter(({ id }) => wanted.has(id));
    const right = heard.filter((track) => track.guess?.genres[0]?.name === truth.get(track.id));
    return right.length / ids.length;
  }

  #next<N extends EventName>(name: N): Promise<EventPayload<N>> {
    return new Promise((resolve) => {
      const stop = this.#engine.onEvent((message) => {
        if (message.name !== name) return;
        stop();
        resolve(message.payload as EventPayload<N>);
      });
    });
  }
}
