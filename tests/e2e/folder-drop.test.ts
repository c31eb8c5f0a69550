// A folder dropped on the page of a browser, as the system hands it over: the page stays, says why it cannot know the folder's place,
// and offers the choice. The desktop's way is told by tests/preload and tests/main.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';

const CHROMIUM = findChromium();
const title = CHROMIUM ? 'dropping on the page' : 'dropping on the page (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const folder = join(dir, 'music');
  const file = join(folder, 'song.mp3');
  let desk: BrowserDesk;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, 'no music');
    desk = await BrowserDesk.open(join(dir, 'library'));
    ({ page } = desk);
    await page.getByRole('button', { name: 'Choose a music folder' }).waitFor();
  });

  afterAll(() => desk?.close());

  async function drop(path: string): Promise<void> {
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 300, data });
    }
    await session.detach();
  }

  it('a file: only folders are scanned', async () => {
    const address = page.url();
    await drop(file);
    await page.getByText('Drop the folder that the files are in.').waitFor();
    expect(page.url()).toBe(address);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('a folder: it is to be chosen, and can be at once', async () => {
    const address = page.url();
    await drop(folder);
    await page.getByText('A browser does not tell where a dropped folder lies.').waitFor();
    expect(page.url()).toBe(address);
    await page.getByLabel('Folder on this computer').fill(folder);
    await page.getByRole('button', { name: 'Scan this folder' }).click();
    await expect.poll(() => page.url()).toContain('#/scan');
    expect(desk.problems).toEqual([]);
  });
});
