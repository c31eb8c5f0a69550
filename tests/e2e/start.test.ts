// npm start on a machine without a display: one line says why, the address works, Ctrl-C ends it cleanly.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const projectDir = resolve(import.meta.dirname, '..', '..');
let library = '';
beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'stemscape-start-'));
});
afterAll(() => rm(library, { recursive: true, force: true }));

/** Starts and waits for the printed address. */
async function start(...args: string[]): Promise<{ child: ChildProcess; url: string; printed: () => string }> {
  const script = join(projectDir, 'scripts', 'start.mjs');
  const child = spawn(process.execPath, [script, '--library', library, '--no-open', ...args], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  let printed = '';
  const { promise, resolve: found, reject } = Promise.withResolvers<string>();
  const read = (chunk: Buffer): void => {
    printed += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed)?.[0];
    if (url) found(url);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  child.once('close', (code) => reject(new Error(`ended with ${code}: ${printed}`)));
  return { child, url: await promise, printed: () => printed };
}

test.skipIf(process.platform !== 'linux')('serves the interface where no window can open, and ends with Ctrl-C', async () => {
  const { child, url, printed } = await start();
  expect(printed().match(/^No desktop window: .+$/gm)).toHaveLength(1);
  const signedIn = await fetch(url, { redirect: 'manual' });
  expect(signedIn.status).toBe(303);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', url), { headers: { cookie } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<title>Stemscape');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('an unknown option is told', async () => {
  await expect(start('--wat')).rejects.toThrow('Unknown option --wat');
});
