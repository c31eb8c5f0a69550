// A real browser on the served application, with what a test watches: pictures, accessibility, broken rules of the content policy.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { PROJECT_ROOT } from '../../support/real-audio.ts';
import { accessibilityViolations } from './accessibility.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { type ServedApp, startServedApp } from './served-app.ts';
import { StemscapePage } from './stemscape-page.ts';

const SHOTS = join(PROJECT_ROOT, 'test-results/browser');

export class BrowserDesk {
  readonly served: ServedApp;
  readonly page: Page;
  readonly app: StemscapePage;
  /** Errors of the page and broken rules of the content policy. */
  readonly problems: string[] = [];
  readonly #browser: Browser;

  private constructor(served: ServedApp, browser: Browser, page: Page) {
    this.served = served;
    this.#browser = browser;
    this.page = page;
    this.app = new StemscapePage(page);
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.problems.push(message.text());
    });
  }

  /** @param folders to scan at once */
  static async open(libraryDir: string, folders: string[] = []): Promise<BrowserDesk> {
    mkdirSync(SHOTS, { recursive: true });
    const served = await startServedApp(libraryDir, folders);
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: CHROMIUM_ARGS });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const desk = new BrowserDesk(served, browser, await context.newPage());
    await desk.page.goto(served.url);
    return desk;
  }

  /** A picture of the view for the run's artefacts, and no accessibility violation in it (WCAG A, AA and best practice). */
  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
    expect(await accessibilityViolations(this.page)).toEqual([]);
  }

  /** The same in the light and in the dark theme. */
  async bothThemes(name: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.#settled();
      await this.shot(`${name}-${colorScheme}`);
    }
  }

  /** Until colours have changed over. */
  async #settled(): Promise<void> {
    await this.page.evaluate(async () => {
      const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.allSettled(changes.map(({ finished }) => finished));
    });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.served.stop();
  }
}
