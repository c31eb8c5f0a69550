// What is kept can be changed, in a real browser: recipes in their form, copies, the choices of an export, large files that are
// read, drags from a preview; and the same in German.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { PlaylistsPage } from './pages/playlists-page.ts';

const CHROMIUM = findChromium();
const title = CHROMIUM ? 'changing playlists' : 'changing playlists (no Chromium or Chrome on this machine)';
const NARROW = { width: 1000, height: 700 };
const N_TRACKS = 60;

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  let desk: BrowserDesk;
  let page: Page;
  let playlists: PlaylistsPage;

  beforeAll(async () => {
    const library = join(dir, 'library');
    makeHeardLibrary(library, { nTracks: N_TRACKS, nLabelled: N_TRACKS });
    desk = await BrowserDesk.open(library);
    ({ page } = desk);
    playlists = new PlaylistsPage(page);
    await desk.app.openView('Playlists');
  });

  afterAll(() => desk?.close());

  /** Lists follow a change within a second; a busy machine takes longer. */
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000 });
  const minutes = () => page.getByRole('spinbutton', { name: 'Length in minutes' });

  it('a recipe is changed in its form together with its name, and one undo takes both back', async () => {
    await page.getByRole('button', { name: 'Recipe', exact: true }).click();
    await playlists.chooseRecipe('A time');
    await minutes().fill('5');
    await page.keyboard.press('Tab');
    await eventually(() => playlists.nPreviewed()).toBe(5);
    await playlists.name.fill('Break');
    await page.keyboard.press('Enter');
    await playlists.heading('Break').waitFor();

    await page.getByRole('button', { name: 'Change recipe' }).click();
    await page.getByRole('heading', { name: 'Recipe of a playlist' }).waitFor();
    expect(await minutes().inputValue()).toBe('5');
    await minutes().fill('12');
    await page.keyboard.press('Tab');
    await eventually(() => playlists.nPreviewed()).toBe(12);
    await playlists.name.fill('Long break');
    await desk.bothThemes('54-change-recipe');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed the recipe of “Long break”.').waitFor();
    await playlists.heading('Long break').waitFor();
    await eventually(async () => (await playlists.titles()).length).toBe(12);
    await page.keyboard.press('Control+z');
    await playlists.heading('Break').waitFor();
    await eventually(async () => (await playlists.titles()).length).toBe(5);
  });

  it('a change that was left can be gone back to', async () => {
    await page.getByRole('button', { name: 'Change recipe' }).click();
    await minutes().fill('7');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The changed recipe of “Break” was not kept.').waitFor();
    await page.getByRole('button', { name: 'Go back' }).click();
    expect(await minutes().inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a track of a preview is dragged onto a playlist', async () => {
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the new playlist' }).fill('Mine');
    await page.keyboard.press('Enter');
    await playlists.heading('Mine').waitFor();
    await page.getByRole('button', { name: 'Recipe', exact: true }).click();
    await playlists.chooseRecipe('Unplayed corners');
    await eventually(() => playlists.nPreviewed()).toBeGreaterThan(0);
    await playlists.drag(playlists.preview.getByRole('listitem').first(), async () => playlists.item('Mine'));
    await page.getByText('Added 1 track to “Mine”.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a playlist by genre is copied as a list of one’s own, in the order shown', async () => {
    await playlists.item('Jazz').click();
    await playlists.heading('Jazz').waitFor();
    await eventually(async () => (await playlists.titles()).length).toBeGreaterThan(0);
    await playlists.grid.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
    await eventually(async () => (await playlists.titles())[0]).toBe('Song 0');
    const shown = await playlists.titles();
    await page.getByRole('button', { name: 'Copy Jazz' }).click();
    await page.getByText('Made “Jazz 2” with 20 tracks.').waitFor();
    await playlists.heading('Jazz 2').waitFor();
    await eventually(() => playlists.titles()).toEqual(shown);
    await playlists.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+Home');
    await eventually(async () => (await playlists.titles()).slice(0, 2)).toEqual([shown[1], shown[0]]);
    await page.getByText(`${shown[1]}: place 1 of 20.`).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await eventually(() => playlists.titles()).toEqual(shown);
  });

  it('the choices of an export are there again in the next window', async () => {
    await page.getByRole('button', { name: 'Options of the export' }).click();
    await page.getByRole('combobox', { name: 'Format of the exported playlist' }).selectOption('m3u');
    await page.getByRole('combobox', { name: 'Encoding' }).selectOption('utf-8');
    await page.getByRole('button', { name: 'Add a pair' }).click();
    await page.getByRole('textbox', { name: 'Folder here' }).fill('/music');
    await page.getByRole('textbox', { name: 'Folder on the device' }).fill('E:\\Music');
    await page.keyboard.press('Tab');
    await desk.bothThemes('55-export-options');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: 'Export M3U' }).waitFor();
    await page.getByRole('button', { name: 'Options of the export' }).click();
    expect(await page.getByRole('textbox', { name: 'Folder on the device' }).inputValue()).toBe('E:\\Music');
    const started = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export M3U' }).click();
    expect((await started).suggestedFilename()).toMatch(/\.m3u$/);
  });

  it('a playlist of many megabytes is read', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `#EXTINF:60,Somebody - Elsewhere ${i}\n/elsewhere/${'x'.repeat(40)}/none-${i}.mp3`,
    );
    const buffer = Buffer.from(['#EXTM3U', '/music/3/3.mp3', ...lines].join('\n'));
    expect(buffer.length).toBeGreaterThan(1_500_000);
    await page.getByLabel('Playlist file to import').setInputFiles({ name: 'Large.m3u8', mimeType: 'audio/mpegurl', buffer });
    await page.getByText('1 track read into 1 playlist from Large.m3u8.').waitFor();
    await page.getByRole('heading', { name: '20000 of 20001 entries were not found' }).waitFor();
    await page.keyboard.press('Escape');
    await playlists.item('Large').waitFor();
  });

  it('all of it is there in German, also in a narrow window', async () => {
    await desk.app.openView('Settings');
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Playlists' }).click();
    await page.setViewportSize(NARROW);
    await playlists.item('Break').click();
    await page.getByRole('button', { name: 'Rezept ändern' }).waitFor();
    await desk.bothThemes('56-playlist-german');
    await page.getByRole('button', { name: 'Rezept ändern' }).click();
    await page.getByRole('radio', { name: 'Ein Bogen' }).check();
    await page.getByTestId('making-preview').getByRole('listitem').first().waitFor();
    await desk.bothThemes('57-recipe-german');
    await page.getByRole('button', { name: 'Abbrechen' }).click();
    await page.getByRole('button', { name: 'Smart', exact: true }).click();
    await page.getByRole('combobox', { name: 'Feld' }).selectOption({ label: 'Tonart' });
    await page.getByRole('combobox', { name: 'Tonart' }).selectOption({ label: 'a-Moll' });
    await desk.bothThemes('58-rules-german');
    expect(desk.problems).toEqual([]);
  });
});
