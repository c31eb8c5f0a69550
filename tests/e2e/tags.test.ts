// Tags written into copies of files in a real browser: previewed, written, accounted for, taken back.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audioFilesIn, DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { transcode } from './pages/songs.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 150_000;

const title = CHROMIUM ? 'writing tags in a browser' : 'writing tags in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const music = join(dir, 'music');
  const anvil = join(music, 'anvil.mp3');
  const umbrella = join(music, 'umbrella.flac');
  const gone = join(music, 'gone.opus');
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    mkdirSync(music, { recursive: true });
    const song = (name: string) => audioFilesIn(DEMO_DIR).find((path) => path.includes(name))!;
    transcode(song('Anvil Weather'), anvil, { encoder: 'libmp3lame', tags: { title: 'Anvil', genre: 'Polka' } });
    transcode(song('Glass Umbrella'), umbrella, { encoder: 'flac', tags: { title: 'Umbrella' } });
    copyFileSync(song('Slagheap'), gone);
    desk = await BrowserDesk.open(join(dir, 'library'), [music]);
    ({ page, app } = desk);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
    rmSync(gone);
  });

  afterAll(() => desk?.close());

  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const genresOf = async (path: string) => (await parseFile(path)).common.genre ?? [];
  const dialog = () => page.getByRole('dialog');
  const preview = () => page.getByTestId('tag-preview');
  const before = { anvil: '', umbrella: '' };

  it('previews every change before and after, and touches no file', async () => {
    before.anvil = hashOf(anvil);
    before.umbrella = hashOf(umbrella);
    await app.openView('Library');
    await app.row('Anvil').waitFor();
    await app.grid.focus();
    await page.keyboard.press('Control+a');
    await page.getByText('3 tracks selected').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('combobox', { name: 'Genre', exact: true }).last().fill('Ska');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Label 3 tracks' }).click();
    await page.getByText('Labelled 3 tracks Ska.').waitFor();

    await app.grid.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('w');
    await page.getByRole('heading', { name: 'Write tags of 3 tracks' }).waitFor();
    await preview().getByText('2 files change; 1 file cannot be written.').waitFor();
    const changes = preview().getByRole('list', { name: 'Changes' });
    expect(await changes.innerText()).toMatch(/anvil\.mp3.*Polka.*Polka\s+Ska.*umbrella\.flac.*empty.*Ska/s);
    await preview().getByText('1 file cannot be written', { exact: true }).click();
    await preview().getByText('gone.opus').waitFor();
    await desk.bothThemes('44-tags-preview');

    await dialog().getByText('Replace', { exact: true }).click();
    await changes.locator('del').getByText('Polka').waitFor();
    await dialog().getByText('Fill empty', { exact: true }).click();
    await preview().getByText('1 file changes; 1 file stays as it is; 1 file cannot be written.').waitFor();
    await dialog().getByRole('checkbox', { name: 'Genre' }).uncheck();
    await preview().getByText('Choose at least one field.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect([hashOf(anvil), hashOf(umbrella)]).toEqual([before.anvil, before.umbrella]);
  });

  it('writes what was shown, tells how it went, and undoes it at once', async () => {
    await page.getByRole('button', { name: 'Write tags' }).click();
    await dialog().getByRole('checkbox', { name: 'Genre' }).check();
    await dialog().getByText('Add', { exact: true }).click();
    await dialog().getByRole('button', { name: 'Write into 2 files' }).click();
    const account = page.getByTestId('tag-account');
    await account.getByText('Written into 2 files.').waitFor();
    expect([await genresOf(anvil), await genresOf(umbrella)]).toEqual([['Polka', 'Ska'], ['Ska']]);
    await desk.bothThemes('45-tags-written');
    await dialog().getByRole('button', { name: 'Undo' }).click();
    await account.getByText('Former values given back to 2 files.').waitFor();
    expect(hashOf(anvil)).toBe(before.anvil);
    expect(await genresOf(umbrella)).toEqual([]);
    await dialog().getByRole('button', { name: 'Done' }).click();
  });

  it('writes one track from its panel, with tempo, beside what the file says', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    await app.row('Umbrella').click();
    const facts = app.panel.getByRole('region', { name: 'File and tags' });
    await facts.getByRole('row', { name: /^Genre – Ska/ }).waitFor();
    await facts.getByRole('button', { name: 'Write tags' }).click();
    await dialog().getByRole('checkbox', { name: 'Tempo' }).check();
    await dialog().getByRole('button', { name: 'Write into 1 file' }).click();
    await page.getByTestId('tag-account').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await facts.getByRole('row', { name: /^Genre Ska Ska/ }).waitFor();
    expect((await parseFile(umbrella)).common.bpm).toBeGreaterThan(30);
  });

  it('lists every write with its undo, after a reload as well', async () => {
    await page.reload();
    await app.openView('Scan');
    await page.getByRole('radiogroup', { name: 'Part of scan and health' }).getByText('Tags written').click();
    const writes = page.getByTestId('tag-history').getByRole('listitem');
    await writes.first().waitFor();
    expect(await writes.count()).toBe(2);
    expect(await writes.last().innerText()).toMatch(/Wrote genre into 2 tracks.*2 files undone/s);
    await desk.bothThemes('46-tags-history');
    await writes.first().getByRole('button', { name: /^Undo/ }).click();
    await writes.first().getByRole('button', { name: 'Give back' }).click();
    await page.getByText('Former values given back to 1 file.').waitFor();
    await writes.first().getByText('1 file undone').waitFor();
    expect(await genresOf(umbrella)).toEqual([]);
    expect(desk.problems).toEqual([]);
  });
});
