// The window in German: no view, panel or dialog says an English message, and none of them breaks a rule of accessibility.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/messages/catalogue.ts';
import type { Area, MessageKey } from '../../src/messages/message-keys.ts';
import { messageOf } from '../../src/messages/translate.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { makeVaried } from '../support/varied-library.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';

const CHROMIUM = findChromium();
const N_TRACKS = 300;
const VALUE = /\{\w+\}/g;
const VIEWS = ['library', 'map', 'playlists', 'teach', 'genres', 'scan', 'settings'] as const;
const title = CHROMIUM ? 'the window in German' : 'the window in German (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = join(suiteTempDir(), 'library');
  let desk: BrowserDesk;
  let page: Page;

  beforeAll(async () => {
    makeVaried(dir, N_TRACKS);
    desk = await BrowserDesk.open(dir);
    page = desk.page;
    await page.goto(`${new URL(desk.served.url).href}#/settings`);
    await page.getByRole('radio', { name: 'Deutsch' }).check();
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  });

  afterAll(() => desk?.close());

  const englishSaid = async (): Promise<string[]> => {
    const lines = await page.evaluate(() => {
      const spoken = ['aria-label', 'title', 'placeholder', 'aria-description', 'aria-valuetext'];
      const said = [...document.querySelectorAll(spoken.map((name) => `[${name}]`).join(','))].flatMap((element) =>
        spoken.flatMap((name) => element.getAttribute(name) ?? []),
      );
      return [...new Set([...document.body.innerText.split('\n'), ...said])].map((line) => line.trim());
    });
    return lines.filter((line) => ENGLISH.some((message) => message.test(line)));
  };

  it.each(VIEWS)('in the view %s', async (view) => {
    await page.evaluate((name) => {
      window.location.hash = `#/${name}`;
    }, view);
    await page.locator('main h1, main [role="grid"], main h2').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await englishSaid()).toEqual([]);
    await desk.shot(`80-german-${view}`);
  });

  it('in the panel of a track and in the dialogs of the library', async () => {
    await page.evaluate(() => {
      window.location.hash = '#/library';
    });
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(3).waitFor();
    const dialogs = { l: 'label', p: 'playlist', w: 'tags', '?': 'keys' };
    for (const [key, name] of Object.entries(dialogs)) {
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect(await englishSaid(), name).toEqual([]);
      await desk.shot(`81-german-${name}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByTestId('track-panel').waitFor();
    await page.keyboard.press('u');
    expect(await englishSaid()).toEqual([]);
    await desk.shot('82-german-track');
  });
});

const keys = (Object.keys(CATALOGUE.en) as Area[]).flatMap((area) =>
  Object.keys(CATALOGUE.en[area]).map((name) => `${area}.${name}` as MessageKey),
);
const german = new Set(keys.map((key) => messageOf('de', key)));

/** English messages that German never says, each as a pattern of a whole line. */
const ENGLISH: RegExp[] = keys
  .map((key) => messageOf('en', key))
  .filter((text) => !german.has(text) && isTelling(text))
  .map((text) => new RegExp(`^${text.split(VALUE).map(escaped).join('.+')}$`));

/** Long enough that no title of a track is taken for it; messages with forms for one and many are left to the others around them. */
function isTelling(text: string): boolean {
  const nLetters = text.replace(VALUE, '').replace(/\P{L}/gu, '').length;
  return !/plural|select/.test(text) && nLetters >= (text.search(VALUE) < 0 ? 4 : 8);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
