// The real window, driven by Playwright. It runs where Electron's program is present and a window can open.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron, windowObstacle } from '../../scripts/toolchain/electron-binary.mjs';
import type { Bridge } from '../../src/contract/index.ts';

const projectDir = resolve(import.meta.dirname, '..', '..');
const electron = await findElectron();
const obstacle = electron === null ? 'its program is not on this machine' : windowObstacle();

declare global {
  var stemscape: Bridge;
}

describe.skipIf(obstacle !== null)(`Electron window${obstacle === null ? '' : ` (not tested: ${obstacle})`}`, () => {
  let app: ElectronApplication;
  let page: Page;
  let dir = '';

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'stemscape-window-'));
    const args = [projectDir, `--user-data-dir=${join(dir, 'user')}`, `--library=${join(dir, 'library')}`];
    app = await _electron.launch({ executablePath: electron ?? '', args });
    page = await app.firstWindow();
  });
  afterAll(async () => {
    await app?.close();
    await rm(dir, { recursive: true, force: true });
  });

  test('shows the page, without Node', async () => {
    expect(page.url()).toBe('stemscape://app/index.html');
    expect(await page.title()).toContain('Stemscape');
    expect(await page.evaluate(() => [typeof globalThis.process, typeof globalThis.require])).toEqual(['undefined', 'undefined']);
  });

  test('the contract is answered by the shell and by the engine process', async () => {
    const capabilities = await page.evaluate(() => globalThis.stemscape.invoke('host.capabilities', {}));
    expect(capabilities).toMatchObject({ ok: true, value: { kind: 'desktop', nativeDialogs: true } });
    const summary = await page.evaluate(() => globalThis.stemscape.invoke('library.summary', {}));
    expect(summary).toMatchObject({ ok: true, value: { libraryDir: join(dir, 'library') } });
  });

  test('scripts from elsewhere do not run, and the page cannot be left', async () => {
    const evaluated = await page.evaluate(() => {
      try {
        return String(new Function('return 1')());
      } catch {
        return 'refused';
      }
    });
    expect(evaluated).toBe('refused');
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    expect(page.url()).toBe('stemscape://app/index.html');
  });

  test('the demo is scanned and a track plays from the middle', async () => {
    await page.evaluate(
      () =>
        new Promise((done) => {
          globalThis.stemscape.on('scan.ended', done);
          void globalThis.stemscape.invoke('scan.demo', {});
        }),
    );
    const status = await page.evaluate(async () => {
      const listed = await globalThis.stemscape.invoke('tracks.list', { status: 'analysed', limit: 1 });
      const id = listed.ok ? listed.value.tracks[0]?.id : undefined;
      const url = globalThis.stemscape.mediaUrl({ kind: 'audio', id: id ?? 0 });
      return (await fetch(url, { headers: { range: 'bytes=1000-1999' } })).status;
    });
    expect(status).toBe(206);
  });
});
