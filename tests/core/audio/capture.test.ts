import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { analyseStream, decodeWindow } from '../../../src/core/audio/capture.ts';
import { probeAudio } from '../../../src/core/audio/decode.ts';
import { WavWriter } from '../../../src/core/audio/wav-writer.ts';
import { WAVEFORM_SLICES } from '../../../src/core/config/audio-profile.ts';
import { encodeAudio } from '../../fixtures/encode-audio.ts';
import { maxDifference, testSignal } from '../../reference/signals.ts';
import { tempDir } from '../../support/temp-dir.ts';

const RATE_HZ = 44_100;

function wav(left: Float32Array, right = left): string {
  const path = join(tempDir(), 'a.wav');
  const writer = new WavWriter(path, 'float32');
  writer.write({ left, right });
  writer.close();
  return path;
}

describe('analyseStream', () => {
  it('captures the planned windows, measures and draws in one pass', () => {
    const signal = testSignal(12 * RATE_HZ, RATE_HZ);
    const heard = analyseStream(wav(signal), { nWindows: 3, windowSec: 2 });
    expect(heard).toMatchObject({ durationSec: 12, truncated: false, nCorruptPackets: 0 });
    expect(heard.windows.map(({ startSec }) => startSec)).toEqual([1, 5, 9]);
    for (const { startSec, lengthSec, left } of heard.windows) {
      const start = startSec * RATE_HZ;
      expect(maxDifference(left, signal.subarray(start, start + lengthSec * RATE_HZ))).toBe(0);
    }
    expect(heard.loudnessLufs).toBeLessThan(-5);
    expect(heard.samplePeakDbfs).toBeLessThan(0);
    expect(heard.waveform).toHaveLength(WAVEFORM_SLICES);
  });

  it('plans again when the container is wrong about the length', () => {
    const path = join(tempDir(), 'vbr.mp3');
    const signal = testSignal(20 * RATE_HZ, RATE_HZ).map((value, i) => (i < 2 * RATE_HZ ? value : value * 1e-4));
    encodeAudio(path, signal, signal, { encoder: 'libmp3lame', bitRateBps: 320_000 });
    const bytes = withoutXingFrame(readFileSync(path));
    // 10 s more of another bit rate: the length estimated from the first frames' rate is far off.
    const tail = join(tempDir(), 'tail.mp3');
    encodeAudio(tail, signal, signal, { encoder: 'libmp3lame', bitRateBps: 32_000 });
    writeFileSync(path, Buffer.concat([bytes, withoutXingFrame(readFileSync(tail))]));
    const heard = analyseStream(path, { nWindows: 3, windowSec: 5 });
    expect(Math.abs(probeAudio(path).durationSec! - heard.durationSec)).toBeGreaterThan(5);
    expect(heard.durationSec).toBeCloseTo(40, 0);
    const starts = heard.windows.map(({ startSec }) => startSec);
    expect(starts[2]!).toBeCloseTo((5 / 6) * heard.durationSec - 2.5, 3);
    for (const window of heard.windows) expect(window.left.length).toBe(5 * RATE_HZ);
    const again = decodeWindow(path, { startSec: starts[1]!, lengthSec: 5 });
    expect(maxDifference(again.left, heard.windows[1]!.left)).toBeLessThan(1e-6);
  });

  it('takes a short track as one shorter window', () => {
    const heard = analyseStream(wav(testSignal(1.5 * RATE_HZ, RATE_HZ)), { nWindows: 3, windowSec: 10 });
    expect(heard.windows.map(({ startSec, lengthSec }) => [startSec, lengthSec])).toEqual([[0, 1.5]]);
    expect(heard.windows[0]!.left.length).toBe(1.5 * RATE_HZ);
  });

  it('refuses less than a second and says how long it is', () => {
    const path = wav(testSignal(0.2 * RATE_HZ, RATE_HZ));
    expect(() => analyseStream(path, { nWindows: 3, windowSec: 10 })).toThrow(
      expect.objectContaining({ code: 'decode.tooShort', message: expect.stringContaining('0.2 seconds') }),
    );
  });

  it('takes silence', () => {
    const heard = analyseStream(wav(new Float32Array(3 * RATE_HZ)), { nWindows: 1, windowSec: 2 });
    expect(heard).toMatchObject({ loudnessLufs: null, loudnessRangeLu: null, samplePeakDbfs: null });
  });

  it('a long file needs no more memory than its windows, and gives signs of life', () => {
    const path = join(tempDir(), 'long.flac');
    const signal = new Float32Array(10 * 60 * RATE_HZ).map((_, i) => 0.3 * Math.sin(i * 0.03));
    encodeAudio(path, signal, signal, { encoder: 'flac' });
    const onPulse = vi.fn();
    const before = process.memoryUsage().arrayBuffers;
    const heard = analyseStream(path, { nWindows: 3, windowSec: 10, onPulse });
    expect(heard.durationSec).toBe(600);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6);
    expect(onPulse).toHaveBeenCalledWith(expect.toSatisfy((fraction: number) => fraction > 0 && fraction <= 1));
  });
});

/** An mp3 without its first frame, which holds the number of frames. */
function withoutXingFrame(bytes: Buffer): Buffer {
  const sync = (from: number): number => {
    for (let i = from; i < bytes.length; i++) if (bytes[i] === 0xff && (bytes[i + 1]! & 0xfe) === 0xfa) return i;
    return bytes.length;
  };
  return bytes.subarray(sync(sync(0) + 4));
}
