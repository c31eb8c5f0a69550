import { expect, it } from 'vitest';
import { joinWindows } from '../../../../src/core/laboratory/ecapa/windows.ts';

it('joins the windows of a recording: the middle one, and the mean of all', () => {
  const recordings = Int32Array.of(0, 0, 1, 1, 1, 2);
  const tested = Int32Array.of(2, 3, 4, 5);
  const probabilities = Float32Array.of(1, 0, 0.25, 0.75, 0.25, 0.75, 0.5, 0.5);
  const joined = joinWindows(recordings, tested, { probabilities }, 2);
  expect(joined.recordings).toEqual(Int32Array.of(1, 2));
  expect(joined.single).toEqual(Float32Array.of(0.25, 0.75, 0.5, 0.5));
  expect(joined.all).toEqual(Float32Array.of(0.5, 0.5, 0.5, 0.5));
});
