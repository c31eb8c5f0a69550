// The commands a browser's host answers itself: it has no native dialogs, so it lists folders for the page to choose from.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOutput, commands, type Request, type Result } from '../contract/index.ts';
import { StemscapeError, toFailure } from '../core/domain/errors.ts';
import { listFolders } from './folder-list.ts';

export interface BrowserHost {
  homeDir: string;
  resourcesDir: string;
  version: string;
}

/** Null when the command is the engine's. */
export async function answerHostCommand(request: Request, host: BrowserHost): Promise<Result<unknown> | null> {
  if (!request.name.startsWith('host.')) return null;
  try {
    return { ok: true, value: await runHostCommand(request, host) };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

async function runHostCommand(request: Request, host: BrowserHost): Promise<unknown> {
  switch (request.name) {
    case 'host.capabilities':
      return capabilities(host);
    case 'host.listFolders': {
      const input = commands['host.listFolders'].input.safeParse(request.input);
      if (!input.success) throw new StemscapeError('input.invalid', 'A folder list needs the path of a folder, or null.');
      return listFolders(input.data.path, host.homeDir);
    }
    default:
      throw new StemscapeError('host.unavailable', 'A browser has no folder dialog of its own: choose from the list instead.');
  }
}

async function capabilities(host: BrowserHost): Promise<CommandOutput<'host.capabilities'>> {
  const demoAvailable = await access(join(host.resourcesDir, 'demo')).then(
    () => true,
    () => false,
  );
  return { kind: 'browser', nativeDialogs: false, demoAvailable, version: host.version };
}
