// Exported paths lead from the playlist's folder to the track, on every system.
import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PathWriting, writePath } from '../../../src/core/playlists/paths.ts';

const linux = (folder: string): PathWriting => ({ style: 'relative', folder, platform: 'linux' });
const windows = (folder: string, forceSlash = false): PathWriting => ({
  style: 'relative',
  folder,
  forceSlash,
  platform: 'win32',
});

test.each([
  ['/music/a.mp3', linux('/music'), 'a.mp3'],
  ['/music/a.mp3', linux('/music/lists'), '../a.mp3'],
  ['/a/b.mp3', linux('/c/d'), '../../a/b.mp3'],
  ['/music/back\\slash.mp3', { ...linux('/music'), forceSlash: true }, 'back\\slash.mp3'],
  ['/music/a.mp3', { ...linux('/elsewhere'), style: 'absolute' }, '/music/a.mp3'],
  ['C:\\Music\\a.mp3', windows('C:\\Music\\Lists'), '..\\a.mp3'],
  ['C:\\Music\\a.mp3', windows('c:\\music'), 'a.mp3'],
  ['C:\\Music\\b\\a.mp3', windows('C:\\Music', true), 'b/a.mp3'],
  ['D:\\Music\\a.mp3', windows('C:\\Lists'), 'D:\\Music\\a.mp3'],
  ['D:\\Music\\a.mp3', windows('C:\\Lists', true), 'D:/Music/a.mp3'],
  ['\\\\nas\\share\\a.mp3', windows('C:\\Lists'), '\\\\nas\\share\\a.mp3'],
  ['\\\\nas\\share\\x\\a.mp3', windows('\\\\nas\\share\\lists'), '..\\x\\a.mp3'],
  ['\\\\nas\\other\\a.mp3', windows('\\\\nas\\share'), '\\\\nas\\other\\a.mp3'],
] satisfies [string, PathWriting, string][])('%s, written as %j: %s', (path, writing, expected) => {
  expect(writePath(path, writing)).toBe(expected);
});

const name = fc.string({ minLength: 1 }).filter((text) => !/[/\\:\0]/.test(text) && !/^\.+$/.test(text));
const folder = fc.array(name, { maxLength: 4 });

test('a relative path resolves to the track again', () => {
  fc.assert(
    fc.property(folder, folder, name, (from, to, file) => {
      const [posixFrom, posixTo] = [`/${from.join('/')}`, posix.join('/', ...to, file)];
      expect(posix.resolve(posixFrom, writePath(posixTo, linux(posixFrom)))).toBe(posixTo);
      const [windowsFrom, windowsTo] = [win32.join('C:\\', ...from), win32.join('C:\\', ...to, file)];
      const written = writePath(windowsTo, windows(windowsFrom, true));
      expect(win32.resolve(windowsFrom, written).toLowerCase()).toBe(windowsTo.toLowerCase());
    }),
  );
});
