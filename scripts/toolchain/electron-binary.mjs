// Electron's own program, the one download that is not a package: its package brings it with a script that fetches it
// from GitHub, checked against the checksums inside the package. A failure is remembered, so that later starts are quick.
import { existsSync } from 'node:fs';
import { findNode } from './node-binary.mjs';
import { inProject, readText, run, writeText } from './project.mjs';

const PACKAGE_DIR = inProject('node_modules', 'electron');
const FAILURE_MARK = inProject('node_modules', '.cache', 'stemscape', 'electron-not-fetched');
const FETCH_TIMEOUT_MS = 60_000;

/** Path of the program, or null when it is not there. */
export async function findElectron() {
  const name = await readText(`${PACKAGE_DIR}/path.txt`);
  const path = name === null ? null : `${PACKAGE_DIR}/dist/${name}`;
  return path !== null && existsSync(path) ? path : null;
}

/** The program, fetched when it is missing; null when it cannot be had, or could not the last time. */
export async function ensureElectron({ retry = false } = {}) {
  const found = await findElectron();
  if (found !== null) return found;
  const { version } = JSON.parse((await readText(`${PACKAGE_DIR}/package.json`)) ?? '{}');
  if (version === undefined || (!retry && (await readText(FAILURE_MARK)) === version)) return null;
  console.log(`Fetching Electron ${version} from GitHub (up to ${FETCH_TIMEOUT_MS / 1000} s) ...`);
  await run(findNode(), [`${PACKAGE_DIR}/install.js`], { inherit: false, timeoutMs: FETCH_TIMEOUT_MS });
  const fetched = await findElectron();
  if (fetched === null) await writeText(FAILURE_MARK, version);
  return fetched;
}

/** Why a window cannot open on this machine whatever is installed, or null. */
export function windowObstacle(env = process.env, platform = process.platform, uid = process.getuid?.()) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  return uid === 0 ? 'Electron does not run as root' : null;
}
