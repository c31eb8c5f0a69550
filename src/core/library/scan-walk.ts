// Stage 1 of a scan: every audio file below the scopes, and everything left out with its reason.
import { pathKeyOf } from '../db/sort-key.ts';
import { type Failure, toFailure } from '../domain/errors.ts';
import type { ScanRun } from './scan-run.ts';
import { reportOffline, type ScanScope } from './scan-scope.ts';
import { isGone, walk } from './walk.ts';

export async function walkScopes(run: ScanRun): Promise<void> {
  run.progress.begin('walk', null);
  const seen = new Set<string>();
  for (const scope of run.scopes) {
    if (!scope.online) continue;
    run.options.db.skipped.clearUnder(scope.path);
    await walkScope(run, scope, seen);
  }
}

async function walkScope(run: ScanRun, scope: ScanScope, seen: Set<string>): Promise<void> {
  // A file given once that is gone now is found missing later; a walk has nothing to start from.
  if (scope.kind === 'file' && (await isGone(scope.path))) return;
  try {
    for await (const event of walk(scope.path, { signal: run.signal, seen })) {
      if (event.type === 'file') {
        addFile(run, scope, event.path);
        continue;
      }
      if (event.isFolder) run.unreadableKeys.push(pathKeyOf(event.path));
      skip(run, event.path, event.reason);
    }
  } catch (error) {
    run.signal.throwIfAborted();
    scope.online = false;
    run.options.logger.warn({ path: scope.path, error }, 'a folder could not be walked');
    skip(run, scope.path, toFailure(error));
  }
}

function addFile(run: ScanRun, scope: ScanScope, path: string): void {
  const pathKey = pathKeyOf(path);
  const known = run.found.get(pathKey);
  if (known !== undefined && known.path !== path) {
    skip(run, path, { code: 'input.invalid', message: `Its name differs from ${known.path} only in how accents are written.` });
    return;
  }
  run.found.set(pathKey, { path, pathKey, rootId: scope.rootId });
  run.progress.step(path);
}

function skip(run: ScanRun, path: string, reason: Failure): void {
  run.nSkipped++;
  run.options.db.skipped.add({ path, reason });
}

/** A scope whose tracks are all gone at once looks unmounted: it is left alone and says so. */
export function markOffline(run: ScanRun, scope: ScanScope): void {
  scope.online = false;
  run.options.logger.warn({ path: scope.path }, 'a folder looks offline; its tracks are kept');
  reportOffline(run.options.db, scope.path);
}
