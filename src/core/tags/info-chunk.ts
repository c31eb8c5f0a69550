// The genre text of a WAV's LIST/INFO chunk: changed where there is one, so that programs that read no ID3 in a WAV agree.

const GENRE = 'IGNR';
const HEAD_BYTES = 8;
const GENRE_JOINER = '; ';

interface Entry {
  id: string;
  body: Buffer;
}

function entriesOf(info: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 4; at + HEAD_BYTES <= info.length; ) {
    const size = info.readUInt32LE(at + 4);
    entries.push({ id: info.toString('latin1', at, at + 4), body: info.subarray(at + HEAD_BYTES, at + HEAD_BYTES + size) });
    at += HEAD_BYTES + size + (size % 2);
  }
  return entries;
}

/** The bytes of the genre text, its closing zero included; null when there is none. */
export function infoGenreOf(info: Buffer): Buffer | null {
  return entriesOf(info).find(({ id }) => id === GENRE)?.body ?? null;
}

/**
 * The chunk's body with another genre text; the same object when it has none to change.
 * @param former bytes that undo gives back, base64
 */
export function withInfoGenre(info: Buffer, genres: readonly string[], former: string | null): Buffer {
  if (!infoGenreOf(info)) return info;
  const text = former === null ? Buffer.from(`${genres.join(GENRE_JOINER)}\0`, 'utf8') : Buffer.from(former, 'base64');
  const parts = entriesOf(info).map(({ id, body }) => {
    const bytes = id === GENRE ? text : body;
    const header = Buffer.alloc(HEAD_BYTES);
    header.write(id, 0, 'latin1');
    header.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([header, bytes, Buffer.alloc(bytes.length % 2)]);
  });
  return Buffer.concat([info.subarray(0, 4), ...parts]);
}
