// The interface as a person uses it: what can be pressed and read, by its visible and spoken names.
import type { Locator, Page } from 'playwright-core';

export class StemscapePage {
  readonly page: Page;
  readonly grid: Locator;
  readonly panel: Locator;
  readonly scanProgress: Locator;
  readonly lastScan: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid');
    this.panel = page.getByTestId('track-panel');
    this.scanProgress = page.getByTestId('scan-progress');
    this.lastScan = page.getByTestId('last-scan');
  }

  async openView(name: 'Library' | 'Map' | 'Playlists' | 'Teach' | 'Genres' | 'Scan' | 'Settings'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
  }

  async scanFolderByPath(path: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Choose a music folder' }).click();
    await this.page.getByLabel('Folder on this computer').fill(path);
    await this.page.getByRole('button', { name: 'Scan this folder' }).click();
  }

  /** A row by a text in it; rows are virtual, so it must be on screen. */
  row(text: string): Locator {
    return this.grid.getByRole('row').filter({ hasText: text });
  }

  /** Texts of a column, top to bottom, as far as rows exist. */
  async column(name: string): Promise<string[]> {
    const headings = await this.grid.getByRole('columnheader').allInnerTexts();
    const index = headings.findIndex((heading) => heading.trim() === name);
    const rows = await this.grid.getByRole('row').all();
    const cells = await Promise.all(rows.slice(1).map((row) => row.getByRole('gridcell').allInnerTexts()));
    return cells.filter((row) => row.length > index).map((row) => row[index]!.trim());
  }

  async sortBy(heading: string): Promise<void> {
    await this.grid.getByRole('columnheader', { name: heading }).getByRole('button').click();
  }

  async search(words: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search the library' }).fill(words);
  }

  /** Seconds the player bar shows. */
  async playedSec(): Promise<number> {
    const text = (await this.page.getByTestId('player-time').innerText()).trim();
    const [minutes, seconds] = text.split(':').map(Number);
    return (minutes ?? 0) * 60 + (seconds ?? 0);
  }

  /** Different colours among a grid of points of the spectrogram's picture. */
  async spectrogramColours(): Promise<number> {
    await this.panel.locator('[data-testid="spectrogram"][data-state="drawn"]').waitFor();
    return this.panel.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))).size;
    });
  }

  async exportPlaylist(name: string): Promise<{ fileName: string; path: string }> {
    await this.page.getByRole('list', { name: 'Playlists' }).getByRole('button', { name }).click();
    const started = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Export M3U8' }).click();
    const download = await started;
    return { fileName: download.suggestedFilename(), path: await download.path() };
  }
}
