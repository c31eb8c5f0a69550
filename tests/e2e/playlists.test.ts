// Playlists in a real browser: own ones by keyboard and by drag with undo, smart ones as form and text, and recipes that are kept.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { PlaylistsPage } from './pages/playlists-page.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 170_000;
const title = CHROMIUM ? 'playlists in a browser' : 'playlists in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;
  let playlists: PlaylistsPage;

  beforeAll(async () => {
    desk = await BrowserDesk.open(join(dir, 'library'), [DEMO_DIR]);
    ({ page, app } = desk);
    playlists = new PlaylistsPage(page);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
  });

  afterAll(() => desk?.close());

  const shot = (name: string): Promise<void> => desk.shot(name);

  /** Lists follow a change within a second; a busy machine takes longer. */
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000 });

  it('says what to do where there is none of a kind', async () => {
    await app.openView('Playlists');
    await page.getByText('Make one, or select tracks in the library and press P.').waitFor();
    await playlists.item('Jazz').waitFor();
    await shot('40-playlists-first');
  });

  it('makes one from a selection, by keyboard alone', async () => {
    await app.openView('Library');
    await app.row('Gravelthrone').first().waitFor();
    await app.grid.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('4 tracks selected').waitFor();
    const selected = (await playlists.titles()).slice(0, 4);
    await page.keyboard.press('p');
    await page.getByRole('combobox', { name: 'Playlist' }).fill('Evening');
    await shot('41-add-to-playlist');
    await page.keyboard.press('Enter');
    await page.getByText('Made “Evening” with 4 tracks.').waitFor();

    await page.keyboard.press('3');
    await playlists.item('Evening').waitFor();
    await playlists.heading('Evening').waitFor();
    await eventually(() => playlists.titles()).toEqual(selected);
    expect(await page.getByRole('img', { name: /^Energy goes from \d+ % to \d+ %, tempo from \d+ to \d+ BPM\.$/ }).count()).toBe(
      1,
    );
  });

  it('is put in order by keys, undone and done again', async () => {
    const before = await playlists.titles();
    const [first, second, third, fourth] = before;
    await playlists.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(() => playlists.titles()).toEqual([second, third, first, fourth]);
    await page.getByText(`${first}: place 3 of 4.`).waitFor({ state: 'attached' });
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(() => playlists.titles()).toEqual([second, first, third, fourth]);
    await page.keyboard.press('Control+z');
    await eventually(() => playlists.titles()).toEqual([second, third, first, fourth]);
    await page.keyboard.press('Control+Shift+Z');
    await eventually(() => playlists.titles()).toEqual([second, first, third, fourth]);
    await shot('42-own-playlist');
  });

  it('is put in order by drag, with a line where the row would fall', async () => {
    const before = await playlists.titles();
    const line = playlists.grid.locator('.drop-line');
    await playlists.drag(
      playlists.row(0),
      async () => playlists.row(2),
      async () => expect(await line.count()).toBe(1),
    );
    await eventually(() => playlists.titles()).toEqual([before[1], before[2], before[0], before[3]]);
    expect(await line.count()).toBe(0);
  });

  it('takes tracks dragged from the library onto its name at the side', async () => {
    await app.openView('Library');
    await app.grid.focus();
    await page.keyboard.press('Escape');
    const shelf = page.getByTestId('drop-shelf');
    await playlists.drag(
      app.row('Lindenhof').first(),
      async () => shelf.getByText('Evening'),
      async () => desk.page.screenshot({ path: 'test-results/browser/43-drag.png' }).then(() => undefined),
    );
    await page.getByText('Added 1 track to “Evening”.').waitFor();
    expect(await shelf.count()).toBe(0);
    await app.openView('Playlists');
    await eventually(async () => (await playlists.titles()).length).toBe(5);
  });

  it('loses tracks and its name, and gets them back', async () => {
    await playlists.grid.focus();
    await page.keyboard.press('End');
    await eventually(() => playlists.titles()).not.toContain('');
    const before = await playlists.titles();
    await page.keyboard.press('Delete');
    await page.getByText('Removed 1 track from “Evening”.').waitFor();
    await eventually(() => playlists.titles()).toEqual(before.slice(0, -1));
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => playlists.titles()).toEqual(before);

    await playlists.item('Evening').focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Late evening');
    await page.keyboard.press('Enter');
    await playlists.heading('Late evening').waitFor();
    await eventually(() => playlists.item('Late evening').evaluate((item) => item === document.activeElement)).toBe(true);
    await page.keyboard.press('Delete');
    await page.getByText('Removed “Late evening”.').waitFor();
    await eventually(() => playlists.item('Late evening').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await playlists.item('Late evening').waitFor();
  });

  it('is made empty by keyboard and says how to fill it', async () => {
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Name of the new playlist' }).fill('Sunday');
    await page.keyboard.press('Enter');
    await playlists.heading('Sunday').waitFor();
    await page.getByText('Nothing is in it yet.').waitFor();
    await shot('44-empty-playlist');
    await page.keyboard.press('ArrowUp');
    await playlists.heading('Late evening').waitFor();
  });

  it('follows rules written in a form, with a preview while they are written', async () => {
    await page.getByRole('button', { name: 'Smart', exact: true }).click();
    await page.getByText('One condition is not finished.').waitFor();
    await playlists.field(0).selectOption('tempo');
    await playlists.comparison(0).selectOption('between');
    await page.getByRole('textbox', { name: 'From, BPM' }).fill('80');
    await page.getByText('Fill in both ends.').waitFor();
    await page.getByRole('textbox', { name: 'To, BPM' }).fill('150');
    await eventually(() => playlists.nPreviewed()).toBeLessThan(28);
    const nByTempo = await playlists.nPreviewed();
    await playlists.preview
      .getByText(/^Tempo \d+ BPM\.$/)
      .first()
      .waitFor();

    await page.getByRole('button', { name: 'Group', exact: true }).click();
    await playlists.field(1).selectOption('key');
    await playlists.comparison(1).selectOption('empty');
    await page.getByRole('button', { name: 'Condition', exact: true }).first().click();
    await playlists.field(2).selectOption('genre');
    await playlists.comparison(2).selectOption('in');
    await page.getByRole('combobox', { name: 'Add to genre' }).fill('Rock');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sort by' }).click();
    await page.getByRole('button', { name: 'Ascending' }).click();
    await page.getByRole('combobox', { name: 'Limited by' }).selectOption('tracks');
    await eventually(() => playlists.nPreviewed()).toBeLessThan(nByTempo);
    await shot('45-smart-form');
  });

  it('shows the same rules as text, with line and column of an error', async () => {
    await playlists.writeRulesAs('Text');
    const text = page.getByRole('textbox', { name: 'Rules as text' });
    await eventually(() => text.inputValue()).toBe(
      'all {\n  tempo between 80 and 150\n  any {\n    key is empty\n    genre in ("Rock")\n  }\n}\nsort by energy descending\nlimit 50 tracks\n',
    );
    await shot('46-smart-text');
    await text.fill('all {\n  tempo between 80 and\n}\n');
    await page.getByText(/^Line 3, column 1: A number is expected here/).waitFor();
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('button', { name: 'Make', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Go there' }).click();
    expect(await text.evaluate((area) => (area as HTMLTextAreaElement).selectionStart)).toBe(29);
    await shot('47-smart-text-error');

    await text.fill('tempo > 100 or genre is "Jazz"\nsort by tempo');
    await eventually(() => text.getAttribute('aria-invalid')).toBe('false');
    await playlists.writeRulesAs('Form');
    expect(await page.getByRole('combobox', { name: 'Tracks that fit' }).inputValue()).toBe('any');
    expect(await page.getByRole('textbox', { name: 'Tempo, BPM' }).inputValue()).toBe('100');
    await playlists.name.fill('Quick or jazz');
    await page.keyboard.press('Enter');
    await playlists.heading('Quick or jazz').waitFor();
    const tempi = (await app.column('BPM')).map(Number);
    expect(tempi).toEqual([...tempi].sort((a, b) => a - b));
  });

  it('says why each track is there, and follows changed rules', async () => {
    await playlists.grid.focus();
    await page.keyboard.press('Home');
    await page.getByText(/^Why “.*” is here Tempo \d+ BPM, genre .*\.$/).waitFor();
    await shot('48-smart-playlist');
    const before = (await playlists.titles()).length;
    await page.getByRole('button', { name: 'Edit rules' }).click();
    await page.getByRole('button', { name: 'Remove this condition' }).first().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed the rules of “Quick or jazz”.').waitFor();
    await eventually(async () => (await playlists.titles()).length).toBeLessThan(before);
    await page.keyboard.press('Control+z');
    await eventually(async () => (await playlists.titles()).length).toBe(before);
  });

  it('is made from a recipe: an arc, seen before it is kept, and another one by the next seed', async () => {
    await page.getByRole('button', { name: 'Recipe', exact: true }).click();
    await playlists.chooseRecipe('An arc');
    await page.getByRole('radiogroup', { name: 'Shape of the arc' }).getByText('Waves', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Length counted in' }).selectOption('tracks');
    await page.getByRole('spinbutton', { name: 'Length in tracks' }).fill('8');
    await page.keyboard.press('Tab');
    await eventually(() => playlists.nPreviewed()).toBe(8);
    await playlists.preview.getByText(/the wave arc asks for \d+ % at place 1 of 8\./).waitFor();
    const names = () => playlists.preview.getByRole('listitem').allInnerTexts();
    const first = await names();
    await shot('49-recipe-arc');
    await page.getByRole('button', { name: 'Another one' }).click();
    await eventually(names).not.toEqual(first);
    const second = await names();
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('1');
    await page.keyboard.press('Tab');
    await eventually(names).toEqual(first);
    await page.getByRole('button', { name: 'Another one' }).click();
    await eventually(names).toEqual(second);

    await page.getByRole('button', { name: 'Keep' }).click();
    await playlists.heading('Waves of energy').waitFor();
    await eventually(async () => (await playlists.titles()).length).toBe(8);
    const kept = await playlists.titles();
    await page.getByRole('button', { name: 'Make again' }).click();
    await page.getByText('Made “Waves of energy” again.').waitFor();
    expect(await playlists.titles()).toEqual(kept);
    await page.getByRole('button', { name: 'Another one' }).click();
    await eventually(() => playlists.titles()).not.toEqual(kept);
  });

  it('is a path from one track to another', async () => {
    await page.getByRole('button', { name: 'Recipe', exact: true }).click();
    await playlists.chooseRecipe('A sound path');
    await page.getByText('Choose where the path begins and ends.').first().waitFor();
    await playlists.findTrack('From', 'Anvil Weather');
    await playlists.findTrack('To', 'Allegretto');
    await playlists.preview.getByText('Where the path begins.').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot('50-recipe-path');
    await page.getByRole('button', { name: 'Keep' }).click();
    await playlists.heading('From Anvil Weather to Allegretto for a Narrow Window').waitFor();
    const titles = () => playlists.titles();
    await eventually(async () => (await titles())[0]).toBe('Anvil Weather');
    expect((await titles()).at(-1)).toBe('Allegretto for a Narrow Window');
    await playlists.grid.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await eventually(() => app.playedSec()).toBeGreaterThan(0);
    await page.keyboard.press('Space');
    await shot('51-playlist-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('is offered in every other recipe too, and breaks no rule of the content policy', async () => {
    await page.getByRole('button', { name: 'Recipe', exact: true }).click();
    await playlists.chooseRecipe('A mood');
    await eventually(() => playlists.nPreviewed()).toBeGreaterThan(0);
    await shot('52-recipe-mood');
    for (const recipe of ['A time', 'A DJ mix', 'Unplayed corners']) {
      await playlists.chooseRecipe(recipe);
      await eventually(() => playlists.nPreviewed()).toBeGreaterThan(0);
    }
    await page.getByRole('button', { name: 'Only tracks that…' }).click();
    await playlists.field(0).selectOption('genre');
    await page.getByRole('group', { name: 'Genre' }).getByRole('combobox', { name: 'Genre' }).fill('Jazz');
    await eventually(() => playlists.nPreviewed()).toBe(2);
    await shot('52-recipe-filter');
    await page.getByRole('button', { name: 'Without these conditions' }).click();
    await eventually(() => playlists.nPreviewed()).toBeGreaterThan(2);

    await app.openView('Library');
    await app.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('button', { name: 'More like these' }).click();
    const chosen = page.getByRole('list', { name: 'Tracks to sound like' }).getByRole('listitem');
    await eventually(() => chosen.count()).toBe(2);
    await playlists.findTrack('Add a track to sound like', 'Blue Umbrella');
    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption('drums');
    await playlists.preview
      .getByText(/Sounds like/)
      .first()
      .waitFor();
    await eventually(() => playlists.preview.getByText('You chose it.').count()).toBe(3);
    await shot('53-recipe-like');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await playlists.list.waitFor();
    expect(desk.problems).toEqual([]);
  });
});
