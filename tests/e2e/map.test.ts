// The map in a real browser: drawn live, coloured, filtered, pointed at, selected, kept, and its changes played.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { MapPage } from './pages/map-page.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 170_000;
const DRAW_LIMIT_MS = 60_000;
const N_TRACKS = 28;

const title = CHROMIUM ? 'the map in a browser' : 'the map in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;
  let map: MapPage;

  beforeAll(async () => {
    desk = await BrowserDesk.open(join(dir, 'library'), [DEMO_DIR]);
    ({ page, app } = desk);
    map = new MapPage(page);
    await page.reload();
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
  });

  afterAll(() => desk?.close());

  const shot = (name: string): Promise<void> => desk.shot(name);
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000 });
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  async function drawn(): Promise<void> {
    await page.getByTestId('map-drawing').waitFor({ state: 'hidden', timeout: DRAW_LIMIT_MS });
    await page.getByTestId('map-quality').waitFor({ timeout: DRAW_LIMIT_MS });
    await map.settled();
  }

  it('says what to do before the first map, and draws it while one looks on', async () => {
    await app.openView('Map');
    await button('Draw the map').waitFor();
    await shot('20-map-empty');
    await button('Draw the map').click();
    await map.field.waitFor({ timeout: DRAW_LIMIT_MS });
    await drawn();
    expect(map.nFrames).toBeGreaterThan(0);
    expect(await map.nPoints()).toBe(N_TRACKS);
    expect(await page.getByTestId('map-quality').innerText()).toMatch(/Can be trusted\s+\d+%/);
    expect((await map.hues()).filter((count) => count > 20).length).toBeGreaterThanOrEqual(3);
    await shot('21-map');
  });

  it('shows only what the legend is asked for', async () => {
    const [first = ''] = await map.legendNames();
    const all = (await map.hues()).reduce((sum, count) => sum + count, 0);
    await map.legend.getByRole('button', { name: first }).click();
    expect(await page.getByRole('checkbox', { name: `Show ${first}` }).isChecked()).toBe(true);
    expect(await map.legend.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await map.settled();
    await page.mouse.move(0, 0);
    expect((await map.hues()).reduce((sum, count) => sum + count, 0)).toBeLessThan(0.7 * all);
    await shot('22-map-filtered');
    await button('Show all').click();
    await eventually(() => map.legend.getByRole('checkbox', { checked: false }).count()).toBe(0);
  });

  it('colours by numbers as a scale', async () => {
    await page.getByLabel('Colour').selectOption('tempo');
    await eventually(() => map.legendNames()).toContainEqual(expect.stringMatching(/^\d+ to \d+ BPM$/));
    await map.settled();
    await shot('23-map-tempo');
    await page.getByLabel('Colour').selectOption('genre');
    await eventually(() => map.legendNames()).not.toContainEqual(expect.stringContaining('BPM'));
  });

  it('goes from track to track by keyboard, and opens and plays what has the focus', async () => {
    const spoken = () => page.getByRole('status').filter({ hasText: ', ' }).last().innerText();
    await map.field.focus();
    await page.keyboard.press('Enter');
    await map.card.waitFor();
    const first = await spoken();
    // The track in the middle has one to the right or to the left.
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(500);
    if ((await spoken()) === first) await page.keyboard.press('ArrowLeft');
    await eventually(spoken).not.toBe(first);
    await page.keyboard.press('Enter');
    await app.panel.getByRole('heading', { level: 2 }).waitFor();
    await shot('24-map-track');
    await page.keyboard.press('Space');
    await button('Pause').first().waitFor();
    await page.keyboard.press('Space');
    await button('Play').first().waitFor();
    await button('Close the track panel').click();
  });

  it('shows the track that is pointed at, and opens it on a click', async () => {
    await map.settled();
    const place = await map.focusedPlace();
    await map.field.focus();
    await page.keyboard.press('Escape');
    await map.card.waitFor({ state: 'hidden' });
    await page.mouse.move(place.x, place.y);
    await map.card.waitFor();
    const [name = ''] = (await map.card.innerText()).split('\n');
    await page.mouse.click(place.x, place.y);
    await app.panel.getByRole('heading', { name, exact: true }).waitFor();
    await button('Close the track panel').click();
  });

  it('names the tracks in sight, and finds one by a search', async () => {
    const search = page.getByRole('searchbox', { name: 'Search the map' });
    await map.field.focus();
    await page.keyboard.press('/');
    await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
    await search.fill('gravelth');
    await page.getByRole('status').getByText('2 found', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('map-names').getByText('Anvil Weather').waitFor();
    await map.settled();
    await shot('28-map-search');
    await map.field.focus();
    await page.keyboard.press('Control+a');
    await map.selected.getByText('2 tracks selected').waitFor();
    await page.keyboard.press('Escape');
    await search.focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => search.inputValue()).toBe('');
    await map.field.focus();
    await page.keyboard.press('0');
    await map.settled();
  });

  it('is moved by fingers: two zoom, one that holds still points', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const { x, y, width, height } = (await map.field.boundingBox())!;
    const fromMiddle = async () => {
      const place = await map.focusedPlace();
      return Math.hypot(place.x - x - width / 2, place.y - y - height / 2);
    };
    await page.keyboard.press('ArrowRight');
    await map.settled();
    const before = await fromMiddle();
    await map.spread(2);
    expect((await fromMiddle()) / before).toBeCloseTo(2, 1);
    await map.field.focus();
    await page.keyboard.press('0');
    await map.settled();
    const place = await map.focusedPlace();
    await page.keyboard.press('Escape');
    await map.card.waitFor({ state: 'hidden' });
    const lift = await map.hold(place);
    await map.card.waitFor();
    await lift();
    await map.card.waitFor({ state: 'hidden' });
    expect(await app.panel.count()).toBe(0);
  });

  it('selects with the lasso and labels what was selected', async () => {
    await button('Lasso').click();
    await map.lassoAll();
    await button('Lasso').click();
    await map.selected.getByText(`${N_TRACKS} tracks selected`).waitFor();
    await shot('25-map-lasso');
    await map.selected.getByRole('button', { name: 'Label' }).click();
    await page.getByRole('combobox', { name: 'Genre', exact: true }).last().fill('Evening');
    await page.keyboard.press('Enter');
    await button(`Label ${N_TRACKS} tracks`).click();
    await eventually(() => map.legendNames()).toEqual(['Evening']);
    await map.field.focus();
    await page.keyboard.press('Control+z');
    await eventually(() => map.legendNames()).not.toContain('Evening');
  });

  it('keeps a selection as a playlist', async () => {
    await map.selected.getByRole('button', { name: 'Add to playlist' }).click();
    await page.getByRole('combobox', { name: 'Playlist', exact: true }).fill('Whole evening');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await app.openView('Playlists');
    await page.getByRole('list', { name: 'Playlists' }).getByText('Whole evening').first().click();
    await page.getByText(`${N_TRACKS} tracks`).first().waitFor();
    await app.openView('Map');
    await map.selected.getByRole('button', { name: 'Clear' }).click();
    await map.selected.waitFor({ state: 'hidden' });
  });

  it('draws again and steps back to the former map', async () => {
    await button('Draw again').click();
    await page.getByTestId('map-changes').getByText('Map 2 of 2').waitFor({ timeout: DRAW_LIMIT_MS });
    await drawn();
    await button('Earlier map').click();
    await page.getByText('Map 1 of 2').waitFor();
    expect(await map.nPoints()).toBe(N_TRACKS);
    await button('Play the time-lapse').click();
    await page.getByText('Map 2 of 2').waitFor();
    await button('Play the time-lapse').waitFor();
    await map.settled();
    await shot('26-map-changes');
  });

  it('has a map for each stem, in light and dark', async () => {
    await page.getByLabel('Drawn from').selectOption('drums');
    await button('Draw the map').click();
    await drawn();
    await page.emulateMedia({ colorScheme: 'dark' });
    await map.settled();
    await shot('27-map-drums-dark');
    expect(desk.problems).toEqual([]);
  });
});
