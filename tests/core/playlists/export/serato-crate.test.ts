// Serato crates, read back by a reader written from the format: four bytes of tag, four of length, big-endian.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExportTrack } from '../../../../src/core/playlists/export/playlist-format.ts';
import { onDrive, SERATO_CRATE } from '../../../../src/core/playlists/export/serato-crate.ts';

interface Chunk {
  tag: string;
  body: DataView;
}

function chunks(body: DataView): Chunk[] {
  const found: Chunk[] = [];
  for (let at = 0; at < body.byteLength; ) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((i) => body.getUint8(at + i)));
    const length = body.getUint32(at + 4);
    found.push({ tag, body: new DataView(body.buffer, body.byteOffset + at + 8, length) });
    at += 8 + length;
  }
  return found;
}

function utf16(body: DataView): string {
  return Array.from({ length: body.byteLength / 2 }, (_, i) => String.fromCharCode(body.getUint16(2 * i))).join('');
}

function read(bytes: Uint8Array): { version: string; tags: string[]; paths: string[] } {
  const all = chunks(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return {
    version: utf16(all[0]!.body),
    tags: [...new Set(all.map(({ tag }) => tag))],
    paths: all.filter(({ tag }) => tag === 'otrk').map(({ body }) => utf16(chunks(body)[0]!.body)),
  };
}

const at = (absolutePath: string) => ({ absolutePath }) as ExportTrack;
const files = (name: string, ...paths: string[]) => SERATO_CRATE.files({ name, tracks: paths.map(at) });

test('a crate holds its version, how it is sorted, its columns and its tracks', () => {
  const [file, ...others] = files('Late', '/Volumes/USB/A/b.mp3');
  expect(others).toEqual([]);
  expect(file!.path).toBe('_Serato_/Subcrates/Late.crate');
  expect(read(file!.bytes)).toEqual({
    version: '1.0/Serato ScratchLive Crate',
    tags: ['vrsn', 'osrt', 'ovct', 'otrk'],
    paths: ['A/b.mp3'],
  });
});

test('one crate a drive, each with paths from the root of its own', () => {
  const crates = files('Late', '/Users/me/a.mp3', '/Volumes/USB/b.mp3', 'E:\\Müsik\\c.mp3', '/media/me/STICK/d.mp3');
  expect(crates.map(({ path, bytes }) => [path, read(bytes).paths])).toEqual([
    ['system/_Serato_/Subcrates/Late.crate', ['Users/me/a.mp3']],
    ['USB/_Serato_/Subcrates/Late.crate', ['b.mp3']],
    ['E/_Serato_/Subcrates/Late.crate', ['Müsik/c.mp3']],
    ['STICK/_Serato_/Subcrates/Late.crate', ['d.mp3']],
  ]);
  const tracks = ['/a.mp3', 'E:\\b.mp3'].map(at);
  expect(SERATO_CRATE.notes!({ name: 'x', tracks })).toEqual([expect.stringMatching(/2 drives/)]);
});

test('two percent signs would make a crate within a crate', () => {
  expect(files('100%% pure', '/a.mp3')[0]!.path).toBe('_Serato_/Subcrates/100% pure.crate');
});

test('a network share has no drive that a crate could lie on', () => {
  expect(SERATO_CRATE.obstacle!(at('\\\\nas\\music\\a.mp3'))).toMatch(/network/);
});

test('every path comes back', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/[/\\]/.test(name) && !/^\.+$/.test(name));
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/home/${parts.join('/')}`);
  fc.assert(
    fc.property(fc.array(path, { minLength: 1 }), (paths) => {
      expect(read(files('x', ...paths)[0]!.bytes).paths).toEqual(paths.map((one) => one.slice(1)));
    }),
  );
  expect(onDrive('/mnt/sd/Music/a.mp3')).toEqual({ drive: 'sd', path: 'Music/a.mp3' });
});
