// The map as a person uses it.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Locator, Page } from 'playwright-core';

export class MapPage {
  readonly page: Page;
  readonly field: Locator;
  readonly card: Locator;
  readonly legend: Locator;
  readonly selected: Locator;
  /** Frames of maps being drawn that came over the socket. */
  nFrames = 0;

  constructor(page: Page) {
    this.page = page;
    this.field = page.getByTestId('map-field');
    this.card = page.getByTestId('map-card');
    this.legend = page.getByRole('list', { name: 'Legend' });
    this.selected = page.getByRole('group', { name: 'Selected tracks' });
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"map.frame"')) this.nFrames += 1;
      }),
    );
  }

  /** Points on stage. */
  async nPoints(): Promise<number> {
    return Number(await this.field.getAttribute('data-points'));
  }

  /** Until the points have come to rest. */
  async settled(): Promise<void> {
    let before = '';
    for (let same = 0; same < 2; ) {
      const picture = (await this.field.screenshot()).toString('base64');
      same = picture === before ? same + 1 : 0;
      before = picture;
      await this.page.waitForTimeout(150);
    }
  }

  /** Strongly coloured pixels of the picture, by hue in sixths of the circle. */
  async hues(): Promise<number[]> {
    const image = await loadImage(await this.field.screenshot());
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = new Array<number>(6).fill(0);
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
      if (most - least > 60) counts[sixthOf(red, green, blue, most, least)]! += 1;
    }
    return counts;
  }

  /** Middle of the ring around the point that has the focus, in pixels of the page. */
  async focusedPlace(): Promise<{ x: number; y: number }> {
    const box = (await this.field.locator('i.focused').boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Drags a loop along the border of the map, so that everything is inside. */
  async lassoAll(): Promise<void> {
    const { x, y, width, height } = (await this.field.boundingBox())!;
    const { mouse } = this.page;
    const inset = 6;
    await mouse.move(x + inset, y + inset);
    await mouse.down();
    await mouse.move(x + width - inset, y + inset, { steps: 5 });
    await mouse.move(x + width - inset, y + height - inset, { steps: 5 });
    await mouse.move(x + inset, y + height - inset, { steps: 5 });
    await mouse.up();
  }

  /** Two fingers spread from the middle of the map until they are `factor` times as far apart. */
  async spread(factor: number): Promise<void> {
    const { x, y, width, height } = (await this.field.boundingBox())!;
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    const fingers = (apart: number) => [
      { x: middleX - apart / 2, y: middleY, id: 0 },
      { x: middleX + apart / 2, y: middleY, id: 1 },
    ];
    const touch = await this.#touchScreen();
    await touch('touchStart', fingers(100));
    for (let step = 1; step <= 5; step++) await touch('touchMove', fingers(100 + 20 * step * (factor - 1)));
    await touch('touchEnd', []);
  }

  /** Puts a finger on the page and leaves it there. @returns what lifts it */
  async hold(place: { x: number; y: number }): Promise<() => Promise<void>> {
    const touch = await this.#touchScreen();
    await touch('touchStart', [{ ...place, id: 0 }]);
    return () => touch('touchEnd', []);
  }

  async #touchScreen() {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
    return async (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number; id: number }[]) => {
      await session.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
  }

  async legendNames(): Promise<string[]> {
    const names = await this.legend.locator('.name').allInnerTexts();
    return names.map((name) => name.trim());
  }
}

function sixthOf(red: number, green: number, blue: number, most: number, least: number): number {
  const span = most - least;
  const hue = most === red ? (green - blue) / span : most === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  return Math.floor((hue + 6) % 6);
}
