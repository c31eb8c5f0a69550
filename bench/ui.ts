// `node bench/ui.ts [TRACKS]`: how the library feels with 100,000 made-up tracks, in a real browser on the served application (build first):
// first content, key press to results on screen, facets, and pictures a second while the table is scrolled.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../tests/e2e/pages/chromium.ts';
import { startServedApp } from '../tests/e2e/pages/served-app.ts';
import { openHeard } from '../tests/support/heard-library.ts';
import { fillVaried } from '../tests/support/varied-library.ts';

const N_TRACKS = Number(process.argv[2] ?? 100_000);
const WORDS = ['amber', 'blue gar', 'rock', 'jazz low', 'echo dream trio', 'silver 12', 'wild engine', 'zzz'];
/** A fast typist. */
const BETWEEN_KEYS_MS = 130;
const SCROLL_SEC = 4;
/** Each word is typed this often: the first time the code is cold, as for a person who has just opened the window. */
const N_ROUNDS = 2;
/** After this long the rows are the same as before. */
const UNCHANGED_MS = 1000;
const N_OPENINGS = 5;

const executablePath = findChromium();
if (executablePath === null) throw new Error('No Chromium or Chrome was found; STEMSCAPE_CHROMIUM may name one.');

const libraryDir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
const db = openHeard(libraryDir);
fillVaried(db, N_TRACKS);
db.close();
const served = await startServedApp(libraryDir);
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  print(`${N_TRACKS} tracks, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
  await page.goto(served.url);
  await rowsShown(page);
  tell('first content', await openings(page), 'ms');
  await page.waitForTimeout(1500);
  tell('key press to results', await typing(page), 'ms');
  await page.getByRole('button', { name: 'Facets' }).click();
  await page.getByRole('list', { name: 'Genre' }).getByRole('checkbox').first().waitFor();
  tell('the same, facets open', await typing(page), 'ms');
  // The counts of the last search's end are a moment behind.
  await page.waitForTimeout(800);
  tell('facet chosen to results', await choosing(page), 'ms');
  for (const [name, step] of [
    ['slow', 40],
    ['fast', 900],
  ] as const) {
    const intervals = await scrolling(page, step);
    const mean = intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length;
    tell(`scrolling, ${name}`, intervals, 'ms between pictures');
    print(`${' '.repeat(26)}${(1000 / mean).toFixed(1)} pictures a second`);
  }
} finally {
  await browser.close();
  await served.stop();
  rmSync(libraryDir, { recursive: true, force: true });
}

function rowsShown(page: Page): Promise<void> {
  return page.locator('[role="row"][data-row] .title').first().waitFor();
}

/** From the start of the navigation to the first track's row. */
async function openings(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let opening = 0; opening < N_OPENINGS; opening++) {
    await page.reload({ waitUntil: 'commit' });
    await rowsShown(page);
    times.push(await page.evaluate(() => performance.now()));
  }
  return times;
}

/** From every key press to the picture with the rows of what is then in the field. */
function typing(page: Page): Promise<number[]> {
  return page.evaluate(
    async ([words, betweenMs, nRounds, unchangedMs]) => {
      const field = document.querySelector<HTMLInputElement>('#search')!;
      const grid = document.querySelector('[role="grid"]')!;
      const status = document.querySelector('[role="search"] [role="status"]')!;
      const times: number[] = [];
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const press = async (text: string): Promise<void> => {
        const startMs = performance.now();
        const shown = new Promise<number>((resolve) => {
          const done = (): void => {
            watcher.disconnect();
            // The next task after the frame: the picture is made.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startMs)));
          };
          const watcher = new MutationObserver(done);
          for (const place of [grid, status]) watcher.observe(place, { childList: true, subtree: true, characterData: true });
          // The same rows as before: nothing changes on screen.
          setTimeout(() => {
            watcher.disconnect();
            resolve(Number.NaN);
          }, unchangedMs);
        });
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const [ms] = await Promise.all([shown, wait(betweenMs)]);
        if (!Number.isNaN(ms)) times.push(ms);
      };
      for (let round = 0; round < nRounds; round++) {
        for (const word of words) {
          for (let length = 1; length <= word.length; length++) await press(word.slice(0, length));
          await press('');
        }
      }
      return times;
    },
    [WORDS, BETWEEN_KEYS_MS, N_ROUNDS, UNCHANGED_MS] as const,
  );
}

/** From a press on a facet's value to the changed number of tracks. */
async function choosing(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const status = document.querySelector('[role="search"] [role="status"]')!;
    const times: number[] = [];
    for (let turn = 0; turn < 24; turn++) {
      const boxes = [...document.querySelectorAll<HTMLInputElement>('#facets input[type="checkbox"]')];
      const box = boxes[(turn >> 1) % boxes.length]!;
      const startMs = performance.now();
      const changed = new Promise<void>((resolve) => {
        const watcher = new MutationObserver(() => {
          watcher.disconnect();
          requestAnimationFrame(() => setTimeout(resolve));
        });
        watcher.observe(status, { childList: true, subtree: true, characterData: true });
        setTimeout(resolve, 1000);
      });
      box.click();
      await changed;
      times.push(performance.now() - startMs);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    return times;
  });
}

/** Milliseconds between pictures while the table moves at every one of them. */
function scrolling(page: Page, stepPx: number): Promise<number[]> {
  return page.evaluate(
    async ([step, seconds]) => {
      const grid = document.querySelector('[role="grid"]')!;
      const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      grid.scrollTop = 0;
      const times = [await next()];
      while (times.at(-1)! - times[0]! < seconds * 1000) {
        grid.scrollTop += step;
        times.push(await next());
      }
      return times.slice(1).map((time, i) => time - times[i]!);
    },
    [stepPx, SCROLL_SEC] as const,
  );
}

function tell(name: string, values: readonly number[], unit: string): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0);
  print(
    `${name.padEnd(26)}median ${at(0.5)}, 95 of 100 within ${at(0.95)}, worst ${sorted.at(-1)?.toFixed(0)} ${unit} (n = ${values.length})`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
