// Own networks on disk: a folder for each model that has one, below models/ in the library.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StemscapeError } from '../domain/errors.ts';
import { type EncoderManifest, readEncoderManifest, verifyFiles, versionOf } from '../nn/model-manifest.ts';
import type { EncoderFiles } from './model-file.ts';

/** Letters and digits of a new model's id. */
const ID_BYTES = 5;

export function newModelId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

export class ModelFolders {
  readonly #dir: string;

  /** @param libraryDir the folder of library.db */
  constructor(libraryDir: string) {
    this.#dir = join(libraryDir, 'models');
  }

  pathOf(folder: string): string {
    return join(this.#dir, folder);
  }

  /** Reads and checks an own network. @throws StemscapeError model.missing | model.corrupt */
  async open(folder: string): Promise<EncoderManifest> {
    const dir = this.pathOf(folder);
    const manifest = await readEncoderManifest(dir);
    await verifyFiles(dir, manifest);
    return manifest;
  }

  /** Every file that makes the network. @throws StemscapeError model.missing | model.corrupt */
  async read(folder: string): Promise<EncoderFiles> {
    const { graph, weights } = await this.open(folder);
    const names = ['model.json', graph, weights];
    const files = names.map(async (name) => [name, await readFile(join(this.pathOf(folder), name))] as const);
    return new Map(await Promise.all(files));
  }

  /** Writes and checks the files aside first: a folder of this name is always whole. */
  async write(folder: string, files: EncoderFiles): Promise<EncoderManifest> {
    const aside = this.pathOf(`.new-${folder}`);
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside, { recursive: true });
    try {
      for (const [name, bytes] of files) await writeFile(join(aside, name), bytes);
      const manifest = await this.open(`.new-${folder}`);
      await rename(aside, this.pathOf(folder));
      return manifest;
    } catch (cause) {
      await rm(aside, { recursive: true, force: true });
      if (cause instanceof StemscapeError) throw cause;
      throw new StemscapeError('disk.full', 'The model could not be written into the library folder.', { cause });
    }
  }

  /** Takes a finished folder over. */
  async adopt(folder: string, from: string): Promise<EncoderManifest> {
    await mkdir(this.#dir, { recursive: true });
    await rename(from, this.pathOf(folder));
    return this.open(folder);
  }

  remove(folder: string): Promise<void> {
    return rm(this.pathOf(folder), { recursive: true, force: true });
  }
}

/** Names an own network by its weights too: two trainings of one kind are two networks. */
export function ownEncoderVersion(manifest: EncoderManifest): string {
  return `${versionOf(manifest)} ${manifest.sha256.weights.slice(0, 12)}`;
}
