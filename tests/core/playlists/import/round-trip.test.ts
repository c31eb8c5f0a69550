// What is exported and read again is the same tracks in the same order, for every format that is read and every name a file
// can have; what a format cannot hold is named. Serato, rekordbox, Traktor, CSV and Navidrome have readers in their own tests.
import { join, posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedRow } from '../../../../src/core/db/track-listing.ts';
import type { PlaylistFormat } from '../../../../src/core/domain/playlist.ts';
import { type ExportChoice, PLAYLIST_ENCODINGS } from '../../../../src/core/domain/playlist-files.ts';
import { renderPlaylist } from '../../../../src/core/playlists/export/render-playlist.ts';
import { EntryMatcher } from '../../../../src/core/playlists/import/match-entries.ts';
import { readPlaylist } from '../../../../src/core/playlists/import/read-playlist.ts';
import { openTempLibrary } from '../../library/fixture.ts';
import { choice } from '../export-library.ts';

const FORMATS: readonly PlaylistFormat[] = ['m3u8', 'm3u', 'pls', 'xspf', 'jspf', 'itunes'];
const LISTS = '/home/me/lists';

/** A library of these paths, exported as one playlist and read back beside it. */
function createTrip() {
  const db = openTempLibrary();
  return (paths: readonly string[], exported: ExportChoice) => {
    const ids = paths.map((path, i) =>
      db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: String(i) }, 1),
    );
    const rows = ids.map((id) => ({ ...db.listing.one(id)!, title: `T & ${id}`, artist: 'A' }) as ListedRow);
    const summary = { id: 'list:1', name: 'Ä & "B"', kind: 'manual' as const, nTracks: rows.length, durationSec: 0 };
    const library = {
      playlists: { list: () => [summary], find: () => summary, tracks: () => rows },
      rules: () => null,
      roots: () => [],
    };
    try {
      const { files, leftOut } = renderPlaylist(library, 'list:1', exported, LISTS);
      const [read] = readPlaylist(files[0]!.path, files[0]!.bytes, exported.encoding);
      const matcher = new EntryMatcher({ byPath: (path) => db.tracks.byPath(path), names: () => [] }, [LISTS]);
      const { matched, unmatched } = matcher.match(read!.entries);
      return { matched: matched.map(({ path }) => path), unmatched, leftOut: leftOut.map(({ path }) => path) };
    } catch (error) {
      if ((error as { code?: string }).code === 'playlist.empty') return { matched: [], unmatched: [], leftOut: [...paths] };
      throw error;
    } finally {
      for (const id of ids) db.tracks.remove(id);
    }
  };
}

const piece = fc.oneof(
  fc.constantFrom(
    'ü',
    'u\u0308',
    '😀',
    '👩‍👩‍👧',
    '#',
    '%',
    '%41',
    '"',
    "'",
    '&',
    '<',
    ' ',
    '  ',
    '\\',
    ';',
    '=',
    ',',
    '?',
    '\t',
    '.',
    'file:',
    'C:',
    '猫',
    'e\u0301',
    '\u2028',
    '\u0085',
    '\ufeff',
    '~',
    '+',
    '[x]',
    '\n',
    '\r',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
);
const part = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').replaceAll(/[/\0]/g, '_'))
  .filter((name) => name !== '.' && name !== '..');
const path = fc
  .tuple(fc.constantFrom('/', '/home/me/', `${LISTS}/`), fc.array(part, { minLength: 1, maxLength: 4 }))
  .map(([root, parts]) => root + parts.join('/'));
const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 6, selector: (one) => one.normalize('NFC') });
const style = fc.constantFrom('relative' as const, 'absolute' as const);

test.each(FORMATS)('%s: every track comes back in its order, or is named as left out', (format) => {
  const trip = createTrip();
  const encodings = format === 'm3u' ? fc.constantFrom(...PLAYLIST_ENCODINGS) : fc.constant(null);
  fc.assert(
    fc.property(paths, style, encodings, (all, pathStyle, encoding) => {
      const { matched, unmatched, leftOut } = trip(all, choice({ format, pathStyle, encoding }));
      expect(unmatched).toEqual([]);
      expect(matched).toEqual(all.filter((one) => !leftOut.includes(one)));
      // Only what no text of the format can hold is left out.
      for (const one of leftOut) {
        const isPlain = /^[\x20-\x7e]*$/.test(one) && !/ $|\/ /.test(one);
        expect(isPlain && encoding === null ? one : '').toBe('');
      }
    }),
    { numRuns: 150 },
  );
});

test.each(FORMATS)('%s: the names people ask about', (format) => {
  const names = [
    'Größe.mp3',
    'Gro\u0308ße decomposed.mp3',
    '😀 emoji.mp3',
    '#1 hit.mp3',
    '100% 41%41.mp3',
    `"quotes" and 'more'.mp3`,
    'this & that <3.mp3',
    ' leading space.mp3',
    `${'long '.repeat(58)}.mp3`,
    'http:/x.mp3',
  ];
  const all = names.map((name) => join('/home/me/Müsic', name));
  const { matched, unmatched, leftOut } = createTrip()(
    [...all, '/home/me/two\nlines.mp3'],
    choice({ format, encoding: format === 'm3u' ? 'utf-8' : null }),
  );
  expect(unmatched).toEqual([]);
  expect(matched).toEqual(all);
  expect(leftOut).toEqual(['/home/me/two\nlines.mp3']);
});

test.each(FORMATS)('%s: under the root of another device the tracks are found by their folders', (format) => {
  const db = openTempLibrary();
  const all = ['Ä/1.mp3', 'B/1.mp3', 'B/2 #.mp3'].map((name) => posix.join('/home/me/Music', name));
  for (const one of all) db.tracks.insert({ path: one, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: one }, 1);
  const rows = all.map((one) => db.listing.one(db.tracks.byPath(one)!.id)!);
  const summary = { id: 'list:1', name: 'x', kind: 'manual' as const, nTracks: 3, durationSec: 0 };
  const library = { playlists: { list: () => [], find: () => summary, tracks: () => rows }, rules: () => null, roots: () => [] };
  for (const to of ['E:\\Music', '/Volumes/SD/Music', '\\\\nas\\music']) {
    const rewrites = [{ from: '/home/me/Music', to }];
    const { files } = renderPlaylist(library, 'x', choice({ format, rewrites }), LISTS);
    const [read] = readPlaylist(files[0]!.path, files[0]!.bytes, null);
    const matcher = new EntryMatcher({ byPath: (path) => db.tracks.byPath(path), names: () => db.trackNames.all() }, [LISTS]);
    const { matched } = matcher.match(read!.entries);
    expect(matched.map(({ path, by }) => [path, by])).toEqual(all.map((one) => [one, 'folders']));
  }
});
