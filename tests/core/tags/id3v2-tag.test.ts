// Taking an ID3v2 tag apart and putting it together loses no byte of any frame, in every version and oddity that files have.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldFrames, readId3Fields, withFields } from '../../../src/core/tags/id3v2-fields.ts';
import { frameOf, type Id3Version, parseId3, renderId3 } from '../../../src/core/tags/id3v2-tag.ts';

const VERSIONS = [2, 3, 4] as const;
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];

const framesOf = (version: Id3Version) =>
  fc.array(
    fc
      .record({
        id: fc.array(fc.constantFrom(...letters), { minLength: version === 2 ? 3 : 4, maxLength: version === 2 ? 3 : 4 }),
        body: fc.uint8Array({ minLength: 1, maxLength: 400 }),
      })
      .map(({ id, body }) => frameOf(id.join(''), Buffer.from(body), version)),
    { minLength: 1, maxLength: 8 },
  );

/** A tag around these bytes, with flags. */
function tagOf(version: Id3Version, flags: number, body: Buffer): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 127);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([version, 0, flags, ...size]), body]);
}

test.for(VERSIONS)('ID3v2.%d: frames come back as they were, in a tag of the former size', (version) => {
  fc.assert(
    fc.property(framesOf(version), fc.nat(500), (frames, padding) => {
      const body = Buffer.concat([...frames.map(({ bytes }) => bytes), Buffer.alloc(padding)]);
      const tag = tagOf(version, 0, body);
      const parsed = parseId3(tag);
      expect(parsed.frames).toEqual(frames);
      expect(renderId3(version, parsed.frames, parsed.sizeBytes).equals(tag)).toBe(true);
    }),
  );
});

test.for(VERSIONS)('ID3v2.%d: a changed field leaves all other frames and their order', (version) => {
  const values = fc.array(fc.constantFrom('Dub', 'Süd', '東京', 'Drum & Bass'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(framesOf(version), values, (frames, genres) => {
      const unique = [...new Set(genres)];
      const changed = withFields(frames, version, new Map([['genre', fieldFrames('genre', unique, version)]]));
      const id = version === 2 ? 'TCO' : 'TCON';
      expect(changed.filter((frame) => frame.id !== id)).toEqual(frames.filter((frame) => frame.id !== id));
      expect(readId3Fields({ version, frames: changed, sizeBytes: 0 }).values.genre).toEqual(unique);
    }),
  );
});

describe('oddities', () => {
  const title = (version: Id3Version) => frameOf('TIT2', Buffer.from('\0Song', 'latin1'), version);

  test('an unsynchronised ID3v2.3 tag', () => {
    const body = Buffer.from([0, 0xff, 0xe0, 0xff, 0x00, 0x61]);
    const plain = Buffer.concat([frameOf('PRIV', body, 3).bytes, title(3).bytes]);
    const stuffed = Buffer.from(plain.toString('latin1').replace(/\xff(?=[\xe0-\xff\0])/g, '\xff\0'), 'latin1');
    expect(stuffed.length).toBe(plain.length + 2);
    expect(Buffer.concat(parseId3(tagOf(3, 0x80, stuffed)).frames.map(({ bytes }) => bytes)).equals(plain)).toBe(true);
  });

  test('ID3v2.4 frames that state their size in plain numbers, as old programs wrote them', () => {
    const long = frameOf('PRIV', Buffer.alloc(300, 7), 3).bytes;
    const parsed = parseId3(tagOf(4, 0, Buffer.concat([long, title(4).bytes])));
    expect(parsed.frames.map(({ id, bytes }) => [id, bytes.length])).toEqual([
      ['PRIV', 310],
      ['TIT2', 15],
    ]);
  });

  test('extended headers and a footer', () => {
    const extended3 = Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0, 0]);
    expect(parseId3(tagOf(3, 0x40, Buffer.concat([extended3, title(3).bytes]))).frames).toEqual([title(3)]);
    const extended4 = Buffer.from([0, 0, 0, 6, 1, 0]);
    expect(parseId3(tagOf(4, 0x40, Buffer.concat([extended4, title(4).bytes]))).frames).toEqual([title(4)]);
    const withFooter = tagOf(4, 0x10, title(4).bytes);
    expect(parseId3(withFooter).sizeBytes).toBe(withFooter.length + 10);
  });

  test.for([
    ['(17)', 3, ['Rock']],
    ['(4)(9)Speed Metal', 3, ['Disco', 'Metal', 'Speed Metal']],
    ['(17)Rock', 3, ['Rock']],
    ['((Odd) name', 3, ['(Odd) name']],
    ['17', 4, ['Rock']],
    ['Rock; Pop;Indie', 3, ['Rock', 'Pop', 'Indie']],
    ['Rock/Pop', 3, ['Rock/Pop']],
    ['Rock\0Pop\0', 4, ['Rock', 'Pop']],
    ['Rock; Pop', 4, ['Rock; Pop']],
  ] as const)('genre %j of ID3v2.%d', ([text, version, genres]) => {
    const frames = [frameOf('TCON', Buffer.from(`\0${text}`, 'latin1'), version)];
    expect(readId3Fields({ version, frames, sizeBytes: 0 }).values.genre).toEqual(genres);
  });

  test('UTF-16 in both byte orders, with marks', () => {
    const little = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from('東京', 'utf16le')]);
    const big = Buffer.concat([Buffer.from([1, 0xfe, 0xff]), Buffer.from('東京', 'utf16le').swap16()]);
    for (const body of [little, big]) {
      expect(readId3Fields({ version: 3, frames: [frameOf('TCON', body, 3)], sizeBytes: 0 }).values.genre).toEqual(['東京']);
    }
  });

  test('no tag and no fields is no tag', () => {
    expect(renderId3(4, [], 0).length).toBe(0);
  });
});
