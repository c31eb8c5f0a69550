// What makes a file the same file: its size and a hash of a few blocks, so that it is known again after a rename or move.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const BLOCK_BYTES = 64 * 1024;

/** sha256 over the size and the first, middle and last 64 KiB, hexadecimal. Small files are read whole. */
export async function contentHash(path: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${sizeBytes}\n`);
  const file = await open(path, 'r');
  try {
    for (const [start, length] of blocksOf(sizeBytes)) hash.update(await readBlock(file, start, length));
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

function blocksOf(sizeBytes: number): [start: number, length: number][] {
  if (sizeBytes <= 3 * BLOCK_BYTES) return [[0, sizeBytes]];
  const middle = Math.floor((sizeBytes - BLOCK_BYTES) / 2);
  return [
    [0, BLOCK_BYTES],
    [middle, BLOCK_BYTES],
    [sizeBytes - BLOCK_BYTES, BLOCK_BYTES],
  ];
}

async function readBlock(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const block = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(block, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}
