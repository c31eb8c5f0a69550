// Handing over: the next file is opened before the end and begins as the present one ends, unless something else is to come next.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HandOver } from '../../../src/renderer/audio/hand-over.ts';
import type { Transport } from '../../../src/renderer/audio/transport.ts';

function fakeTransport(): Transport & { nPlays: number; isClosed: boolean } {
  return {
    currentSec: 0,
    durationSec: 60,
    playing: true,
    nPlays: 0,
    isClosed: false,
    async play() {
      this.nPlays += 1;
    },
    pause() {},
    seek() {},
    setGain() {},
    close() {
      this.isClosed = true;
    },
  };
}

function setUp() {
  const opened: ReturnType<typeof fakeTransport>[] = [];
  const taken: string[] = [];
  const coming = { next: 'b' as string | null };
  const handOver = new HandOver<string>({
    async open() {
      if (coming.next === null) return null;
      const transport = fakeTransport();
      opened.push(transport);
      return { what: coming.next, transport };
    },
    isNext: (what) => what === coming.next,
    take: ({ what }) => taken.push(what),
  });
  /** The present track, so many seconds before its end. */
  const tick = async (leftSec: number): Promise<void> => {
    handOver.tick({ ...fakeTransport(), currentSec: 60 - leftSec }, 60);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { handOver, opened, taken, coming, tick };
}

describe('handing over', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('opens once, shortly before the end, and begins within the last moment', async () => {
    const { opened, taken, tick } = setUp();
    await tick(30);
    expect(opened).toHaveLength(0);
    for (const leftSec of [10, 9, 8]) await tick(leftSec);
    expect(opened).toHaveLength(1);
    await tick(0.5);
    await vi.advanceTimersByTimeAsync(440);
    expect(taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(60);
    expect(taken).toEqual(['b']);
    expect(opened[0]!.nPlays).toBe(1);
  });

  it('opens another when another comes next meanwhile', async () => {
    const { opened, taken, coming, tick } = setUp();
    await tick(10);
    coming.next = 'c';
    await tick(9);
    expect(opened[0]!.isClosed).toBe(true);
    await tick(0.1);
    await vi.advanceTimersByTimeAsync(100);
    expect(taken).toEqual(['c']);
  });

  it('does nothing after a pause or a jump, and says so when nothing is ready', async () => {
    const { handOver, taken, opened, tick } = setUp();
    expect(handOver.takeNow()).toBe(false);
    await tick(0.4);
    await tick(0.4);
    handOver.cancel();
    await vi.advanceTimersByTimeAsync(1000);
    expect(taken).toEqual([]);
    expect(opened[0]!.isClosed).toBe(true);
    expect(handOver.takeNow()).toBe(false);
  });
});
