// What counts as a play: half the track or four minutes of it heard, not jumped over.
import { describe, expect, test } from 'vitest';
import { PlayMeter } from '../../../src/renderer/lib/play-meter.ts';

/** Plays from one second to another in tenths; the seconds of each play that counted. */
function listen(meter: PlayMeter, fromSec: number, toSec: number, durationSec: number | null): number[] {
  const counted: number[] = [];
  for (let at = fromSec; at <= toSec + 1e-6; at += 0.1) {
    const played = meter.hear(at, durationSec);
    if (played !== null) counted.push(played);
  }
  return counted;
}

describe('a play counts', () => {
  test('once, after half the track', () => {
    const meter = new PlayMeter();
    expect(listen(meter, 0, 49, 100)).toEqual([]);
    expect(listen(meter, 49, 100, 100)).toEqual([expect.closeTo(50, 0)]);
    meter.begin();
    expect(listen(meter, 0, 100, 100)).toHaveLength(1);
  });

  test('after four minutes of a long one, or of one whose length is not known', () => {
    for (const duration of [3600, null]) {
      const meter = new PlayMeter();
      expect(listen(meter, 0, 239, duration)).toEqual([]);
      expect(listen(meter, 239, 241, duration)).toHaveLength(1);
    }
  });

  test('not when it was jumped over', () => {
    const meter = new PlayMeter();
    expect(listen(meter, 0, 20, 100)).toEqual([]);
    expect(listen(meter, 80, 100, 100)).toEqual([]);
    expect(listen(meter, 10, 30, 100)).toHaveLength(1);
  });
});
