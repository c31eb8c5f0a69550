// Teaching in a real browser: labels by keyboard and by selection, the queue, a training with its figures, its use and the way back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { MadeUpEvents } from './pages/made-up-events.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 170_000;

const title = CHROMIUM ? 'teaching in a browser' : 'teaching in a browser (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;

  beforeAll(async () => {
    desk = await BrowserDesk.open(join(dir, 'library'), [DEMO_DIR]);
    ({ page, app } = desk);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
  });

  afterAll(() => desk?.close());

  const shot = (name: string): Promise<void> => desk.shot(name);

  /** Lists follow a change within a second; a busy machine takes longer. */
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000 });

  const tab = (name: string) => page.getByRole('radiogroup', { name: 'Part of teaching' }).getByText(name, { exact: true });
  const ownGenres = () => page.getByRole('list', { name: 'Your genres' }).getByRole('listitem').allInnerTexts();
  const genresShown = () => app.column('Genre');

  it('labels a selection by keyboard, and undoes it after a reload', async () => {
    await app.openView('Library');
    await app.row('Gravelthrone').first().waitFor();
    await app.grid.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('6 tracks selected').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('combobox', { name: 'Genre', exact: true }).last().fill('Loud');
    await page.keyboard.press('Enter');
    await shot('9-label-dialog');
    await page.getByRole('button', { name: 'Label 6 tracks' }).click();
    await eventually(genresShown).toSatisfy((genres: string[]) => genres.slice(0, 6).every((genre) => genre === 'Loud'));

    await page.reload();
    await app.row('Gravelthrone').first().waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Labelled 6 tracks Loud.').waitFor();
    await eventually(genresShown).not.toContain('Loud');
    await page.keyboard.press('Control+Shift+Z');
    await eventually(genresShown).toContain('Loud');
  });

  it('labels a whole folder from one of its tracks', async () => {
    await app.row('Harbour Yard').first().click();
    await app.panel.getByRole('button', { name: 'Its folder' }).click();
    await page.getByRole('heading', { name: 'Label everything in Salt Ledger' }).waitFor();
    await page.getByRole('combobox', { name: 'Genre', exact: true }).last().fill('Harbour');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Label everything in Salt Ledger' }).click();
    await page.getByText('Labelled 2 tracks Harbour.').waitFor();
    await app.panel.getByTestId('track-labels').getByText('Harbour').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await eventually(genresShown).not.toContain('Harbour');
    await page.getByRole('button', { name: 'Close the track panel' }).click();
  });

  it('makes genres with parents and keys, and reads labels from a file', async () => {
    await app.openView('Genres');
    await page.getByRole('textbox', { name: 'New genre' }).fill('Calm');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Number key of Calm' }).selectOption('7');
    await page.getByRole('combobox', { name: 'Loud is a kind of' }).selectOption({ label: 'Calm' });
    await eventually(() =>
      page.getByRole('combobox', { name: 'Calm is a kind of' }).locator('option').allInnerTexts(),
    ).not.toContain('Loud');
    await page.getByRole('combobox', { name: 'Loud is a kind of' }).selectOption({ label: '–' });

    await page.getByText('Loud now stands by itself.').waitFor();
    const key = page.getByRole('combobox', { name: 'Number key of Loud' });
    await key.selectOption('7');
    await page.getByText('Key 7 now sets Loud.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await eventually(() => key.inputValue()).toBe('');
    await eventually(() => page.getByRole('combobox', { name: 'Number key of Calm' }).inputValue()).toBe('7');

    const file = join(dir, 'labels.csv');
    const songs = ['Lindenhof Chamber Players/Small Rooms/01 Allegretto for a Narrow Window.opus', 'nowhere.mp3'];
    writeFileSync(file, songs.map((song) => `${song},Calm\n`).join(''));
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByText('1 track labelled with 1 label').waitFor();
    await page.getByText('nowhere.mp3').waitFor();
    await shot('10-labels-imported');
    await page.getByRole('button', { name: 'Close' }).click();
    await desk.bothThemes('11-genres');
    await page.getByRole('button', { name: 'Show 6 tracks labelled Loud' }).click();
    await eventually(genresShown).toEqual(Array.from({ length: 6 }, () => 'Loud'));
    await app.openView('Genres');
  });

  it('asks about one track after another, by keyboard alone', async () => {
    await app.openView('Teach');
    const card = page.getByTestId('queue-card');
    const asked = () => card.getByRole('heading').innerText();
    await card.waitFor();
    await desk.bothThemes('12-teach-label');
    const first = await asked();
    await page.keyboard.press('7');
    await eventually(asked).not.toBe(first);
    await eventually(ownGenres).toContainEqual(expect.stringMatching(/Calm\s+2/));
    await page.keyboard.press('Backspace');
    await eventually(asked).toBe(first);
    await eventually(ownGenres).toContainEqual(expect.stringMatching(/Calm\s+1/));
    for (let i = 0; i < 7; i++) {
      const before = await asked();
      await page.keyboard.press(i === 3 ? 's' : '7');
      await eventually(asked).not.toBe(before);
    }
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
    await page.keyboard.press('Space');
    await page.getByText('7 of 10 answers').or(page.getByText('6 of 10 answers')).waitFor();
  });

  it('trains, shows honest figures, and changes nothing before it is told to', async () => {
    await tab('Train').click();
    await page.getByRole('heading', { name: /labelled tracks of 2 genres/ }).waitFor();
    await page.getByText('Options').click();
    await desk.bothThemes('13-teach-train');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const figures = page.getByTestId('evaluation');
    await figures.waitFor({ timeout: 60_000 });
    expect(await figures.innerText()).toMatch(/Right for \d+% of the tracks it had not learned from/);
    const cells = await figures.getByRole('table').first().getByRole('button').allInnerTexts();
    expect(cells.reduce((sum, text) => sum + Number(text || 0), 0)).toBeGreaterThanOrEqual(10);
    await desk.bothThemes('14-teach-result');
    await figures.getByRole('button', { name: 'Use this model' }).click();
    await page.getByText(/is in use: 28 tracks follow it now/).waitFor();
    await figures.getByText('In use', { exact: true }).waitFor();
  });

  it('walks the confusion matrix by keyboard, and takes the tracks of a cell along', async () => {
    const figures = page.getByTestId('evaluation');
    const cells = figures.getByRole('table').first().locator('button:enabled');
    await cells.first().focus();
    await page.keyboard.press((await cells.count()) > 2 ? 'ArrowRight' : 'ArrowDown');
    const told = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(told).toMatch(/ tracks? heard as /);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: told! });
    await dialog.getByRole('listitem').first().waitFor();
    await desk.bothThemes('14-teach-confused');
    expect(await dialog.getByRole('listitem').count()).toBe(Number.parseInt(told!, 10));
    await dialog.getByRole('button', { name: 'Play all', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
    await dialog.getByRole('button', { name: 'Label', exact: true }).click();
    await page.getByRole('heading', { name: /^Label \d+ tracks?$/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('lists versions, compares them and rolls back', async () => {
    await tab('Versions').click();
    const models = page.getByRole('list', { name: 'Models' }).getByRole('listitem');
    expect(await models.count()).toBe(2);
    await page.getByRole('checkbox', { name: /^Compare Quick/ }).check();
    await page.getByRole('checkbox', { name: /^Compare Bundled/ }).check();
    await page.getByRole('button', { name: 'Compare two' }).click();
    await page
      .getByTestId('comparison')
      .getByText(/They differ on \d+ of 28 tracks/)
      .waitFor();
    await desk.bothThemes('15-teach-versions');
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(/Bundled model is in use again/).waitFor();
    await tab('Check').click();
    await page.getByTestId('queue-card').or(page.getByText('No label looks wrong')).waitFor();
    await desk.bothThemes('16-teach-check');
  });

  it('draws loss and accuracy while a network learns, and tells its end wherever the person is', async () => {
    // Fine-tuning takes more labels than the demo library has tracks, so its progress is made up.
    const events = await MadeUpEvents.between(page);
    await page.reload();
    await tab('Train').click();
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
    const epochs = [0.91, 0.72, 0.64, 0.58, 0.61].map((validationLoss, i) => {
      return { epoch: i + 1, trainLoss: 0.9 / (i + 1), validationLoss, validationAccuracy: 0.5 + 0.08 * i };
    });
    events.send('training.progress', { mode: 'finetune', stage: 'finetune', fraction: 0.25, remainingSec: 340, epochs });
    const progress = page.getByTestId('train-progress');
    await progress.getByText('25%, 6 min left').waitFor();
    await progress.getByRole('img', { name: 'Loss by epoch' }).waitFor();
    await progress.getByRole('img', { name: 'Accuracy by epoch' }).waitFor();
    await progress.getByText('The best network so far is that of epoch 4: 74% right.').waitFor();
    await desk.bothThemes('17-teach-learning');
    await app.openView('Library');
    events.send('training.ended', { modelId: null, failure: { code: 'model.failed', message: 'The network diverged.' } });
    await page.getByText('The network diverged.').waitFor();
    expect(desk.problems).toEqual([]);
  });

  it('fits a small window, in German too', async () => {
    await page.setViewportSize({ width: 1000, height: 700 });
    await app.openView('Settings');
    await page.getByRole('radio', { name: 'Deutsch' }).check();
    await page.getByRole('navigation').getByRole('link', { name: 'Genres' }).click();
    await page.getByRole('textbox', { name: 'Neues Genre' }).waitFor();
    await shot('18-genres-german');
    await page.getByRole('navigation').getByRole('link', { name: 'Anlernen' }).click();
    const pane = page.getByRole('radiogroup', { name: 'Teil des Anlernens' });
    await pane.getByText('Zuordnen', { exact: true }).click();
    await page.getByTestId('queue-card').waitFor();
    await shot('18-teach-label-german');
    await pane.getByText('Prüfen', { exact: true }).click();
    await page.getByTestId('queue-card').or(page.getByText('Keine Zuordnung sieht falsch aus')).waitFor();
    await shot('18-teach-check-german');
    await pane.getByText('Trainieren', { exact: true }).click();
    await page.getByText('Optionen').click();
    await shot('18-teach-train-german');
    await pane.getByText('Versionen', { exact: true }).click();
    await page.getByRole('button', { name: 'Zahlen' }).waitFor();
    await shot('18-teach-versions-german');
    await page.getByRole('button', { name: 'Zahlen' }).click();
    await page.getByTestId('evaluation').waitFor();
    await shot('18-teach-result-german');
    await page.getByRole('navigation').getByRole('link', { name: 'Bibliothek' }).click();
    await app.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByTestId('track-labels').waitFor();
    await shot('18-track-labels-german');
    await app.grid.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: /^\d+ Titel zuordnen$/ }).waitFor();
    await shot('18-label-dialog-german');
    await page.keyboard.press('Escape');
    await shot('18-selection-german');
    const sideways = await page.getByRole('main').evaluate((main) => main.scrollWidth > main.clientWidth);
    expect(sideways).toBe(false);
    expect(desk.problems).toEqual([]);
  });
});
