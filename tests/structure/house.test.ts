// House rules that a machine can keep: file sizes, opening comments, exact versions, no install scripts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { projectDir, sourceFiles } from './source-files.ts';

const MAX_LINES = 300;

const versions = z.record(z.string(), z.string());
const packageSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
});

test(`no source file is longer than ${MAX_LINES} lines`, async () => {
  const long = (await sourceFiles()).filter((file) => file.text.split('\n').length > MAX_LINES + 1);
  expect(long.map((file) => file.path)).toEqual([]);
});

test('every file opens by saying what it is for', async () => {
  const silent = (await sourceFiles()).filter(
    (file) => !/^(\/\/|\/\*|<!--)/.test(file.text) && !/^<script[^>]*>\s*\/\//.test(file.text),
  );
  expect(silent.map((file) => file.path)).toEqual([]);
});

test('every version is exact', async () => {
  const parsed = packageSchema.parse(JSON.parse(await readFile(join(projectDir, 'package.json'), 'utf8')));
  const loose = Object.values(parsed)
    .flatMap((group) => Object.entries(group))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});

test('no install script of a package runs', async () => {
  const lines = (await readFile(join(projectDir, '.npmrc'), 'utf8')).split('\n');
  expect(lines).toContain('ignore-scripts=true');
});
