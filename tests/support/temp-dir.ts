// Temporary folders that go away: one per test, or one for a whole describe block.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** Call it inside a test or a beforeEach. */
export function tempDir(): string {
  const dir = create();
  onTestFinished(() => remove(dir));
  return dir;
}

/** Call it in the body of a describe. */
export function suiteTempDir(): string {
  const dir = create();
  afterAll(() => remove(dir));
  return dir;
}

function create(): string {
  return mkdtempSync(join(tmpdir(), 'stemscape-test-'));
}

function remove(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
}
