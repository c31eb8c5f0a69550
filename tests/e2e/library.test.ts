// The library view in a real browser on a made-up library: facets with counts, chips, columns by mouse and keys, covers.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { makeVaried } from '../support/varied-library.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { overflowingTexts } from './pages/overflow.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const N_TRACKS = 1200;
const N_ALBUMS = 110;
const title = CHROMIUM ? 'the library' : 'the library (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = join(suiteTempDir(), 'library');
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    makeVaried(dir, N_TRACKS);
    desk = await BrowserDesk.open(dir);
    ({ page, app } = desk);
    await app.grid.getByRole('row').nth(3).waitFor();
  });

  afterAll(() => desk?.close());

  const facet = (name: string) => page.getByRole('list', { name, exact: true });
  /** "Jazz 123" -> 123 */
  const countOf = async (facetName: string, value: string): Promise<number> => {
    const text = await facet(facetName).getByRole('listitem').filter({ hasText: value }).innerText();
    return Number(/([\d,]+)\s*$/.exec(text)![1]!.replace(',', ''));
  };
  const sumOf = async (facetName: string): Promise<number> => {
    const texts = await facet(facetName).getByRole('listitem').allInnerTexts();
    return texts.reduce((sum, text) => sum + Number(/([\d,]+)\s*$/.exec(text)![1]!.replace(',', '')), 0);
  };
  const found = async (): Promise<number> => {
    const text = await page.getByRole('search').getByRole('status').innerText();
    return Number(/^[\d,]+/.exec(text)?.[0].replace(',', '') ?? Number.NaN);
  };

  it('opens facets whose counts are what choosing them finds', async () => {
    await page.getByRole('button', { name: 'Facets' }).click();
    await facet('Genre').getByRole('checkbox').first().waitFor();
    const jazz = await countOf('Genre', 'Jazz');
    await facet('Genre').getByRole('checkbox', { name: /Jazz/ }).check();
    await expect.poll(found).toBe(jazz);
    const genres = await app.column('Genre');
    expect(new Set(genres)).toEqual(new Set(['Jazz']));
    // A second value of the same facet widens, one of another facet narrows.
    const rock = await countOf('Genre', 'Rock');
    await facet('Genre').getByRole('checkbox', { name: /Rock/ }).check();
    await expect.poll(found).toBe(jazz + rock);
    await expect.poll(() => sumOf('Energy')).toBe(jazz + rock);
    const energetic = await countOf('Energy', '60–80%');
    await facet('Energy')
      .getByRole('checkbox', { name: /60–80%/ })
      .check();
    await expect.poll(found).toBe(energetic);
    await desk.bothThemes('library-1-facets');
  });

  it('shows what narrows as chips, each with a way out', async () => {
    const chips = page.getByRole('list', { name: 'Filters' });
    expect(await chips.getByRole('listitem').count()).toBe(3);
    await chips.getByRole('button', { name: 'Remove the filter Genre: Rock' }).click();
    await expect.poll(() => chips.getByRole('listitem').count()).toBe(2);
    expect(await facet('Genre').getByRole('checkbox', { name: /Rock/ }).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(found).toBe(N_TRACKS);
    expect(await chips.count()).toBe(0);
  });

  it('moves among facets by keys and folds them', async () => {
    const genre = page.getByRole('button', { name: 'Genre', expanded: true });
    await genre.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect.poll(() => page.getByRole('list', { name: 'Filters' }).getByRole('listitem').count()).toBe(1);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await facet('Genre').count()).toBe(0);
    await page.keyboard.press('Enter');
  });

  it('narrows to a stretch of numbers by fields, keys and mouse', async () => {
    await page.getByRole('button', { name: 'Tempo', exact: true }).click();
    const tempo = page.getByRole('group', { name: 'Tempo' });
    const chips = page.getByRole('list', { name: 'Filters' });
    await tempo.getByRole('textbox', { name: 'Least Tempo' }).fill('120');
    await page.keyboard.press('Enter');
    await chips.getByText('from 120 BPM').waitFor();
    await tempo.getByRole('textbox', { name: 'Greatest Tempo' }).fill('fast');
    await page.keyboard.press('Enter');
    expect(await tempo.getByRole('textbox', { name: 'Greatest Tempo' }).getAttribute('aria-invalid')).toBe('true');
    await tempo.getByRole('textbox', { name: 'Greatest Tempo' }).fill('140');
    await page.keyboard.press('Enter');
    await chips.getByText('120–140 BPM').waitFor();
    await expect.poll(async () => (await app.column('BPM')).map(Number).every((bpm) => bpm >= 120 && bpm <= 140)).toBe(true);
    await expect.poll(() => sumOf('Tempo')).toBe(await found());
    await tempo.getByRole('slider', { name: 'Tempo up to' }).focus();
    await page.keyboard.press('ArrowLeft');
    await chips.getByText('120–139 BPM').waitFor();
    await desk.bothThemes('library-7-range');
    // The lower end is taken below the other and dragged to the edge, which opens it.
    const lower = (await tempo.getByRole('slider', { name: 'Tempo from' }).boundingBox())!;
    const [leastBpm, greatestBpm] = [70, 180];
    const thumb = lower.x + 6 + ((lower.width - 12) * (120 - leastBpm)) / (greatestBpm - leastBpm);
    await page.mouse.move(thumb, lower.y + lower.height / 2);
    await page.mouse.down();
    await page.mouse.move(lower.x - 10, lower.y + lower.height / 2, { steps: 6 });
    await page.mouse.up();
    await chips.getByText('up to 139 BPM').waitFor();
    await tempo.getByRole('button', { name: 'Any Tempo' }).click();
    await expect.poll(found).toBe(N_TRACKS);
    await expect.poll(() => sumOf('Label')).toBe(N_TRACKS);
    await page.getByRole('button', { name: 'Tempo', exact: true }).click();
  });

  it('labels only what the facets leave, however it is selected', async () => {
    await facet('Label')
      .getByRole('checkbox', { name: /model disagrees/ })
      .check();
    const n = await countOf('Label', 'model disagrees');
    await expect.poll(found).toBe(n);
    await app.grid.focus();
    await page.keyboard.press('Control+a');
    await page.getByText(`${n} tracks selected`).waitFor();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Genre', exact: true }).fill('Harbour');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: `Label ${n} tracks` }).click();
    await page.getByText(`Labelled ${n} tracks`).waitFor();
    await page.getByRole('button', { name: 'Clear' }).first().click();
    await expect.poll(() => countOf('Genre', 'Harbour'), { timeout: 8000 }).toBe(n);
  });

  it('shows, moves and sizes columns by keys and by mouse, and remembers them', async () => {
    await page.getByRole('button', { name: 'Facets' }).click();
    const headings = async (): Promise<string[]> =>
      (await app.grid.getByRole('columnheader').allInnerTexts()).map((text) => text.trim());
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Camelot' }).focus();
    await page.keyboard.press('Space');
    for (let press = 0; press < 11; press++) {
      await page.keyboard.press('Alt+ArrowUp');
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest('label')?.textContent?.trim())).toBe('Camelot');
    }
    await page.keyboard.press('ArrowRight');
    await dialog.getByText('70 px').first().waitFor();
    await desk.bothThemes('library-2-columns');
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect((await headings()).slice(0, 3)).toEqual(['Title', 'Camelot', 'Artist']);
    expect((await app.column('Camelot')).every((text) => /^\d+[AB]$/.test(text))).toBe(true);
    const artist = app.grid.getByRole('columnheader', { name: 'Artist' });
    const before = (await artist.boundingBox())!;
    await page.mouse.move(before.x + before.width + 6, before.y + before.height / 2);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 66, before.y + before.height / 2, { steps: 4 });
    await page.mouse.up();
    expect((await artist.boundingBox())!.width).toBeCloseTo(before.width + 60, -1);
    await app.grid.getByRole('columnheader', { name: 'Genre' }).dragTo(artist);
    await expect.poll(async () => (await headings()).slice(0, 4)).toEqual(['Title', 'Camelot', 'Genre', 'Artist']);
    await page.reload();
    await app.grid.getByRole('row').nth(3).waitFor();
    expect((await headings()).slice(0, 4)).toEqual(['Title', 'Camelot', 'Genre', 'Artist']);
    await desk.shot('library-3-own-columns');
  });

  it('shows the library as covers and opens an album by keys', async () => {
    await page.getByRole('button', { name: 'Covers' }).click();
    const albums = page.getByRole('grid', { name: 'Albums' });
    await albums.getByRole('gridcell').nth(4).waitFor();
    expect(await albums.getByRole('gridcell').count()).toBeLessThan(110);
    await desk.bothThemes('library-4-covers');
    await albums.focus();
    await page.keyboard.press('ArrowRight');
    const name = (await albums.getByRole('gridcell', { selected: true }).innerText())
      .split('\n')
      .find((line) => line.length > 1)!;
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Tracks' }).getByRole('row').nth(3).waitFor();
    expect(new Set(await app.column('Album'))).toEqual(new Set([name]));
    // The album's row offers the way to all that its artist made.
    const artist = (await app.column('Artist'))[0]!;
    await app.grid.getByRole('row').nth(2).click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'What to do with it' });
    await menu.getByRole('menuitem', { name: 'Play', exact: true }).waitFor();
    await desk.bothThemes('library-5-menu');
    await menu.getByRole('menuitem', { name: `All by ${artist}` }).click();
    await expect.poll(async () => new Set(await app.column('Artist'))).toEqual(new Set([artist]));
    await expect.poll(async () => new Set(await app.column('Album')).size).toBeGreaterThan(1);
    await page.reload();
    await page.getByRole('grid', { name: 'Albums' }).waitFor();
  });

  it('moves among covers by keys, and does with an album what can be done with tracks', async () => {
    const albums = page.getByRole('grid', { name: 'Albums' });
    const active = async (): Promise<number> =>
      Number((await albums.getByRole('gridcell', { selected: true }).getAttribute('data-album')) ?? -1);
    // What narrowed before the window was opened anew narrows still.
    await page.getByRole('button', { name: 'Clear' }).click();
    await albums.getByRole('gridcell').nth(4).waitFor();
    await albums.focus();
    await page.keyboard.press('End');
    const last = N_ALBUMS - 1;
    await expect.poll(active).toBe(last);
    await page.keyboard.press('ArrowRight');
    expect(await active()).toBe(last);
    await page.keyboard.press('PageUp');
    await expect.poll(active).toBeLessThan(last);
    await page.keyboard.press('Home');
    await expect.poll(active).toBe(0);
    await page.keyboard.press('q');
    await page.getByText(/^\d+ tracks added to the queue/).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: /^Add .* to a playlist/ }).waitFor();
    await page.keyboard.press('Escape');
    await albums.focus();
    await page.keyboard.press('ContextMenu');
    const menu = page.getByRole('menu', { name: 'What to do with the album' });
    await menu.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Play');
    await page.keyboard.press('l');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Label');
    await desk.bothThemes('library-6-album-menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    expect(desk.problems).toEqual([]);
  });

  it('speaks German in a small window', async () => {
    await page.setViewportSize({ width: 1000, height: 700 });
    await app.openView('Settings');
    await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
    await page.getByRole('navigation').getByRole('link', { name: 'Bibliothek' }).click();
    await page.getByRole('button', { name: 'Facetten' }).click();
    await page.getByRole('button', { name: 'Tabelle' }).click();
    await app.grid.getByRole('row').nth(3).click();
    await app.panel.getByRole('heading', { name: 'Was das Modell hört' }).waitFor();
    await page.getByRole('group', { name: 'Energie' }).waitFor();
    const headings = await app.grid.getByRole('columnheader').allInnerTexts();
    expect(headings.map((text) => text.trim()).slice(0, 2)).toEqual(['Name', 'Camelot']);
    await desk.bothThemes('library-8-german');
    expect(await overflowingTexts(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Spalten' }).click();
    await desk.bothThemes('library-9-german-columns');
    expect(await overflowingTexts(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(desk.problems).toEqual([]);
  });
});
