// Exported paths lead from the playlist's folder to the track, on every system.
import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PathWriting, writePath } from '../../../src/core/playlists/paths.ts';

const linux = (folder: string): PathWriting => ({ style: 'relative', folder, platform: 'linux' });
const windows = (folder: string, slash = false): PathWriting => ({
  style: 'relative',
  folder,
  separators: slash ? 'slash' : 'native',
  platform: 'win32',
});
const WINDOWS_STICK = { from: '/home/me/Music', to: 'E:\\Music' };
const CARD = { from: '/home/me/Music/', to: '/mnt/sd/Music' };
const absolute = (...rewrites: { from: string; to: string }[]): PathWriting => ({
  ...linux('/lists'),
  style: 'absolute',
  rewrites,
});

test.each([
  ['/music/a.mp3', linux('/music'), 'a.mp3'],
  ['/music/a.mp3', linux('/music/lists'), '../a.mp3'],
  ['/a/b.mp3', linux('/c/d'), '../../a/b.mp3'],
  ['/music/back\\slash.mp3', { ...linux('/music'), separators: 'slash' }, 'back\\slash.mp3'],
  ['/music/a.mp3', { ...linux('/elsewhere'), style: 'absolute' }, '/music/a.mp3'],
  ['C:\\Music\\a.mp3', windows('C:\\Music\\Lists'), '..\\a.mp3'],
  ['C:\\Music\\a.mp3', windows('c:\\music'), 'a.mp3'],
  ['C:\\Music\\b\\a.mp3', windows('C:\\Music', true), 'b/a.mp3'],
  ['D:\\Music\\a.mp3', windows('C:\\Lists'), 'D:\\Music\\a.mp3'],
  ['D:\\Music\\a.mp3', windows('C:\\Lists', true), 'D:/Music/a.mp3'],
  ['\\\\nas\\share\\a.mp3', windows('C:\\Lists'), '\\\\nas\\share\\a.mp3'],
  ['\\\\nas\\share\\x\\a.mp3', windows('\\\\nas\\share\\lists'), '..\\x\\a.mp3'],
  ['\\\\nas\\other\\a.mp3', windows('\\\\nas\\share'), '\\\\nas\\other\\a.mp3'],
  ['/home/me/Music/A/b.mp3', absolute(CARD), '/mnt/sd/Music/A/b.mp3'],
  ['/home/me/Music/A/b.mp3', absolute(WINDOWS_STICK), 'E:\\Music\\A\\b.mp3'],
  ['/home/me/Music/A/b.mp3', { ...absolute(WINDOWS_STICK), separators: 'slash' }, 'E:/Music/A/b.mp3'],
  ['/home/me/Music/A/b.mp3', { ...absolute(CARD), separators: 'backslash' }, '\\mnt\\sd\\Music\\A\\b.mp3'],
  ['/home/me/Music/A/b.mp3', absolute(CARD, { from: '/home/me/Music/A', to: '/a' }), '/a/b.mp3'],
  ['/home/me/Musical/b.mp3', absolute(CARD), '/home/me/Musical/b.mp3'],
  ['/a/b.mp3', absolute({ from: '/', to: '/mnt/host/' }), '/mnt/host/a/b.mp3'],
  ['/home/me/Mu\u0308sic/b.mp3', absolute({ from: '/home/me/M\u00fcsic', to: '/x' }), '/x/b.mp3'],
  ['c:\\MUSIC\\b.mp3', { ...windows('D:\\'), rewrites: [{ from: 'C:\\Music', to: '/media/music' }] }, '/media/music/b.mp3'],
  // The playlist lies on the device too, so a relative path holds there.
  ['/home/me/Music/A/b.mp3', { ...linux('/home/me/Music/lists'), rewrites: [WINDOWS_STICK] }, '..\\A\\b.mp3'],
  ['/music/file:a.mp3', linux('/music'), './file:a.mp3'],
  ['/music/\\\\a.mp3', linux('/music'), './\\\\a.mp3'],
  ['/home/me/Music/A/b.mp3', { ...linux('/elsewhere'), rewrites: [CARD] }, '/mnt/sd/Music/A/b.mp3'],
] satisfies [string, PathWriting, string][])('%s, written as %j: %s', (path, writing, expected) => {
  expect(writePath(path, writing).path).toBe(expected);
});

test('a name that Windows would read as a folder is not written for Windows', () => {
  const obstacle = (writing: PathWriting) => writePath('/home/me/Music/AC\\DC.mp3', writing).obstacle;
  expect(obstacle(absolute(WINDOWS_STICK))).toMatch(/backslash/);
  expect(obstacle({ ...absolute(CARD), separators: 'backslash' })).toMatch(/backslash/);
  expect(obstacle(absolute(CARD))).toBeNull();
});

const name = fc.string({ minLength: 1 }).filter((text) => !/[/\\:\0]/.test(text) && !/^\.+$/.test(text));
const folder = fc.array(name, { maxLength: 4 });

test('a relative path resolves to the track again', () => {
  fc.assert(
    fc.property(folder, folder, name, (from, to, file) => {
      const [posixFrom, posixTo] = [`/${from.join('/')}`, posix.join('/', ...to, file)];
      expect(posix.resolve(posixFrom, writePath(posixTo, linux(posixFrom)).path)).toBe(posixTo);
      const [windowsFrom, windowsTo] = [win32.join('C:\\', ...from), win32.join('C:\\', ...to, file)];
      const written = writePath(windowsTo, windows(windowsFrom, true)).path;
      expect(win32.resolve(windowsFrom, written).toLowerCase()).toBe(windowsTo.toLowerCase());
    }),
  );
});
