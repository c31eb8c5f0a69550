// npm run accelerator: installs the optional TensorFlow GPU accelerator. Explicit, because it is the one part that
// downloads a large binary: everything works without it.
import { rm } from 'node:fs/promises';
import { ensureInstalled } from './toolchain/dependencies.mjs';
import { findNode } from './toolchain/node-binary.mjs';
import { inProject, readText, run } from './toolchain/project.mjs';

const PACKAGE = '@tensorflow/tfjs-node-gpu';
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

// The package calls util.isNullOrUndefined, which Node 23 removed.
const LOAD_CHECK = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf = require('${PACKAGE}');
  console.log(tf.getBackend(), tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]);
`;

process.exitCode = await install();

async function install() {
  await ensureInstalled();
  const { peerDependencies } = JSON.parse((await readText(inProject('package.json'))) ?? '{}');
  const version = peerDependencies[PACKAGE];
  console.log(
    [
      `This installs ${PACKAGE} ${version} from the npm registry and then runs its install script, which downloads`,
      'libtensorflow 2.9.1 (about 400 MB, or from the server named in TFJS_NODE_BASE_URI) and its Node binding.',
      'It wants an NVIDIA card with CUDA 11.2 and cuDNN 8.1; without them it computes on the CPU.',
    ].join('\n'),
  );
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // It is named as an optional peer, which npm does not install when asked for: --save-prod makes it, --no-save forgets it.
  const flags = ['--no-save', '--save-prod', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const installed = await run(npm, ['install', ...flags, `${PACKAGE}@${version}`]);
  if (installed.code !== 0) return giveUp('npm could not install the package; see its message above');
  const packageDir = inProject('node_modules', PACKAGE);
  const script = ['scripts/install.js', 'gpu', 'download'];
  const downloaded = await run(findNode(), script, { cwd: packageDir, timeoutMs: DOWNLOAD_TIMEOUT_MS });
  if (downloaded.code === 124) return giveUp('the download did not end within ten minutes');
  if (downloaded.code !== 0) return giveUp('the download of libtensorflow or of its binding failed');
  const loaded = await run(findNode(), ['-e', LOAD_CHECK], { inherit: false, timeoutMs: 60_000 });
  if (loaded.code !== 0) return giveUp(`it was installed and does not load:\n${loaded.output}`);
  console.log(`The accelerator is installed and computes: ${loaded.output.trim()}`);
  return 0;
}

/** Half an accelerator is none: what does not load is not left behind. */
async function giveUp(reason) {
  await rm(inProject('node_modules', PACKAGE), { recursive: true, force: true });
  console.error(`The accelerator is not available: ${reason}.\nStemscape works without it.`);
  return 1;
}
