// Events put between the engine and the page, for what takes too long to happen in a test. Works from the next load of the page on.
import type { Page, WebSocketRoute } from 'playwright-core';
import type { EventName, EventPayload } from '../../../src/contract/index.ts';

export class MadeUpEvents {
  #socket: WebSocketRoute | null = null;

  static async between(page: Page): Promise<MadeUpEvents> {
    const events = new MadeUpEvents();
    await page.routeWebSocket(/\/bridge$/, (socket) => {
      socket.connectToServer();
      events.#socket = socket;
    });
    return events;
  }

  send<N extends EventName>(name: N, payload: EventPayload<N>): void {
    if (!this.#socket) throw new Error('The page has not connected yet.');
    this.#socket.send(JSON.stringify({ type: 'event', name, payload }));
  }
}
