// Types of each room and lint, two at a time, each with one line of outcome.
import { findNode } from './node-binary.mjs';
import { filesBelow, inProject, run } from './project.mjs';

const TYPED_ROOMS = [
  'src/contract',
  'src/core',
  'src/engine',
  'src/preload',
  'src/main',
  'src/server',
  'src/cli',
  'tests',
  'bench',
];
const AT_ONCE = 2;

/** Runs every check; resolves to how many failed. */
export async function runChecks() {
  const checks = [...(await typeChecks()), lintCheck()];
  let failed = 0;
  const next = async () => {
    for (let check = checks.shift(); check !== undefined; check = checks.shift()) {
      const isGood = await runCheck(check);
      if (!isGood) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return failed;
}

async function typeChecks() {
  const tsc = inProject('node_modules', 'typescript', 'bin', 'tsc');
  const rooms = [];
  for (const room of TYPED_ROOMS) {
    const files = await filesBelow(inProject(room));
    if (files.some((file) => file.endsWith('.ts'))) rooms.push({ name: `types ${room}`, args: [tsc, '-p', room] });
  }
  const svelteCheck = inProject('node_modules', 'svelte-check', 'bin', 'svelte-check');
  const renderer = [svelteCheck, '--workspace', 'src/renderer', '--tsconfig', './tsconfig.json', '--output', 'human'];
  return [...rooms, { name: 'types src/renderer', args: renderer }];
}

function lintCheck() {
  return {
    name: 'lint',
    args: [inProject('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--max-diagnostics=50'],
  };
}

async function runCheck({ name, args }) {
  const startMs = Date.now();
  const { code, output } = await run(findNode(), args, { inherit: false });
  const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
  console.log(code === 0 ? `ok      ${name} (${seconds} s)` : `FAILED  ${name} (${seconds} s)\n${output}`);
  return code === 0;
}
