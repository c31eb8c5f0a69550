// The interface end to end in a real browser: the built application, its server, engine and models, on real files.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audioFilesIn, DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { giveLargeLibrary, LARGE_TOTAL } from './pages/large-library.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const N_TRACKS = 6;
const SCAN_LIMIT_MS = 150_000;

const title = CHROMIUM ? 'the interface in a browser' : 'the interface in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const music = join(dir, 'music');
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    copySongs(music);
    desk = await BrowserDesk.open(join(dir, 'library'));
    ({ page, app } = desk);
  });

  afterAll(() => desk?.close());

  const shot = (name: string): Promise<void> => desk.shot(name);

  it('offers a folder or the demo library on the first run and says that nothing leaves the machine', async () => {
    await page.getByText('Nothing leaves it').waitFor();
    expect(await page.getByRole('button', { name: 'Open the demo library' }).isVisible()).toBe(true);
    await shot('1-welcome');
  });

  it('scans a folder named by its path, with live progress, and accounts for every file', async () => {
    await app.scanFolderByPath(music);
    await app.scanProgress.waitFor();
    await app.scanProgress.getByRole('progressbar').waitFor();
    await shot('2-scanning');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
    const account = await app.lastScan.innerText();
    expect(account).toMatch(new RegExp(`Analysed\\s+${N_TRACKS}\\b`));
    expect(account).toMatch(/Failed\s+1\b/);
    const failed = page.getByTestId('failed-files');
    expect(await failed.innerText()).toContain('broken.mp3');
    expect(
      await failed
        .getByRole('button', { name: /^Retry / })
        .first()
        .isVisible(),
    ).toBe(true);
    await shot('3-scanned');
  });

  it('sorts and narrows the library', async () => {
    await app.openView('Library');
    await app.row('broken.mp3').waitFor();
    await app.sortBy('Title');
    await expect.poll(() => app.grid.getByRole('columnheader', { name: 'Title' }).getAttribute('aria-sort')).toBe('ascending');
    const up = await app.column('Title');
    await app.sortBy('Title');
    await expect.poll(() => app.column('Title')).toEqual([...up].reverse());

    const wanted = up.find((name) => name !== 'broken.mp3')!;
    await app.search(wanted);
    await expect.poll(() => app.column('Title')).toEqual([wanted]);
    await app.search('');
    await page.getByRole('combobox', { name: 'Status' }).selectOption('failed');
    await expect.poll(() => app.column('Title')).toEqual(['broken.mp3']);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(async () => (await app.column('Title')).length).toBe(N_TRACKS + 1);
    await shot('4-library');
  });

  it('plays from the keyboard and shows what was heard in the track', async () => {
    await app.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => app.playedSec(), { timeout: 10_000 }).toBeGreaterThan(0);
    const scores = app.panel.getByTestId('class-scores').getByRole('listitem');
    expect(await scores.count()).toBe(5);
    await app.panel.getByRole('button', { name: /^All / }).click();
    expect(await scores.count()).toBeGreaterThan(5);
    expect(await app.spectrogramColours()).toBeGreaterThan(20);
    await shot('5-track');
    await app.grid.focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  it('separates the track and plays its stems together, one of them muted', async () => {
    await app.panel.getByRole('button', { name: 'Separate' }).click();
    await app.panel.getByTestId('stem-strips').waitFor({ timeout: SCAN_LIMIT_MS });
    const mute = app.panel.getByRole('button', { name: 'Mute Drums' });
    await mute.click();
    expect(await mute.getAttribute('aria-pressed')).toBe('true');
    const before = await app.playedSec();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => app.playedSec(), { timeout: 10_000 }).toBeGreaterThan(before + 1);
    await shot('6-stems');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  it('gathers playlists by confidence and exports one', async () => {
    await app.openView('Playlists');
    const least = page.getByRole('slider', { name: 'Least confidence for a playlist' });
    await least.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowLeft');
    const playlists = page.getByRole('list', { name: 'Playlists' }).getByRole('button');
    await playlists.first().waitFor();
    const name = (await playlists.first().innerText()).split('\n')[0]!.trim();
    const { fileName, path } = await app.exportPlaylist(name);
    const lines = readFileSync(path, 'utf8').split(/\r?\n/);
    expect(fileName).toMatch(/\.m3u8$/);
    expect(lines[0]).toBe('#EXTM3U');
    expect(lines.some((line) => line.startsWith('#EXTINF:'))).toBe(true);
    const files = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => basename(line));
    const known = readdirSync(music);
    expect(files.length).toBeGreaterThan(0);
    expect(files.every((file) => known.includes(file))).toBe(true);
    await page.getByText('exported to').waitFor();
    await shot('7-playlists');
  });

  it('changes the theme, keeps the view over a reload, and breaks no rule of its content policy', async () => {
    await app.openView('Settings');
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await shot('8-settings');
    await page.reload();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(desk.problems).toEqual([]);
  });

  it('keeps only the rows on screen of a library of 100,000 tracks', async () => {
    const large = await page.context().newPage();
    await giveLargeLibrary(large);
    // The view that was left open last would open otherwise.
    await large.goto(new URL('/#/library', desk.served.url).href);
    const grid = large.getByRole('grid');
    await grid.getByText('Song 0', { exact: true }).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(LARGE_TOTAL + 1));
    await grid.focus();
    await large.keyboard.press('End');
    await grid.getByText(`Song ${LARGE_TOTAL - 1}`, { exact: true }).waitFor();
    expect(await grid.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe(String(LARGE_TOTAL + 1));
    expect(await grid.getByRole('row').count()).toBeLessThan(100);
    await large.close();
  });
});

/** A few of the demo's songs of different styles, and one file that is no music. */
function copySongs(target: string): void {
  mkdirSync(target, { recursive: true });
  const songs = audioFilesIn(DEMO_DIR);
  const step = Math.max(1, Math.floor(songs.length / N_TRACKS));
  for (let index = 0; index < N_TRACKS; index++) {
    const song = songs[index * step]!;
    copyFileSync(song, join(target, `${index}-${basename(song)}`));
  }
  writeFileSync(join(target, 'broken.mp3'), 'This is a text, not a song.');
}
