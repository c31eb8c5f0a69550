import { describe, expect, it } from 'vitest';
import * as format from '../../../src/renderer/lib/format.ts';

describe('numbers as a person reads them', () => {
  it('writes lengths with hours only where there are any', () => {
    expect([0, 5, 65, 599.6, 3600, 3725].map(format.formatDuration)).toEqual([
      '0:00',
      '0:05',
      '1:05',
      '10:00',
      '1:00:00',
      '1:02:05',
    ]);
    expect(format.formatDuration(null)).toBe('–');
    expect(format.formatDuration(Number.NaN)).toBe('–');
  });

  it('writes spans of time in the two largest units', () => {
    expect([12, 90, 3600, 4020, 86_400, 200_000].map(format.formatSpan)).toEqual([
      '12 s',
      '2 min',
      '1 h',
      '1 h 7 min',
      '1 day',
      '2 days 8 h',
    ]);
  });

  it('chooses the unit of speed that reads well', () => {
    expect([2.54, 25, 0.5, 0.01, 0, null].map(format.formatSpeed)).toEqual([
      '2.5 tracks/s',
      '25 tracks/s',
      '30 tracks/min',
      '36 tracks/h',
      '–',
      '–',
    ]);
  });

  it('counts with a plural and a thousands separator', () => {
    expect(format.countOf(1, 'track')).toBe('1 track');
    expect(format.countOf(1204, 'track')).toBe('1,204 tracks');
  });

  it('keeps decibels, sizes and frequencies short', () => {
    expect(format.formatDecibel(-14.25)).toBe('−14.3');
    expect(format.formatDecibel(null)).toBe('–');
    expect(format.formatDecibel(Number.NEGATIVE_INFINITY)).toBe('–');
    expect([999, 1500, 275_000_000].map(format.formatBytes)).toEqual(['999 B', '1.5 kB', '275 MB']);
    expect([250, 1000, 11_025].map(format.formatHertz)).toEqual(['250 Hz', '1 kHz', '11 kHz']);
  });

  it('names a track by its title, else by its file on any system', () => {
    expect(format.trackTitle({ title: 'Blue', path: '/a/b.mp3' })).toBe('Blue');
    expect(format.trackTitle({ title: null, path: '/a/b.mp3' })).toBe('b.mp3');
    expect(format.trackTitle({ title: null, path: 'C:\\Music\\b.mp3' })).toBe('b.mp3');
  });
});
