// The Node that the application runs on: version 24, which comes with the project's packages for most systems.
import { existsSync } from 'node:fs';
import { inProject } from './project.mjs';

const MAJOR = 24;

/** Path of a Node 24 or newer: the running one, else the installed package's. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const os = process.platform === 'win32' ? 'win' : process.platform;
  for (const packageName of [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]) {
    const path = inProject('node_modules', packageName, 'bin', name);
    if (existsSync(path)) return path;
  }
  throw new Error(
    `Stemscape needs Node ${MAJOR} or newer, and no package brings it for ${os} on ${process.arch}: please install it.`,
  );
}
