// npm test: installs and builds what is missing, then types, lint, the import rule, unit, integration and end-to-end
// tests; the last line is the account of all of them.

import { rm } from 'node:fs/promises';
import { ensureBuilt } from './toolchain/build.mjs';
import { runChecks } from './toolchain/checks.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureInstalled } from './toolchain/dependencies.mjs';
import { findNode } from './toolchain/node-binary.mjs';
import { inProject, readText, run } from './toolchain/project.mjs';

const account = { passed: 0, failed: 0, skipped: 0 };

try {
  await ensureInstalled();
  await ensureBuilt();
  const chromium = await ensureChromium();
  if (chromium === null) console.log('SKIPPED  browser tests: no Chromium or Chrome on this machine');
  account.failed += await runChecks();
  for (const project of ['unit', 'e2e']) await runTests(project, chromium);
} catch (error) {
  console.error(error.message);
  account.failed += 1;
}
console.log(`\n${account.passed} passed, ${account.failed} failed, ${account.skipped} skipped`);
process.exitCode = account.failed > 0 ? 1 : 0;

async function runTests(project, chromium) {
  const report = inProject('test-results', `${project}.json`);
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, ...(chromium === null ? {} : { STEMSCAPE_CHROMIUM: chromium }) };
  const args = [inProject('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters];
  const { code } = await run(findNode(), args, { env });
  const counts = JSON.parse((await readText(report)) ?? '{}');
  const failed = (counts.numFailedTests ?? 0) + unloadedFiles(counts);
  account.passed += counts.numPassedTests ?? 0;
  account.skipped += (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0);
  // An error between tests fails no test of its own and still fails the run.
  account.failed += code !== 0 && failed === 0 ? 1 : failed;
  for (const name of skippedTests(counts)) console.log(`SKIPPED  ${name}`);
}

/** Files that failed before any of their tests did: each counts as one. */
function unloadedFiles(counts) {
  const files = (counts.testResults ?? []).filter((file) => file.status === 'failed');
  return files.filter((file) => !file.assertionResults.some((test) => test.status === 'failed')).length;
}

/** A part that was not tested is said by name. */
function skippedTests(counts) {
  const tests = (counts.testResults ?? []).flatMap((file) => file.assertionResults);
  return tests.filter((test) => test.status === 'pending' || test.status === 'skipped').map((test) => test.fullName);
}
