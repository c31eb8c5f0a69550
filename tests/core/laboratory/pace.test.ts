import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LabProgress } from '../../../src/core/domain/laboratory.ts';
import { Pace } from '../../../src/core/laboratory/pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('takes the time left from what was worked, also in part, and not from what was known', () => {
  const said: LabProgress[] = [];
  const pace = new Pace('compute', 5, (progress) => said.push(progress));
  pace.done('a', true);
  expect(said.at(-1)).toMatchObject({ done: 1, total: 5, remainingSec: null });
  vi.advanceTimersByTime(10_000);
  pace.under('b', 0.5);
  // Half a piece took 10 s, three and a half are left.
  expect(said.at(-1)).toMatchObject({ done: 1, remainingSec: 70, what: 'b, 50 %' });
  vi.advanceTimersByTime(10_000);
  pace.done('b', false);
  expect(said.at(-1)).toMatchObject({ done: 2, remainingSec: 60, what: 'b' });
});
