import { expect, it } from 'vitest';
import { reportDecoders } from '../../../src/core/audio/decoders.ts';

it('every format we name has its decoders', () => {
  const { readable, missing } = reportDecoders();
  expect(missing).toEqual([]);
  expect(readable).toContain('musepack');
});
