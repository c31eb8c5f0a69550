// Folders named on the command line (`stemscape FOLDER...`): scanned at start, or handed to the instance already running.
import { resolve } from 'node:path';
import { z } from 'zod';

export const secondStartSchema = z.object({ folders: z.array(z.string()) });
export type SecondStart = z.output<typeof secondStartSchema>;

/** Absolute folders of an argument list. While developing, its first plain argument is the application's own folder. */
export function foldersOf(argv: readonly string[], isPackaged: boolean, cwd: string): string[] {
  const plain = argv.slice(1).filter((argument) => !argument.startsWith('-'));
  return plain.slice(isPackaged ? 0 : 1).map((folder) => resolve(cwd, folder));
}
