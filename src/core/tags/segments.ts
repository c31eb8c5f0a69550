// A changed copy of a file as a list of parts: new bytes, and stretches of the old file that are copied as they are.
import { type FileHandle, open } from 'node:fs/promises';
import { StemscapeError } from '../domain/errors.ts';

/** New bytes, or the source's bytes from `start` up to `end`. */
export type Segment = { bytes: Uint8Array } | { start: number; end: number };

const BLOCK_BYTES = 1 << 20;

export async function readRange(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Reads a file through `plan` and writes the parts it answers with into the new file `copy`. */
export async function copyInSegments(
  path: string,
  copy: string,
  plan: (source: FileHandle, sizeBytes: number) => Promise<Segment[]>,
): Promise<void> {
  const source = await open(path, 'r');
  try {
    const { size } = await source.stat();
    const segments = await plan(source, size);
    const target = await open(copy, 'wx');
    try {
      for (const segment of segments) await append(target, source, segment);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function append(target: FileHandle, source: FileHandle, segment: Segment): Promise<void> {
  if ('bytes' in segment) {
    await target.writeFile(segment.bytes);
    return;
  }
  for (let at = segment.start; at < segment.end; at += BLOCK_BYTES) {
    const length = Math.min(BLOCK_BYTES, segment.end - at);
    const block = await readRange(source, at, length);
    if (block.length < length) throw new StemscapeError('tags.changed', 'The file became shorter while it was copied.');
    await target.writeFile(block);
  }
}
