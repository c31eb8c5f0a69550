import { describe, expect, it } from 'vitest';
import { deinterleave, parseWavHeader } from '../../../src/renderer/audio/wav-file.ts';

/** A stereo 16-bit header with one extra chunk before the samples. */
function header(dataBytes: number, extraBytes = 6): DataView {
  const bytes = new Uint8Array(44 + 8 + extraBytes);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 44_100, true);
  view.setUint16(34, 16, true);
  tag(36, 'LIST');
  view.setUint32(40, extraBytes, true);
  tag(44 + extraBytes, 'data');
  view.setUint32(48 + extraBytes, dataBytes, true);
  return view;
}

describe('a WAV read in blocks', () => {
  it('finds the samples behind other chunks', () => {
    expect(parseWavHeader(header(400), 10_000)).toEqual({ sampleRateHz: 44_100, channels: 2, dataOffset: 58, nFrames: 100 });
  });

  it('trusts the file, not a size field that promises more', () => {
    expect(parseWavHeader(header(0xffffffff), 58 + 40).nFrames).toBe(10);
  });

  it('refuses what is no 16-bit PCM', () => {
    const other = header(400);
    other.setUint16(34, 24, true);
    expect(() => parseWavHeader(other, 1000)).toThrow('16-bit');
    expect(() => parseWavHeader(new DataView(new ArrayBuffer(4)), 4)).toThrow('not a WAV');
  });

  it('takes the channels apart, full scale to ±1', () => {
    const [left, right] = deinterleave(Int16Array.from([-32768, 16384, 0, -16384]).buffer, 2);
    expect([...left!]).toEqual([-1, 0]);
    expect([...right!]).toEqual([0.5, -0.5]);
  });
});
