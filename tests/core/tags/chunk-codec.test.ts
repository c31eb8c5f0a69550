// WAV and AIFF made of any chunks: every other chunk stays as it is, the outermost size is right, undo gives the same file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkCodec } from '../../../src/core/tags/chunk-codec.ts';
import { tempDir } from '../../support/temp-dir.ts';

interface Chunk {
  id: string;
  body: Buffer;
}

function bytesOf(chunks: readonly Chunk[], isWav: boolean, tail = Buffer.alloc(0)): Buffer {
  const size = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (isWav) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };
  const parts = chunks.map(({ id, body }) =>
    Buffer.concat([Buffer.from(id), size(body.length), body, Buffer.alloc(body.length % 2)]),
  );
  const inside = Buffer.concat([Buffer.from(isWav ? 'WAVE' : 'AIFF'), ...parts]);
  return Buffer.concat([Buffer.from(isWav ? 'RIFF' : 'FORM'), size(inside.length), inside, tail]);
}

function chunksOf(file: Buffer, isWav: boolean): Chunk[] {
  const sizeAt = (at: number) => (isWav ? file.readUInt32LE(at) : file.readUInt32BE(at));
  const chunks: Chunk[] = [];
  for (let at = 12; at < 8 + sizeAt(4); ) {
    const body = file.subarray(at + 8, at + 8 + sizeAt(at + 4));
    chunks.push({ id: file.toString('latin1', at, at + 4), body });
    at += 8 + body.length + (body.length % 2);
  }
  return chunks;
}

const anyChunks = fc.array(
  fc.record({
    id: fc.constantFrom('fmt ', 'data', 'cue ', 'bext', 'iXML', 'smpl', 'COMM', 'SSND', 'LIST'),
    body: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 6 },
);

test.for([true, false])('any chunks (WAV: %s)', async (isWav) => {
  const dir = tempDir();
  let n = 0;
  await fc.assert(
    fc.asyncProperty(anyChunks, fc.uint8Array({ maxLength: 9 }), async (chunks, tail) => {
      const [path, copy, again] = ['a', 'b', 'c'].map((name) => join(dir, `${n++}${name}.wav`)) as [string, string, string];
      writeFileSync(path, bytesOf(chunks, isWav, Buffer.from(tail)));
      const before = await chunkCodec.read(path);
      await chunkCodec.writeCopy(path, copy, { values: { genre: ['Dub', '東京'], key: ['Am'] }, raw: null });
      const file = readFileSync(copy);
      const others = chunksOf(file, isWav).filter(({ id }) => id.toLowerCase() !== 'id3 ');
      expect(others).toEqual(chunks);
      expect(file.subarray(file.length - tail.length).equals(Buffer.from(tail))).toBe(true);
      expect((await chunkCodec.read(copy)).values).toEqual({ genre: ['Dub', '東京'], bpm: [], key: ['Am'] });
      await chunkCodec.writeCopy(copy, again, { values: before.values, raw: before.raw });
      expect(readFileSync(again).equals(readFileSync(path))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const info = (genre: string) => {
  const entry = (id: string, text: string) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(text.length);
    return Buffer.concat([Buffer.from(id), size, Buffer.from(text, 'latin1'), Buffer.alloc(text.length % 2)]);
  };
  return Buffer.concat([Buffer.from('INFO'), entry('INAM', 'Song\0'), entry('IGNR', genre), entry('ISFT', 'x\0')]);
};

test('a WAV’s genre text is read where there is no ID3, follows what is written, and comes back byte for byte', async () => {
  const [path, copy, again] = ['a.wav', 'b.wav', 'c.wav'].map((name) => join(tempDir(), name)) as [string, string, string];
  writeFileSync(
    path,
    bytesOf(
      [
        { id: 'LIST', body: info('Caf\xe9\0') },
        { id: 'data', body: Buffer.alloc(8) },
      ],
      true,
    ),
  );
  const before = await chunkCodec.read(path);
  expect(before.values.genre).toEqual(['Café']);
  await chunkCodec.writeCopy(path, copy, { values: { genre: ['Dub', 'Ska'] }, raw: null });
  expect(readFileSync(copy).includes(Buffer.from('IGNR\x09\0\0\0Dub; Ska\0'))).toBe(true);
  await chunkCodec.writeCopy(copy, again, { values: before.values, raw: before.raw });
  expect(readFileSync(again).equals(readFileSync(path))).toBe(true);
});

test('cut and unknown files are refused', async () => {
  const path = join(tempDir(), 'a.wav');
  const whole = bytesOf([{ id: 'data', body: Buffer.alloc(100) }], true);
  for (const bytes of [whole.subarray(0, 60), Buffer.concat([Buffer.from('RF64'), whole.subarray(4)])]) {
    writeFileSync(path, bytes);
    await expect(chunkCodec.read(path)).rejects.toMatchObject({ code: 'tags.unsupported' });
  }
});
