// The preview of the track that is pointed at: off until it is wanted, late, soft, and never over what the person plays.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MapPreview } from '../../../src/renderer/state/map-preview.svelte.ts';
import type { Player } from '../../../src/renderer/state/player.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

/** What the browser's element does, as far as it can be heard. */
class SilentAudio extends EventTarget {
  static made: SilentAudio[] = [];
  src = '';
  preload = '';
  currentTime = 0;
  duration = 180;
  volume = 1;
  paused = true;
  ended = false;

  constructor() {
    super();
    SilentAudio.made.push(this);
  }

  async play(): Promise<void> {
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  load(): void {}

  removeAttribute(): void {
    this.src = '';
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Audio', SilentAudio);
  SilentAudio.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function setUp(playing = false) {
  const player = { playing, volume: 1, normalise: false };
  return { player, preview: new MapPreview(new FakeApi(), player as Player) };
}

describe('the preview', () => {
  it('is off until it is turned on', () => {
    const { preview } = setUp();
    preview.follow(sampleTrack(1));
    vi.advanceTimersByTime(2000);
    expect([preview.isOn, SilentAudio.made]).toEqual([false, []]);
  });

  it('begins after a moment, within the track, and gets louder by and by', () => {
    const { preview } = setUp();
    preview.toggle();
    preview.follow(sampleTrack(1, { durationSec: 100 }));
    vi.advanceTimersByTime(200);
    expect(preview.soundingId).toBeNull();
    vi.advanceTimersByTime(200);
    const [audio] = SilentAudio.made;
    expect([preview.soundingId, audio!.paused, audio!.currentTime]).toEqual([1, false, 35]);
    expect(audio!.volume).toBeLessThan(0.5);
    vi.advanceTimersByTime(400);
    expect(audio!.volume).toBe(1);
  });

  it('fades out when the pointer goes on, and another one begins', () => {
    const { preview } = setUp();
    preview.toggle();
    preview.follow(sampleTrack(1));
    vi.advanceTimersByTime(1000);
    preview.follow(sampleTrack(2));
    vi.advanceTimersByTime(60);
    const [first] = SilentAudio.made;
    expect([first!.paused, first!.volume < 1]).toEqual([false, true]);
    vi.advanceTimersByTime(1000);
    expect([first!.paused, first!.src, preview.soundingId]).toEqual([true, '', 2]);
  });

  it('keeps still while the person plays something, and for a pointer that only passes', () => {
    const { preview } = setUp(true);
    preview.toggle();
    preview.follow(sampleTrack(1));
    vi.advanceTimersByTime(1000);
    const passing = setUp().preview;
    passing.toggle();
    passing.follow(sampleTrack(1));
    vi.advanceTimersByTime(100);
    passing.follow(null);
    vi.advanceTimersByTime(1000);
    expect(SilentAudio.made).toEqual([]);
  });
});
