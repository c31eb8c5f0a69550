// A task that ends without an answer is told in words that fit it.
import { expect, test } from 'vitest';
import { silentEnd } from '../../../src/core/jobs/silent-end.ts';

test('a file that stops the decoder is named, without its folder', () => {
  const task = { kind: 'transcode', path: '/music/A/b.ape', outFile: '/tmp/x' } as const;
  expect(silentEnd(task, 'decode.crashed')).toMatchObject({ code: 'decode.crashed', message: /^b\.ape stopped/ });
  expect(silentEnd(task, 'decode.stalled')).toMatchObject({ code: 'decode.stalled', message: /^b\.ape kept/ });
});

test('work on the library itself speaks of no decoder', () => {
  const task = { kind: 'findDuplicates', libraryFile: '/library.db' } as const;
  expect(silentEnd(task, 'decode.crashed')).toMatchObject({ code: 'model.failed', message: /search for duplicates/ });
});
