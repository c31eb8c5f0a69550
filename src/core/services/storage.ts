// An account of the bytes in the library's folder, and the freeing of what may go.
import { readdir, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import { FREEABLE_PARTS, type FreeablePart, type StorageSummary, type StorageUse } from '../domain/storage.ts';
import { fileBytes, folderBytes } from './folder-size.ts';
import type { TrainingService } from './training.ts';

export interface StorageParts {
  db: Pick<LibraryDb, 'file' | 'storage' | 'models'>;
  dirs: { listening: string; models: string; training: string; laboratory: string };
  /** Null where nothing is logged to a file. */
  logFile: string | null;
  training: Pick<TrainingService, 'status' | 'discard'>;
}

type Account = Omit<StorageUse, 'part'>;

/** Entries that are being filled; see FolderCache and ModelFolders. */
const isUnfinished = (name: string): boolean => name.startsWith('.');

export class StorageService {
  readonly #parts: StorageParts;

  constructor(parts: StorageParts) {
    this.#parts = parts;
  }

  async summary(): Promise<StorageSummary> {
    const { db, dirs } = this.#parts;
    const { isRunning, isInterrupted } = await this.#trainingState();
    const [maps, tagJournal] = [db.storage.mapBytes(), db.storage.tagJournalBytes()];
    const parts: StorageUse[] = [
      { part: 'library', ...kept(Math.max(0, (await this.#libraryBytes()) - maps - tagJournal), db.file) },
      { part: 'maps', ...kept(maps, db.file) },
      { part: 'tagJournal', ...kept(tagJournal, db.file) },
      { part: 'listening', ...(await this.#account(dirs.listening, await finishedIn(dirs.listening))) },
      { part: 'models', ...(await this.#account(dirs.models, await this.#orphans())) },
      { part: 'training', ...(await this.#account(dirs.training, isRunning ? [] : [dirs.training])) },
      { part: 'laboratory', ...(await this.#account(dirs.laboratory, [join(dirs.laboratory, 'cache')])) },
      { part: 'logs', ...(await this.#logs()) },
    ];
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    return { parts, bytes, diskFreeBytes: await diskFree(dirname(db.file)), hasInterruptedTraining: isInterrupted };
  }

  /** What is in use just now stays. @throws StemscapeError training.running */
  async free(parts: readonly FreeablePart[]): Promise<StorageSummary> {
    const wanted = FREEABLE_PARTS.filter((part) => parts.includes(part));
    for (const part of wanted) await this.#freeOne(part);
    return this.summary();
  }

  async #freeOne(part: FreeablePart): Promise<void> {
    const { dirs, training, logFile } = this.#parts;
    switch (part) {
      case 'listening':
        return removeAll(await finishedIn(dirs.listening));
      case 'models':
        return removeAll(await this.#orphans());
      case 'training': {
        const { isRunning } = await this.#trainingState();
        if (isRunning)
          throw new StemscapeError('training.running', 'A training is under way; what it works with stays until it ends.');
        await training.discard();
        return removeAll([dirs.training]);
      }
      case 'laboratory':
        return removeAll([join(dirs.laboratory, 'cache')]);
      case 'logs':
        return removeAll(logFile === null ? [] : [olderLog(logFile)]);
    }
  }

  async #libraryBytes(): Promise<number> {
    const { file } = this.#parts.db;
    const sizes = await Promise.all([file, `${file}-wal`, `${file}-shm`].map(fileBytes));
    return sizes.reduce((sum, size) => sum + size);
  }

  async #account(dir: string, freeable: readonly string[]): Promise<Account> {
    const sizes = await Promise.all(freeable.map(folderBytes));
    return { bytes: await folderBytes(dir), freeableBytes: sizes.reduce((sum, size) => sum + size, 0), path: dir };
  }

  async #logs(): Promise<Account> {
    const { logFile } = this.#parts;
    if (logFile === null) return { bytes: 0, freeableBytes: 0, path: null };
    const older = await fileBytes(olderLog(logFile));
    return { bytes: (await fileBytes(logFile)) + older, freeableBytes: older, path: dirname(logFile) };
  }

  /** Networks that no model of the registry is made of; a training that ends hands its network over before its model. */
  async #orphans(): Promise<string[]> {
    const { db, dirs } = this.#parts;
    if ((await this.#trainingState()).isRunning) return [];
    const known = new Set(db.models.list().map(({ encoderFolder }) => encoderFolder));
    return (await finishedIn(dirs.models)).filter((path) => !known.has(path.slice(dirs.models.length + 1)));
  }

  async #trainingState(): Promise<{ isRunning: boolean; isInterrupted: boolean }> {
    const { progress, interrupted } = await this.#parts.training.status();
    return { isRunning: progress !== null, isInterrupted: interrupted !== null };
  }
}

function kept(bytes: number, path: string): Account {
  return { bytes, freeableBytes: 0, path };
}

function olderLog(logFile: string): string {
  return `${logFile}.old`;
}

async function finishedIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((): string[] => []);
  return names.filter((name) => !isUnfinished(name)).map((name) => join(dir, name));
}

/** A file that another program holds open stays; the next time it goes. */
async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { recursive: true, force: true }).catch(() => {});
}

async function diskFree(dir: string): Promise<number | null> {
  return statfs(dir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}
