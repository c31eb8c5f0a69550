import { expect, it } from 'vitest';
import type { LabRequest } from '../../../../src/core/domain/laboratory.ts';
import { partsOf } from '../../../../src/core/laboratory/transfer/fine-tuning.ts';

const N = 60;
const classes = Int32Array.from({ length: N }, (_, i) => i % 3);
/** Two tracks an artist. */
const groups = Int32Array.from({ length: N }, (_, i) => (i % 3) + 3 * Math.floor(i / 6));
const request = { seed: 4 } as LabRequest;
const studyOf = (tested: number[]) => ({
  classes,
  groups,
  request,
  split: {
    description: '',
    folds: [
      {
        learned: Int32Array.from([...classes.keys()].filter((track) => !tested.includes(track))),
        tested: Int32Array.from(tested),
      },
    ],
  },
});
const places = (parts: string[], wanted: string) => [...parts.keys()].filter((track) => parts[track] === wanted);

it('neither learns from tested tracks nor stops by them, and keeps artists together', () => {
  const tested = [0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23];
  const parts = partsOf(studyOf(tested), 0);
  expect(places(parts, 'test')).toEqual(tested);
  const artists = (part: string) => new Set(places(parts, part).map((track) => groups[track]));
  expect(artists('validation').size).toBeGreaterThan(0);
  expect([...artists('train')].filter((artist) => artists('validation').has(artist))).toEqual([]);
  expect(new Set(places(parts, 'train').map((track) => classes[track])).size).toBe(3);
});

it('leaves every genre something to learn from', () => {
  // One artist of the first genre is all that is not tested.
  const tested = [...classes.keys()].filter((track) => classes[track] === 0 && groups[track] !== 0);
  const parts = partsOf(studyOf(tested), 0);
  expect(places(parts, 'train').some((track) => classes[track] === 0)).toBe(true);
});
