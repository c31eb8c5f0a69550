// Trustworthiness and neighbour preservation against scikit-learn's.
import { expect, test } from 'vitest';
import { mapQuality } from '../../../src/core/map/quality.ts';
import reference from '../../reference/map.json' with { type: 'json' };
import { groups } from './scattered-points.ts';

const { dim, figures } = reference.quality;
const points = Float32Array.from(reference.quality.points);
const n = points.length / dim;
const positions = Float32Array.from({ length: 2 * n }, (_, at) => points[Math.floor(at / 2) * dim + (at % 2)]!);

test.each(figures)('of $k neighbours', async ({ k, trustworthiness, preservation }) => {
  const quality = await mapQuality(points, positions, n, dim, k);
  expect(quality).toMatchObject({ k, nSampled: n });
  expect(quality.trustworthiness).toBeCloseTo(trustworthiness, 6);
  expect(quality.preservation).toBeCloseTo(preservation, 6);
});

test('a map that is the points themselves is perfect', async () => {
  const plane = groups(300, 2, 5);
  expect(await mapQuality(plane, plane, 300, 2, 10)).toMatchObject({ trustworthiness: 1, preservation: 1 });
});

test('a large map is judged by a sample, close to the whole truth', async () => {
  const [many, of] = [7000, 3];
  const cloud = groups(many, of, 5);
  const shadow = Float32Array.from({ length: 2 * many }, (_, at) => cloud[Math.floor(at / 2) * of + (at % 2)]!);
  const sampled = await mapQuality(cloud, shadow, many, of, 10);
  const part = 5000;
  const whole = await mapQuality(cloud.subarray(0, part * of), shadow.subarray(0, 2 * part), part, of, 10);
  expect([sampled.nSampled, whole.nSampled]).toEqual([2000, part]);
  expect(sampled.trustworthiness).toBeCloseTo(whole.trustworthiness, 1);
  expect(sampled.preservation).toBeCloseTo(whole.preservation, 1);
});

test('few points', async () => {
  for (const few of [0, 1, 2]) {
    expect(await mapQuality(groups(few, 4, 1), groups(few, 2, 1), few, 4, 10)).toMatchObject({ k: 0, trustworthiness: 1 });
  }
  expect((await mapQuality(groups(9, 4, 1), groups(9, 2, 1), 9, 4, 10)).k).toBe(4);
});
