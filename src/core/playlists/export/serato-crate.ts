// Serato crates: records of a four-byte tag and a big-endian length. Paths are UTF-16BE, relative to the root of the drive
// that the crate lies on, so that each drive has a crate of its own below its folder _Serato_.
import { fileNameOf } from './file-name.ts';
import { hasUtf8Form } from './file-uri.ts';
import type { ExportTrack, PlaylistFile, PlaylistTreeWriter } from './playlist-format.ts';

const VERSION = '1.0/Serato ScratchLive Crate';
const COLUMNS = ['song', 'artist', 'bpm', 'key', 'album', 'length', 'comment'];

export const SERATO_CRATE: PlaylistTreeWriter = {
  name: 'Serato crate',
  obstacle({ absolutePath }) {
    if (!hasUtf8Form(absolutePath)) return 'Its path is not valid Unicode.';
    return absolutePath.startsWith('\\\\') ? 'Serato has no crates for network shares.' : null;
  },
  notes(playlist) {
    const drives = [...byDrive(playlist.tracks).keys()];
    if (drives.length < 2) return [];
    return [`The tracks lie on ${drives.length} drives: copy each folder _Serato_ to the drive it is named after.`];
  },
  files({ name, tracks }) {
    const drives = byDrive(tracks);
    // Two percent signs would make a crate within a crate.
    const crate = `_Serato_/Subcrates/${fileNameOf(name).replace(/%+/g, '%')}.crate`;
    return [...drives].map(
      ([drive, paths]): PlaylistFile => ({
        path: drives.size === 1 ? crate : `${drive}/${crate}`,
        bytes: crateOf(paths),
      }),
    );
  },
};

function crateOf(paths: readonly string[]): Uint8Array {
  return Buffer.concat([
    textRecord('vrsn', VERSION),
    record('osrt', textRecord('tvcn', 'song'), record('brev', Buffer.of(0))),
    ...COLUMNS.map((column) => record('ovct', textRecord('tvcn', column), textRecord('tvcw', '0'))),
    ...paths.map((path) => record('otrk', textRecord('ptrk', path))),
  ]);
}

function record(tag: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.write(tag, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

function textRecord(tag: string, text: string): Buffer {
  return record(tag, Buffer.from(text, 'utf16le').swap16());
}

function byDrive(tracks: readonly ExportTrack[]): Map<string, string[]> {
  const drives = new Map<string, string[]>();
  for (const { absolutePath } of tracks) {
    const { drive, path } = onDrive(absolutePath);
    const paths = drives.get(drive);
    if (paths) paths.push(path);
    else drives.set(drive, [path]);
  }
  return drives;
}

/** "E:\Music\a.mp3" -> drive "E", "Music/a.mp3"; "/Volumes/USB/a.mp3" -> "USB", "a.mp3"; else the system's own drive. */
export function onDrive(absolutePath: string): { drive: string; path: string } {
  const [, letter, rest] = /^([A-Za-z]):[\\/]*(.*)$/s.exec(absolutePath) ?? [];
  if (letter !== undefined) return { drive: letter.toUpperCase(), path: rest!.replaceAll('\\', '/') };
  const [, volume, below] = /^\/(?:Volumes|mnt|(?:run\/)?media\/[^/]+)\/([^/]+)\/(.*)$/s.exec(absolutePath) ?? [];
  return volume === undefined ? { drive: 'system', path: absolutePath.replace(/^\/+/, '') } : { drive: volume, path: below! };
}
