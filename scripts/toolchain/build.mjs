// Builds the application when its sources changed since the last build.
import { existsSync } from 'node:fs';
import { findNode } from './node-binary.mjs';
import { hashPaths, inProject, readText, run, writeText } from './project.mjs';

const SOURCES = ['src', 'electron.vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];
const PRODUCTS = ['out/main/index.js', 'out/main/engine.js', 'out/main/worker.js', 'out/main/cli.js', 'out/renderer/index.html'];
const MARK = inProject('out', '.build-hash');

export async function ensureBuilt() {
  const wanted = await hashPaths(SOURCES);
  if ((await readText(MARK)) === wanted && PRODUCTS.every((path) => existsSync(inProject(path)))) return;
  console.log('Building ...');
  const builder = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await run(findNode(), [builder, 'build', '--logLevel', 'warn'], { inherit: false });
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
  await writeText(MARK, wanted);
}
