// The first run: the demo library, the tour of three steps beside it, and the window in another language.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';

const CHROMIUM = findChromium();
const title = CHROMIUM ? 'the first run in a browser' : 'the first run in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  let desk: BrowserDesk;
  let page: Page;

  beforeAll(async () => {
    desk = await BrowserDesk.open(join(suiteTempDir(), 'library'));
    page = desk.page;
  });

  afterAll(() => desk?.close());

  const card = (step: number) => page.getByRole('dialog', { name: `Tour, step ${step} of 3` });
  const view = (name: string) => page.getByRole('heading', { name, level: 1 });

  it('goes with the demo library through three steps, each beside what it speaks of', async () => {
    await page.getByRole('button', { name: 'Open the demo library' }).click();
    await card(1).waitFor();
    await view('Scan & Health').waitFor();
    await desk.bothThemes('70-tour-listen');
    await page.keyboard.press('ArrowRight');
    await card(2).waitFor();
    expect(page.url()).toContain('#/library');
    await desk.shot('71-tour-look');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await card(3).waitFor();
    expect(page.url()).toContain('#/teach');
    await desk.shot('72-tour-teach');
    await page.keyboard.press('ArrowLeft');
    await card(2).waitFor();
    await page.keyboard.press('Escape');
    await card(2).waitFor({ state: 'detached' });
  });

  it('comes once, and again when asked for', async () => {
    await page.reload();
    await page.getByRole('link', { name: 'Settings' }).click();
    await view('Settings').waitFor();
    expect(await card(1).count()).toBe(0);
    await page.getByRole('button', { name: 'Show again' }).click();
    await card(1).waitFor();
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await card(1).waitFor({ state: 'detached' });
  });

  it('changes its language at once, and keeps it', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Deutsch' }).check();
    await view('Einstellungen').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.reload();
    await view('Einstellungen').waitFor();
    await desk.shot('73-settings-german');
    expect(desk.problems).toEqual([]);
  });
});
