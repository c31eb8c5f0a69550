// npm start [-- FOLDER...]: installs what is missing, builds what is stale and opens the window; where no window can
// open, the same interface is served on loopback.
// Options: --library DIR, --browser (never open a window), --fetch-electron (try its download again), --port N, --no-open.
import { resolve } from 'node:path';
import { ensureBuilt } from './toolchain/build.mjs';
import { follow } from './toolchain/children.mjs';
import { ensureInstalled } from './toolchain/dependencies.mjs';
import { ensureElectron, windowObstacle } from './toolchain/electron-binary.mjs';
import { findNode } from './toolchain/node-binary.mjs';
import { inProject, root } from './toolchain/project.mjs';

/** A window that ends this soon, and badly, never opened (a sandbox the system forbids, a missing library). */
const FAILED_START_MS = 5000;

try {
  process.exitCode = await start(parseArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function start(options) {
  await ensureInstalled();
  await ensureBuilt();
  let obstacle = options.browser ? 'a browser was asked for' : windowObstacle();
  const electron = obstacle === null ? await ensureElectron({ retry: options.fetchElectron }) : null;
  if (electron !== null) {
    const library = options.library === null ? [] : [`--library=${options.library}`];
    const { code, ranMs } = await follow(electron, [root, ...library, '--', ...options.folders]);
    if (code === 0 || ranMs > FAILED_START_MS) return code;
    obstacle = 'Electron could not start here';
  }
  obstacle ??= 'Electron could not be fetched (npm start -- --fetch-electron tries again)';
  console.log(`No desktop window: ${obstacle}. Serving the same interface to a browser instead.`);
  const library = options.library === null ? [] : ['--library', options.library];
  const program = [inProject('out', 'main', 'cli.js'), ...library, 'serve'];
  const { code } = await follow(findNode(), [...program, ...options.serveFlags, ...options.folders]);
  return code;
}

function parseArguments(args) {
  const options = { library: null, browser: false, fetchElectron: false, serveFlags: [], folders: [] };
  // npm runs scripts in the project's root; a folder is meant from where the person is.
  const here = process.env.INIT_CWD ?? process.cwd();
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (argument === '--browser') options.browser = true;
    else if (argument === '--fetch-electron') options.fetchElectron = true;
    else if (argument === '--library') options.library = resolve(here, args[++index] ?? '');
    else if (argument === '--no-open') options.serveFlags.push(argument);
    else if (argument === '--port') options.serveFlags.push(argument, args[++index] ?? '');
    else if (argument.startsWith('-')) throw new Error(`Unknown option ${argument}. Usage: npm start -- [FOLDER...]`);
    else options.folders.push(resolve(here, argument));
  }
  return options;
}
