// The track panel in a real browser: why a genre was heard, and what sounds alike, by mouse and by keyboard.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { copyArtists } from './pages/songs.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 150_000;
const EXPLAIN_LIMIT_MS = 90_000;
const ARTISTS = ['Gravelthrone', 'Harbour Yard', 'Low Ledger', 'Nadia Veil'];
const N_OTHERS = 2 * ARTISTS.length - 1;

const title = CHROMIUM ? 'the track panel in a browser' : 'the track panel in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const music = join(dir, 'music');
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    copyArtists(music, ARTISTS);
    desk = await BrowserDesk.open(join(dir, 'library'), [music]);
    ({ page, app } = desk);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
    await app.openView('Library');
    await app.row('Breakwater').click();
  });

  afterAll(() => desk?.close());

  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000 });
  const neighbours = () => app.panel.getByRole('list', { name: 'Sounds like this' });
  const names = () => neighbours().locator('.title').allInnerTexts();
  const openTitle = () => app.panel.getByRole('heading', { level: 2 }).innerText();

  it('explains the genre by stems and windows, and keeps the answer when the panel closes', async () => {
    const why = app.panel.getByTestId('why');
    await why.getByRole('button', { name: 'Explain' }).click();
    await why.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Close the track panel' }).click();
    await app.row('Breakwater').click();
    const stems = why.getByRole('list', { name: 'What each stem says' }).getByRole('listitem');
    await stems.first().waitFor({ timeout: EXPLAIN_LIMIT_MS });
    const said = await stems.allInnerTexts();
    expect(said.map((text) => text.split('\n')[0]!.trim()).sort()).toEqual(['Bass', 'Drums', 'Other', 'Vocals']);
    expect(said.every((text) => /(speaks (for|against)|says nothing of) .*without it \d+%/s.test(text))).toBe(true);
    await page.getByRole('button', { name: 'Close the track panel' }).click();
    await app.row('Breakwater').click();
    await stems.first().waitFor({ timeout: 2000 });
    await why.scrollIntoViewIfNeeded();
    await desk.bothThemes('40-why');
  });

  it('plays from a window that was heard', async () => {
    const windows = app.panel.getByRole('list', { name: 'What each part says' }).getByRole('button');
    await windows.last().click();
    const place = /Play from\s+(\d+):(\d+)/.exec(await windows.last().innerText())!;
    await eventually(() => app.playedSec()).toBeGreaterThanOrEqual(60 * Number(place[1]) + Number(place[2]));
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  it('shows the spectrogram of a part and plays from a place in it', async () => {
    await page.keyboard.press('Escape');
    await app.row('Breakwater').click();
    const parts = app.panel.getByRole('region', { name: 'Along the track' }).getByRole('button');
    await parts.nth(1).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const startSec = Number(/0:(\d+)/.exec(await parts.nth(1).innerText())![1]);
    expect(await app.panel.getByRole('combobox', { name: 'Analysis window' }).inputValue()).toBe('1');
    const place = app.panel.getByRole('slider', { name: /^Mel spectrogram of full mix/ });
    expect(await app.spectrogramColours()).toBeGreaterThan(50);
    const box = (await place.boundingBox())!;
    await place.click({ position: { x: box.width / 2, y: 30 } });
    await eventually(() => app.playedSec()).toBeGreaterThanOrEqual(startSec + 4);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Play this track' }).waitFor();
    await place.focus();
    await page.keyboard.press('Home');
    await eventually(() => app.playedSec()).toBeLessThanOrEqual(startSec + 2);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await app.panel.getByRole('radio', { name: 'Drums' }).check({ force: true });
    await app.panel.getByRole('slider', { name: /^Mel spectrogram of drums/ }).waitFor();
  });

  it('is made wider by keys and by mouse, and keeps its width', async () => {
    const edge = page.getByRole('separator', { name: 'Width of the track panel' });
    const widthPx = async (): Promise<number> => (await app.panel.boundingBox())!.width;
    const usual = await widthPx();
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(widthPx).toBeCloseTo(usual + 24, -1);
    await page.getByRole('button', { name: 'Large panel' }).click();
    await eventually(widthPx).toBeGreaterThan(700);
    const [left, right] = [
      page.getByRole('heading', { name: 'Your genre' }),
      page.getByRole('heading', { name: 'Sound', exact: true }),
    ];
    expect((await left.boundingBox())!.y).toBeCloseTo((await right.boundingBox())!.y, -1);
    await desk.bothThemes('42-large-panel');
    const from = (await edge.boundingBox())!;
    await page.mouse.move(from.x + 4, 300);
    await page.mouse.down();
    await page.mouse.move(from.x + 154, 300, { steps: 4 });
    await page.mouse.up();
    const narrower = await widthPx();
    expect(narrower).toBeLessThan(700);
    await page.reload();
    await app.row('Breakwater').click();
    await eventually(widthPx).toBeCloseTo(narrower, -1);
    await edge.focus();
    await page.keyboard.press('Home');
    await eventually(widthPx).toBeCloseTo(usual, -1);
    await page.getByRole('button', { name: 'Play this track' }).waitFor();
    // Whoever leaves the panel goes on in the list, and O opens it again.
    await page.keyboard.press('Escape');
    await app.panel.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await page.keyboard.press('o');
    await eventually(openTitle).toBe('Breakwater');
  });

  it('lists the other tracks by nearness; what counts changes the order', async () => {
    await neighbours().waitFor();
    expect((await names())[0]).toBe('Sunday Tin Roof');
    await app.panel.getByRole('button', { name: `Show ${N_OTHERS}` }).click();
    const near = await names();
    expect(near).toHaveLength(N_OTHERS);
    await app.panel.getByRole('button', { name: 'What counts' }).click();
    const whole = app.panel.getByRole('slider', { name: 'Whole sound' });
    await whole.focus();
    await page.keyboard.press('Home');
    expect(await whole.getAttribute('aria-valuetext')).toBe('unlike it, 100%');
    await eventually(names).toEqual([...near].reverse());
    await desk.bothThemes('41-sounds-unlike');
    await app.panel.getByRole('button', { name: 'Reset' }).click();
    await eventually(names).toEqual(near);
  });

  it('is used by keyboard: move, play, label, add, open, and back', async () => {
    const rows = neighbours().locator('.main');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const second = (await names())[1]!;
    await page.keyboard.press('Enter');
    await eventually(() => rows.nth(1).innerText()).toContain('Pause');
    await page.keyboard.press('Space');
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: `Label ${second}` }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: `Add ${second} to a playlist` }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    await eventually(openTitle).toBe(second);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    await page.getByRole('button', { name: 'Back to the track before' }).click();
    await eventually(openTitle).toBe('Breakwater');
  });

  it('makes a playlist of all, and a row can be dragged into another', async () => {
    await app.panel.getByRole('button', { name: `Make a playlist of all ${N_OTHERS}` }).click();
    await page.getByText(`Made “Like Breakwater” with ${N_OTHERS + 1} tracks`).waitFor();
    await page.getByRole('button', { name: 'Close the track panel' }).click();
    await app.row('Anvil Weather').click();
    await app.openView('Playlists');
    const playlist = page.getByRole('button', { name: /^Like Breakwater/ });
    await playlist.waitFor();
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the new playlist' }).fill('Mine');
    await page.keyboard.press('Enter');
    const own = page.getByRole('button', { name: /^Mine/ });
    await own.waitFor();
    const [first] = await names();
    await neighbours().getByRole('listitem').first().dragTo(own);
    await page.getByText('Added 1 track to “Mine”').waitFor();
    await eventually(() => app.row(first!).count()).toBe(1);
    expect(desk.problems).toEqual([]);
  });
});
