// A path in a label file finds its track, wherever it starts and whoever wrote it.
import { expect, test } from 'vitest';
import { createPathFinder } from '../../../src/core/labels/find-paths.ts';
import { openTempLibrary } from '../library/fixture.ts';

function desk() {
  const db = openTempLibrary();
  const root = db.roots.add('/music', 1).id;
  const add = (path: string) => db.tracks.insert({ path, rootId: root, sizeBytes: 1, modifiedAtMs: 1, contentHash: path }, 1);
  const ids = { umlaut: add('/music/Bücher/Käse & Brot.mp3'), near: add('/lists/song.mp3'), far: add('/music/song.mp3') };
  return { ids, find: createPathFinder(db, ['/lists']) };
}

test.each([
  ['/music/Bücher/Käse & Brot.mp3', 'absolute'],
  ['/music/Bücher/Käse & Brot.mp3'.normalize('NFD'), 'decomposed'],
  ['Bücher/Käse & Brot.mp3', 'relative to a folder of the library'],
  ['Bücher\\Käse & Brot.mp3', 'with the separators of Windows'],
  ['../music/Bücher/Käse & Brot.mp3', 'relative to the label file, upwards'],
  ['file:///music/B%C3%BCcher/K%C3%A4se%20&%20Brot.mp3', 'as a URL'],
])('%j is found: %s', (path) => {
  const { find, ids } = desk();
  expect(find(path)).toBe(ids.umlaut);
});

test('the folder of the label file comes before the library’s own; what is nowhere is null', () => {
  const { find, ids } = desk();
  expect(find('song.mp3')).toBe(ids.near);
  expect(find('/music/song.mp3')).toBe(ids.far);
  expect(['other.mp3', '/other.mp3', 'file:///%E0%A4%A', ''].map(find)).toEqual([null, null, null, null]);
});
