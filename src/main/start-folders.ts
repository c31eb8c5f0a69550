// Folders named on the command line (`stemscape FOLDER...`): scanned at start, or handed to the instance already running.
import { resolve } from 'node:path';
import { z } from 'zod';

export const secondStartSchema = z.object({ folders: z.array(z.string()) });
export type SecondStart = z.output<typeof secondStartSchema>;

/** Absolute folders of an argument list; the development start has the application's own folder as one more argument. */
export function foldersOf(argv: readonly string[], isPackaged: boolean, cwd: string): string[] {
  const args = argv.slice(isPackaged ? 1 : 2);
  return args.filter((argument) => !argument.startsWith('-')).map((folder) => resolve(cwd, folder));
}
