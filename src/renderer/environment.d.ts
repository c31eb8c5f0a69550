// What the desktop window's preload adds to the page.
import type { Bridge } from '../contract/index.ts';

declare global {
  interface Window {
    /** Absent in a browser, where the bridge is a WebSocket. */
    readonly stemscape?: Bridge;
  }
}
