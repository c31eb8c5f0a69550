// Makes the pictures of the README from the real application: the demo library, scanned, in a real browser.
// Usage: node scripts/screenshots.ts [OUT_DIR]   (build first; default docs/images)
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../tests/e2e/pages/chromium.ts';
import { PlaylistsPage } from '../tests/e2e/pages/playlists-page.ts';
import { startServedApp } from '../tests/e2e/pages/served-app.ts';
import { StemscapePage } from '../tests/e2e/pages/stemscape-page.ts';

const SCAN_LIMIT_MS = 600_000;
const SIZE = { width: 1440, height: 900 };

const outDir = resolve(process.argv[2] ?? 'docs/images');
const executablePath = findChromium();
if (executablePath === null) throw new Error('No Chromium or Chrome was found; STEMSCAPE_CHROMIUM may name one.');
mkdirSync(outDir, { recursive: true });

const libraryDir = mkdtempSync(join(tmpdir(), 'stemscape-pictures-'));
const served = await startServedApp(libraryDir);
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: 2, colorScheme: 'dark' });
  const page = await context.newPage();
  const app = new StemscapePage(page);
  const picture = async (name: string): Promise<void> => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(outDir, `${name}.png`) });
    console.log(join(outDir, `${name}.png`));
  };

  await page.goto(served.url);
  await page.getByRole('button', { name: 'Open the demo library' }).waitFor();
  await picture('welcome');
  await page.getByRole('button', { name: 'Open the demo library' }).click();
  await page.getByRole('dialog', { name: 'Tour, step 1 of 3' }).waitFor();
  await picture('tour');
  await page.getByRole('button', { name: 'Skip the tour' }).click();
  await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await app.openView('Library');
  await app.grid.focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < 4; row++) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await app.panel.getByRole('button', { name: 'Separate' }).click();
  await app.panel.getByTestId('stem-strips').waitFor({ timeout: SCAN_LIMIT_MS });
  await app.spectrogramColours();
  await app.panel.evaluate((panel) => panel.scrollTo(0, 0));
  await picture('library');
  await app.panel.getByTestId('stem-strips').scrollIntoViewIfNeeded();
  await app.panel.getByTestId('spectrogram').scrollIntoViewIfNeeded();
  await picture('track');
  await app.panel.getByRole('button', { name: 'Close the track panel' }).click();
  await app.openView('Playlists');
  const playlists = new PlaylistsPage(page);
  await page.getByRole('button', { name: 'Recipe', exact: true }).click();
  await playlists.chooseRecipe('An arc');
  await page.getByRole('radiogroup', { name: 'Shape of the arc' }).getByText('Rising', { exact: true }).click();
  await playlists.preview
    .getByText(/the rising arc asks for/)
    .first()
    .waitFor();
  await picture('playlists');
  await app.openView('Map');
  await page.getByRole('button', { name: 'Draw the map' }).click();
  await page.getByTestId('map-quality').waitFor({ timeout: SCAN_LIMIT_MS });
  await page.waitForTimeout(1500);
  await page.getByTestId('map-field').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('map-card').waitFor();
  await picture('map');
  await page.keyboard.press('Escape');
  await importLabels();
  await page.reload();
  await app.openView('Teach');
  await page.getByTestId('queue-card').waitFor();
  await picture('teach-label');
  await page.getByRole('radiogroup', { name: 'Part of teaching' }).getByText('Train', { exact: true }).click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByTestId('evaluation').waitFor({ timeout: SCAN_LIMIT_MS });
  await picture('teach-result');
  await page.emulateMedia({ colorScheme: 'light' });
  await app.openView('Library');
  await picture('library-light');
} finally {
  await browser.close();
  await served.stop();
  rmSync(libraryDir, { recursive: true, force: true });
}

/** A person's labels for most of the demo library: three genres of their own. */
function importLabels(): void {
  const demo = resolve('resources/demo');
  const own: Record<string, string> = {
    ...Object.fromEntries(['folk', 'country', 'classical', 'jazz', 'blues'].map((style) => [style, 'Sunday morning'])),
    ...Object.fromEntries(['rock', 'metal', 'pop', 'reggae'].map((style) => [style, 'Live band'])),
    ...Object.fromEntries(['electronic', 'drumandbass', 'disco', 'hiphop'].map((style) => [style, 'After dark'])),
  };
  const { tracks } = JSON.parse(readFileSync(join(demo, 'manifest.json'), 'utf8')) as {
    tracks: { file: string; style: string }[];
  };
  const labels = tracks.flatMap(({ file, style }) => (own[style] ? [{ path: join(demo, file), genres: [own[style]] }] : []));
  const file = join(libraryDir, 'labels.json');
  writeFileSync(file, JSON.stringify(labels));
  execFileSync(process.execPath, ['out/main/cli.js', '--library', libraryDir, 'labels', 'import', file]);
}
