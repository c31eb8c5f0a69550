// The player in a real browser: queue, shuffle and repeat, the waveform, and how closely one track follows another.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteTempDir } from '../support/temp-dir.ts';
import { BrowserDesk } from './pages/browser-desk.ts';
import { findChromium } from './pages/chromium.ts';
import { copyArtists } from './pages/songs.ts';
import type { StemscapePage } from './pages/stemscape-page.ts';

const CHROMIUM = findChromium();
const SCAN_LIMIT_MS = 150_000;
/** Two elements share no clock: more than this would be heard as a pause. */
const MAX_GAP_MS = 120;
const title = CHROMIUM ? 'the player' : 'the player (no Chromium or Chrome on this machine)';

describe.skipIf(CHROMIUM === null)(title, () => {
  const dir = suiteTempDir();
  const music = join(dir, 'music');
  let desk: BrowserDesk;
  let page: Page;
  let app: StemscapePage;
  let songs: string[];

  beforeAll(async () => {
    copyArtists(music, ['Harlan Tidewater', 'Lindenhof Chamber Players']);
    desk = await BrowserDesk.open(join(dir, 'library'), [music]);
    ({ page, app } = desk);
    await page.evaluate(watchElements);
    await app.openView('Scan');
    await app.lastScan.waitFor({ timeout: SCAN_LIMIT_MS });
    await app.openView('Library');
  });

  afterAll(() => desk?.close());

  const queued = (): Promise<string[]> =>
    page
      .getByRole('list', { name: 'Queue' })
      .locator('.title')
      .allInnerTexts()
      .then((texts) => texts.map((text) => text.replace(/^Play\s*/, '')));
  const playing = (): Promise<string> => page.getByRole('region', { name: 'Player' }).locator('.names .title').innerText();

  it('plays a list and shows what is next up, which can be put in another order by keys', async () => {
    await expect.poll(async () => (await app.column('Title')).length).toBe(4);
    songs = await app.column('Title');
    await app.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => app.playedSec(), { timeout: 10_000 }).toBeGreaterThan(0);
    await page.keyboard.press('u');
    await expect.poll(queued).toEqual(songs.slice(1));
    await page
      .getByRole('list', { name: 'Queue' })
      .getByRole('button', { name: `Play ${songs[1]}` })
      .focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(queued).toEqual([songs[2], songs[1], songs[3]]);
    await page.keyboard.press('Delete');
    await expect.poll(queued).toEqual([songs[2], songs[3]]);
    await desk.bothThemes('player-1-queue');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('list', { name: 'Queue' }).count()).toBe(0);
  });

  it('plays tracks of a person’s choice first', async () => {
    await app.grid.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Q');
    await page.keyboard.press('Home');
    await page.keyboard.press('q');
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
    await expect.poll(queued).toEqual([songs[3], songs[0], songs[2], songs[3]]);
  });

  it('has no pause between two tracks', async () => {
    const first = await playing();
    const wave = page.getByRole('slider', { name: 'Position', exact: true });
    await wave.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(playing, { timeout: 20_000 }).toBe(songs[3]);
    expect(first).toBe(songs[0]);
    await expect.poll(() => page.evaluate(() => (window as never as Watched).gapsMs.length), { timeout: 10_000 }).toBe(1);
    const [gapMs] = await page.evaluate(() => (window as never as Watched).gapsMs);
    expect(Math.abs(gapMs!)).toBeLessThan(MAX_GAP_MS);
    expect(await queued()).toEqual([songs[0], songs[2], songs[3]]);
  });

  it('seeks on the waveform by mouse and keys, and tells the genre heard there', async () => {
    const wave = page.getByRole('slider', { name: 'Position', exact: true });
    const { width, height } = (await wave.boundingBox())!;
    await wave.click({ position: { x: width / 2, y: height / 2 } });
    const halfSec = Number(await wave.getAttribute('aria-valuemax')) / 2;
    await expect.poll(() => app.playedSec()).toBeGreaterThan(halfSec - 3);
    expect(await wave.getAttribute('aria-valuetext')).toMatch(/^\d+:\d\d of \d+:\d\d, .+ \d+%$/);
    expect(await wave.locator('rect.known').count()).toBeGreaterThan(20);
    await wave.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => app.playedSec()).toBeLessThan(3);
  });

  it('keeps what plays and follows as a playlist', async () => {
    await page.getByRole('region', { name: 'Next up' }).getByRole('button', { name: 'Add to playlist' }).click();
    await page.getByRole('combobox', { name: 'Playlist', exact: true }).fill('From the queue');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page
      .getByText(/4 tracks/)
      .first()
      .waitFor();
  });

  it('is muted and heard again', async () => {
    const mute = page.getByRole('button', { name: 'Mute' });
    const volume = page.getByRole('slider', { name: 'Volume', exact: true });
    const before = await volume.getAttribute('aria-valuetext');
    await mute.click();
    expect([await mute.getAttribute('aria-pressed'), await volume.getAttribute('aria-valuetext')]).toEqual(['true', 'muted']);
    await mute.click();
    expect(await volume.getAttribute('aria-valuetext')).toBe(before);
  });

  it('takes the playing track apart and mixes its stems beside the player', async () => {
    await page.getByRole('button', { name: 'Stem mixer', exact: true }).click();
    const stems = page.getByRole('region', { name: 'Stem mixer' });
    expect(await page.getByRole('region', { name: 'Next up' }).count()).toBe(0);
    await stems.getByRole('button', { name: 'Separate' }).click();
    await expect.poll(() => stems.getByRole('switch').isChecked(), { timeout: 90_000 }).toBe(true);
    await stems.getByRole('button', { name: 'Solo drums' }).click();
    await desk.bothThemes('player-3-stems');
    await stems.getByRole('switch').uncheck();
    await page.keyboard.press('Escape');
    expect(await stems.count()).toBe(0);
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
  });

  it('shuffles, repeats one track or all, and clears what is next up', async () => {
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await page.getByRole('button', { name: 'Repeat: the whole queue' }).click();
    await page.getByRole('button', { name: 'Repeat: this track' }).waitFor();
    const before = await playing();
    await page.getByRole('slider', { name: 'Position', exact: true }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => app.playedSec(), { timeout: 10_000, interval: 50 }).toBeLessThan(5);
    expect(await playing()).toBe(before);
    await page.getByRole('button', { name: 'Repeat: this track' }).click();
    await page.getByRole('button', { name: 'Shuffle' }).click();
    await expect.poll(async () => (await queued()).length).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Clear' }).last().click();
    await page.getByText('Nothing follows.').waitFor();
    await desk.bothThemes('player-2-nothing-follows');
  });

  it('tells the system what plays, and keeps the content policy', async () => {
    const session = await page.evaluate(() => ({
      title: navigator.mediaSession.metadata?.title,
      state: navigator.mediaSession.playbackState,
      artwork: navigator.mediaSession.metadata?.artwork.length,
    }));
    expect(session).toEqual({ title: await playing(), state: 'playing', artwork: 1 });
    expect(desk.problems).toEqual([]);
  });

  it('has track and queue again at the next start, and waits', async () => {
    const [track, follows] = [await playing(), await queued()];
    await page.waitForTimeout(1200);
    await page.reload();
    await expect.poll(playing).toBe(track);
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
    await expect.poll(queued).toEqual(follows);
    const player = page.getByRole('region', { name: 'Player' });
    expect(await app.playedSec()).toBe(0);
    await player.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => app.playedSec(), { timeout: 10_000 }).toBeGreaterThan(0);
    await player.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  it('passes over a file that cannot be played, and says so', async () => {
    let gone: string | null = null;
    await page.route(/\/audio\/\d+/, (route) => {
      gone ??= route.request().url();
      return route.request().url() === gone ? route.abort() : route.continue();
    });
    await app.grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .or(page.getByRole('status'))
      .getByText(/^This file cannot be played here/)
      .first()
      .waitFor();
    await expect.poll(playing).not.toBe(songs[0]);
    await expect.poll(() => app.playedSec(), { timeout: 10_000 }).toBeGreaterThan(0);
  });
});

interface Watched {
  gapsMs: number[];
}

/** Milliseconds between the end of one element and the first sound of the next; runs in the page. */
function watchElements(): void {
  const gapsMs: number[] = [];
  const endedMs = new WeakMap<HTMLMediaElement, number>();
  Object.assign(window, { gapsMs });
  const { play } = HTMLMediaElement.prototype;
  let before: HTMLMediaElement | null = null;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const last = before;
    this.addEventListener('ended', () => endedMs.set(this, performance.now()));
    if (last !== null && this !== last && last.duration - last.currentTime < 1) {
      const begun = (): void => {
        if (this.currentTime <= 0) return void requestAnimationFrame(begun);
        const nowMs = performance.now();
        const leftMs = 1000 * (last.duration - last.currentTime);
        gapsMs.push(nowMs - 1000 * this.currentTime - (endedMs.get(last) ?? nowMs + leftMs));
      };
      begun();
    }
    before = this;
    return play.call(this);
  };
}
