// Scan & Health in a real browser: duplicates compared by ear, missing files, failed files, storage.
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { copyArtists, transcode } from './pages/songs.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 150_000;

const title = CHROMIUM
  ? 'the health of a library in a browser'
  : 'the health of a library (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const music = join(dir, 'music');
  const lossless = join(music, 'Old laptop', 'Anvil.flac');
  let songs: string[];
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    songs = copyArtists(music, ['Gravelthrone', 'Harbour Yard']);
    const anvil = songs.find((path) => path.includes('Anvil Weather'))!;
    transcode(anvil, lossless, { encoder: 'flac' });
    transcode(anvil, join(music, 'Downloads', 'anvil-poor.mp3'), { encoder: 'libmp3lame', bitRateBps: 64_000 });
    transcode(
      songs.find((path) => path.includes('Breakwater'))!,
      join(music, 'Breakwater (cut).mp3'),
      { encoder: 'libmp3lame' },
      14,
    );
    writeFileSync(join(music, 'broken.mp3'), 'This is a text, not a song.');
    desk = await BrowserDesk.open(join(dir, 'library'), [music]);
    ({ page, app } = desk);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
  });

  afterAll(() => desk?.close());

  const tab = (name: string) => page.getByRole('radiogroup', { name: 'Part of scan and health' }).getByText(name).click();
  const group = (name: string) => page.getByTestId('duplicates').getByRole('listitem').filter({ hasText: name });

  it('accounts for the scan, with a retry for what failed, and says where things lie', async () => {
    await page.getByTestId('failed-files').getByText('broken.mp3').waitFor();
    await page.getByRole('region', { name: 'Storage' }).getByText(join(dir, 'library')).waitFor();
    await desk.bothThemes('50-health-scan');
  });

  it('finds copies by their sound and suggests the best one', async () => {
    await tab('Duplicates');
    await page.getByRole('button', { name: 'Find duplicates' }).click();
    await page.getByText(/^1 recording is there in more than one file: 2 spare copies/).waitFor({ timeout: 60_000 });
    const copies = group('Anvil').getByRole('row');
    expect(await copies.count()).toBe(4);
    expect(await copies.nth(1).innerText()).toMatch(/Anvil\.flac.*Old laptop.*FLAC.*kbit\/s.*0:36.*Best copy/s);
    expect(await copies.last().innerText()).toMatch(/64 kbit\/s/);
    await group('Another version or cut').getByText('Breakwater (cut).mp3').waitFor();
    await desk.bothThemes('51-health-duplicates');
  });

  it('plays one copy after the other at the same place', async () => {
    const play = (path: string) => group('Anvil').getByRole('button', { name: `Play ${path}` });
    await play(lossless).click();
    await expect.poll(() => app.playedSec(), { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    const heard = await app.playedSec();
    await play(join(music, 'Downloads', 'anvil-poor.mp3')).click();
    const pause = group('Anvil').getByRole('button', { name: /^Pause .*anvil-poor\.mp3/ });
    await pause.waitFor();
    expect(await app.playedSec()).toBeGreaterThanOrEqual(heard);
    await pause.click();
    expect(existsSync(lossless)).toBe(true);
  });

  it('lists files that are gone, and forgets it when they are back under another name', async () => {
    const hidden = join(dir, 'elsewhere.opus');
    const slagheap = songs.find((path) => path.includes('Slagheap'))!;
    renameSync(slagheap, hidden);
    await page.getByRole('button', { name: 'Scan again' }).click();
    await tab('Missing 1');
    const missing = page.getByTestId('missing-files');
    await missing.getByText(slagheap).waitFor();
    await desk.bothThemes('52-health-missing');
    renameSync(hidden, join(music, 'back again.opus'));
    await page.getByRole('button', { name: 'Scan again' }).click();
    await tab('Missing');
    await missing.getByText('Every file of the library was found by the last scan.').waitFor();
    expect(desk.problems).toEqual([]);
  });
});
