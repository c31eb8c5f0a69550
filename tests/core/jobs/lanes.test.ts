import { expect, test } from 'vitest';
import { inLanes } from '../../../src/core/jobs/lanes.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

test('does everything once, so many at a time', async () => {
  let [atOnce, most] = [0, 0];
  const done: number[] = [];
  await inLanes([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++atOnce);
    await pause();
    atOnce--;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('begins nothing after a failure, and throws it when the rest has ended', async () => {
  const begun: number[] = [];
  let ended = 0;
  const work = async (item: number) => {
    begun.push(item);
    if (item === 2) throw new Error('two');
    await pause();
    ended++;
  };
  await expect(inLanes([1, 2, 3, 4, 5], 2, work)).rejects.toThrow('two');
  expect(begun).toEqual([1, 2]);
  expect(ended).toBe(1);
});
