// Where the project lies and how its scripts run other programs. Plain JavaScript: it runs on the Node that was there
// before ours is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** Path below the project's root. */
export const inProject = (...parts) => join(root, ...parts);

/**
 * Runs a program to its end. Resolves to its exit code and, unless `inherit`, what it printed.
 * A program that outlives `timeoutMs` is ended and has the code 124.
 */
export function run(command, args, { inherit = true, timeoutMs = 0, env = process.env, cwd = root } = {}) {
  return new Promise((done) => {
    const stdio = inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    // npm is a .cmd file on Windows, and only a shell runs those.
    const child = spawn(command, args, { cwd, env, stdio, shell: process.platform === 'win32' && command.endsWith('.cmd') });
    let output = '';
    let timedOut = false;
    const keep = (text) => {
      output += text;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const stop = () => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    const timer = timeoutMs > 0 ? setTimeout(stop, timeoutMs) : null;
    const end = (code) => {
      clearTimeout(timer);
      done({ code: timedOut ? 124 : (code ?? 1), output });
    };
    child.once('error', (error) => {
      keep(error.message);
      end(127);
    });
    child.once('close', end);
  });
}

/** Text of a file, or null when it cannot be read. */
export async function readText(path) {
  return readFile(path, 'utf8').catch(() => null);
}

export async function writeText(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** One hash over the names and contents of files and of everything below folders; missing ones count as empty. */
export async function hashPaths(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(resolve(root, path)))
      hash.update(`${relative(root, file)}\0`).update((await readText(file)) ?? '');
  }
  return hash.digest('hex');
}

/** Every file below a folder, sorted; a file is itself. */
export async function filesBelow(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  const nested = await Promise.all(entries.map((entry) => filesBelow(join(path, entry.name))));
  return nested.flat().sort();
}
