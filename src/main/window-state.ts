// Where the window was and how large, kept between runs in a small file.
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const windowStateSchema = z.object({
  bounds: z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(1), height: z.number().int().min(1) }),
  maximized: z.boolean(),
});
export type WindowState = z.output<typeof windowStateSchema>;

const SETTLE_MS = 500;
/** At least this much of the title bar must lie on a screen, or the window could not be moved back. */
const MIN_VISIBLE_PX = 100;

/** A window without a place is put where the system likes. */
export interface RestoredWindow {
  bounds: { width: number; height: number; x?: number; y?: number };
  maximized: boolean;
}

/**
 * Null when there is none or it cannot be read. Where its screen is gone the size stays; it is never larger than the screen.
 * @param screens room for windows on each screen, the primary one first
 */
export async function readWindowState(path: string, screens: readonly Rectangle[]): Promise<RestoredWindow | null> {
  try {
    const { bounds, maximized } = windowStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const screen = screens.find((each) => isReachable(bounds, each));
    const room = screen ?? screens[0] ?? bounds;
    const size = { width: Math.min(bounds.width, room.width), height: Math.min(bounds.height, room.height) };
    return { bounds: screen ? { ...size, x: bounds.x, y: bounds.y } : size, maximized };
  } catch {
    return null;
  }
}

/** Writes the state when the window comes to rest and when it closes. */
export function keepWindowState(window: BrowserWindow, path: string): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    void writeState(path, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('close', write);
}

function isReachable(bounds: Rectangle, screen: Rectangle): boolean {
  const overlapX = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  return overlapX >= MIN_VISIBLE_PX && bounds.y >= screen.y && bounds.y <= screen.y + screen.height - MIN_VISIBLE_PX;
}

/** A window that cannot remember its place is no reason to trouble anyone. */
async function writeState(path: string, state: WindowState): Promise<void> {
  try {
    await writeFile(`${path}.new`, JSON.stringify(state));
    await rename(`${path}.new`, path);
  } catch {}
}
