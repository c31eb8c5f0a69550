// Installs the locked packages when they are not there or the lock file changed. No install script of any package runs.
import { hashPaths, inProject, readText, run, writeText } from './project.mjs';

const MARK = inProject('node_modules', '.stemscape-installed');

export async function ensureInstalled() {
  const wanted = await hashPaths(['package-lock.json']);
  if ((await readText(MARK)) === wanted) return;
  if (!(await matchesLock())) {
    console.log('Installing packages (npm ci) ...');
    const { code } = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    if (code !== 0) throw new Error('npm ci failed: see its message above. It needs the npm registry, or a cache of it.');
  }
  await writeText(MARK, wanted);
}

/** Whether what npm says it installed is what the lock file asks for, so that a hand-made `npm install` is kept. */
async function matchesLock() {
  const installed = packagesOf(await readText(inProject('node_modules', '.package-lock.json')));
  const locked = packagesOf(await readText(inProject('package-lock.json')));
  if (installed === null || locked === null) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.peer) return true;
    return installed[path]?.version === entry.version;
  });
}

function packagesOf(text) {
  try {
    return JSON.parse(text ?? '').packages ?? null;
  } catch {
    return null;
  }
}
