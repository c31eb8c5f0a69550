// `node bench/map-view.ts [TRACKS]`: pictures a second of the map while it is panned, zoomed and rearranged, and how long pointing at a
// track takes, with a made-up map in a real browser (build first). Chromium names the graphics card that drew.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../tests/e2e/pages/chromium.ts';
import { giveMadeUpMap } from '../tests/e2e/pages/made-up-map.ts';
import { startServedApp } from '../tests/e2e/pages/served-app.ts';

const N_TRACKS = Number(process.argv[2] ?? 100_000);
const SECONDS = 4;
const executablePath = findChromium();
if (executablePath === null) throw new Error('No Chromium or Chrome was found; STEMSCAPE_CHROMIUM may name one.');

const libraryDir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
const served = await startServedApp(libraryDir);
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await giveMadeUpMap(page, { nTracks: N_TRACKS, nClusters: 24 });
  await page.goto(served.url);
  const startMs = performance.now();
  await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click();
  await page.getByTestId('map-field').waitFor();
  console.log(`${N_TRACKS} tracks, ${await cardOf(page)}, ${cpus()[0]?.model}`);
  console.log(`map opened after ${(performance.now() - startMs).toFixed(0)} ms`);
  await page.waitForTimeout(1500);
  for (const motion of ['pan', 'zoom', 'point', 'time-lapse'] as const) {
    const intervals = await move(page, motion);
    const sorted = intervals.toSorted((a, b) => a - b);
    const mean = intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length;
    const late = sorted[Math.floor(0.95 * sorted.length)]!;
    console.log(`${motion.padEnd(10)} ${(1000 / mean).toFixed(1)} pictures a second; 95 of 100 within ${late.toFixed(1)} ms`);
  }
} finally {
  await browser.close();
  await served.stop();
  rmSync(libraryDir, { recursive: true, force: true });
}

function cardOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const names = gl?.getExtension('WEBGL_debug_renderer_info');
    return names ? String(gl?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'no WebGL 2';
  });
}

/** Milliseconds between pictures while the page itself moves the map at every one of them. */
function move(page: Page, motion: 'pan' | 'zoom' | 'point' | 'time-lapse'): Promise<number[]> {
  return page.evaluate(
    async ([kind, seconds]) => {
      const field = document.querySelector<HTMLElement>('[data-testid="map-field"]')!;
      const { left, top, width, height } = field.getBoundingClientRect();
      const at = (turn: number) => ({
        clientX: left + width * (0.5 + 0.25 * Math.cos(turn)),
        clientY: top + height * (0.5 + 0.25 * Math.sin(turn)),
        bubbles: true,
        pointerId: 1,
      });
      field.setPointerCapture = () => {};
      if (kind === 'pan') field.dispatchEvent(new PointerEvent('pointerdown', { ...at(0), button: 0 }));
      if (kind === 'time-lapse') document.querySelector<HTMLElement>('[aria-label="Play the time-lapse"]')?.click();
      const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times = [await next()];
      for (let turn = 0; times.at(-1)! - times[0]! < seconds * 1000; turn += 0.05) {
        if (kind === 'pan' || kind === 'point') field.dispatchEvent(new PointerEvent('pointermove', at(turn)));
        if (kind === 'zoom') field.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: turn % 6 < 3 ? -30 : 30 }));
        times.push(await next());
      }
      if (kind === 'pan') field.dispatchEvent(new PointerEvent('pointerup', at(0)));
      return times.slice(1).map((time, i) => time - times[i]!);
    },
    [motion, SECONDS] as const,
  );
}
