// M3U8: what is written is read back as it was, whatever the names.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { M3U8 } from '../../../../src/core/playlists/export/m3u8.ts';
import type { ExportTrack } from '../../../../src/core/playlists/export/playlist-format.ts';

/** As a player reads it: comment lines start with '#', every other line is a path. */
function readBack(text: string): { label: string; path: string }[] {
  const lines = text.split('\n');
  return lines.flatMap((path, i) => {
    const info = /^#EXTINF:-?\d+,(.*)$/.exec(lines[i - 1] ?? '');
    return info && !path.startsWith('#') ? [{ label: info[1]!, path }] : [];
  });
}

const track = (changes: Partial<ExportTrack>): ExportTrack => ({
  id: 1,
  path: 'a.mp3',
  absolutePath: '/a.mp3',
  pathInRoot: 'a.mp3',
  title: 'T',
  artist: 'A',
  album: null,
  genre: null,
  durationSec: 1,
  tempoBpm: null,
  key: null,
  ...changes,
});

test('a playlist in full', () => {
  const tracks = [
    track({ path: 'Folder/Ünïcode ♥.mp3', title: 'Título', artist: 'Ann', durationSec: 61.5 }),
    track({ path: '#1.mp3', title: null, artist: null, durationSec: null }),
  ];
  expect(M3U8.write({ name: 'Jazz\nand more', tracks })).toBe(
    [
      '#EXTM3U',
      '#PLAYLIST:Jazz and more',
      '#EXTINF:62,Ann - Título',
      'Folder/Ünïcode ♥.mp3',
      '#EXTINF:-1,#1.mp3',
      './#1.mp3',
      '',
    ].join('\n'),
  );
});

test('no byte order mark, no replaced character', () => {
  const bytes = Buffer.from(M3U8.write({ name: 'x', tracks: [track({ path: '日本語/😀.mp3' })] }), 'utf8');
  expect(bytes[0]).toBe('#'.charCodeAt(0));
  expect(bytes.toString('utf8')).toContain('日本語/😀.mp3');
});

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'#\r\n\t,-:;?%"\'\\/ .\u2028\0é'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});
const nastyPath = nasty.filter((path) => path !== '' && !/[\r\n\0]/.test(path));

test('every path comes back, whatever the tags say', () => {
  const tracks = fc.array(
    fc.record({
      path: nastyPath,
      title: fc.option(nasty),
      artist: fc.option(nasty),
      durationSec: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
    }),
  );
  fc.assert(
    fc.property(nasty, tracks, (name, given) => {
      const read = readBack(M3U8.write({ name, tracks: given.map(track) }));
      expect(read.map(({ path }) => path.replace(/^\.\/(?=[#\s])/, ''))).toEqual(
        given.map(({ path }) => path.replace(/^\.\/(?=[#\s])/, '')),
      );
    }),
    { numRuns: 300 },
  );
});
