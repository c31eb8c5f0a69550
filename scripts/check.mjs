// npm run check: types of every room, lint and the import rule, without the other tests.
import { runChecks } from './toolchain/checks.mjs';
import { ensureInstalled } from './toolchain/dependencies.mjs';
import { findNode } from './toolchain/node-binary.mjs';
import { inProject, run } from './toolchain/project.mjs';

await ensureInstalled();
const failed = await runChecks();
const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
const { code } = await run(findNode(), [vitest, 'run', '--project', 'unit', 'tests/structure']);
process.exitCode = failed > 0 || code !== 0 ? 1 : 0;
