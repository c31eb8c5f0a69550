import { describe, expect, it } from 'vitest';
import { formatDuration, progressLine } from '../../src/cli/progress-line.ts';

const PROGRESS = {
  stage: 'analyse',
  done: 12,
  total: 340,
  tracksPerSec: 2.34,
  remainingSec: 3700,
  failed: 1,
  currentPath: '/music/A/song.flac',
} as const;

describe('progressLine', () => {
  it('says how much is done, how fast, how long still, and where', () => {
    expect(progressLine(PROGRESS, 200)).toBe('Analysing 12 of 340 · 2.3 tracks/s · 1:01:40 left · 1 failed · song.flac');
  });

  it('leaves out what is not known yet and fits the terminal', () => {
    const early = {
      ...PROGRESS,
      stage: 'walk',
      total: null,
      tracksPerSec: null,
      remainingSec: null,
      failed: 0,
      currentPath: null,
    } as const;
    expect(progressLine(early, 200)).toBe('Looking for music 12');
    expect(progressLine(PROGRESS, 30)).toHaveLength(29);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [75, '1:15'],
    [3599.9, '1:00:00'],
    [-3, '0:00'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
