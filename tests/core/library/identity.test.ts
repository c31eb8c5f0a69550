// The content hash tells files apart by a few blocks and the size.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from '../../../src/core/library/identity.ts';
import { tempDir } from '../../support/temp-dir.ts';

function hashOf(bytes: Uint8Array): Promise<string> {
  const path = join(tempDir(), 'file');
  writeFileSync(path, bytes);
  return contentHash(path, bytes.length);
}

test.each([0, 1, 192 * 1024, 192 * 1024 + 1, 1_000_000])('%i bytes: equal content, equal hash', async (nBytes) => {
  const bytes = new Uint8Array(nBytes).map((_, i) => i % 251);
  expect(await hashOf(bytes)).toBe(await hashOf(bytes));
  expect(await hashOf(bytes)).toMatch(/^[0-9a-f]{64}$/);
});

test.each([0, 500_000, 999_999])('a change at byte %i of a million is seen', async (at) => {
  const bytes = new Uint8Array(1_000_000);
  const changed = bytes.slice();
  changed[at] = 1;
  expect(await hashOf(changed)).not.toBe(await hashOf(bytes));
});

test('the size counts', async () => {
  expect(await hashOf(new Uint8Array(1_000_000))).not.toBe(await hashOf(new Uint8Array(1_000_001)));
});
