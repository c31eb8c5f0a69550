// A Chromium or Chrome for the browser tests: one that is installed, or Debian's package where we may install it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './project.mjs';

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** Path of a browser, or null. */
export function findChromium(env = process.env) {
  const named = env.STEMSCAPE_CHROMIUM ?? env.CHROME_PATH;
  return [...(named ? [named] : []), ...knownPaths(env)].find((path) => existsSync(path)) ?? null;
}

/** The same, after installing Debian's package when this is Debian, we are root and there is none. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null || !existsSync('/etc/debian_version') || process.getuid?.() !== 0) return found;
  console.log("Installing Debian's chromium for the browser tests (apt-get) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { inherit: false, timeoutMs: INSTALL_TIMEOUT_MS, env };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  return findChromium();
}

function knownPaths(env) {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return folders.flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map((name) => `/usr/bin/${name}`);
}
