// What npm start and npm test decide before anything runs.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/toolchain/chromium.mjs';
import { windowObstacle } from '../../scripts/toolchain/electron-binary.mjs';
import { findNode } from '../../scripts/toolchain/node-binary.mjs';
import { hashPaths, run } from '../../scripts/toolchain/project.mjs';

describe('whether a window can open', () => {
  test.each([
    ['linux without a display', {}, 'linux', 1000, 'there is no display'],
    ['linux as root', { DISPLAY: ':0' }, 'linux', 0, 'Electron does not run as root'],
    ['linux on X11', { DISPLAY: ':0' }, 'linux', 1000, null],
    ['linux on Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, null],
    ['a Mac', {}, 'darwin', 501, null],
    ['Windows', {}, 'win32', undefined, null],
  ] as const)('%s', (_name, env, platform, uid, expected) => {
    expect(windowObstacle(env as NodeJS.ProcessEnv, platform, uid)).toBe(expected);
  });
});

test('the Node found runs TypeScript', async () => {
  const { code, output } = await run(findNode(), ['-p', 'process.features.typescript'], { inherit: false });
  expect({ code, output: output.trim() }).toEqual({ code: 0, output: 'strip' });
});

test('a named browser comes first', () => {
  expect(findChromium({ STEMSCAPE_CHROMIUM: process.execPath } as unknown as NodeJS.ProcessEnv)).toBe(process.execPath);
});

test('a program that hangs is ended, one that is not there is told', async () => {
  expect(await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { inherit: false, timeoutMs: 300 })).toMatchObject({
    code: 124,
  });
  expect(await run('/no/such/program', [], { inherit: false })).toMatchObject({ code: 127 });
});

test('the hash of sources follows names and contents', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'stemscape-hash-'));
  const hash = (): Promise<string> => hashPaths([dir]);
  await writeFile(join(dir, 'a.ts'), '1');
  const first = await hash();
  expect(await hash()).toBe(first);
  await writeFile(join(dir, 'a.ts'), '2');
  const changed = await hash();
  await writeFile(join(dir, 'b.ts'), '');
  expect(new Set([first, changed, await hash()]).size).toBe(3);
  await rm(dir, { recursive: true });
});
