// The account of what the library's folder holds, for app.ts.
import { join } from 'node:path';
import { LISTENING_DIR } from './app-listening.ts';
import type { AppOptions } from './app-options.ts';
import type { LibraryDb } from './db/open.ts';
import { StorageService } from './services/storage.ts';
import type { TrainingService } from './services/training.ts';

export interface StorageServices {
  storage: StorageService;
}

export interface StorageServiceParts {
  options: AppOptions;
  db: LibraryDb;
  training: TrainingService;
}

export function createStorageServices({ options, db, training }: StorageServiceParts): StorageServices {
  const { libraryDir, logFile = null } = options;
  const dirs = {
    listening: join(libraryDir, LISTENING_DIR),
    models: join(libraryDir, 'models'),
    training: join(libraryDir, 'training'),
    laboratory: join(libraryDir, 'laboratory'),
  };
  return { storage: new StorageService({ db, dirs, logFile, training }) };
}
