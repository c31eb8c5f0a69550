// Columns as they come over the bridge, and the way from one map to the next.
import { describe, expect, it } from 'vitest';
import { columnOf, placeOf, placesIn } from '../../../src/renderer/lib/map-columns.ts';
import { type Framing, framed, framingOf, midway, passageTo, type Scene } from '../../../src/renderer/lib/map-scene.ts';

const base64 = (column: ArrayBufferView): string => Buffer.from(column.buffer).toString('base64');
const sceneOf = (trackIds: number[], positions: number[]): Scene => ({
  trackIds: Int32Array.from(trackIds),
  positions: Float32Array.from(positions),
  clusters: new Int16Array(trackIds.length),
  extent: { x: 1, y: 1 },
});

describe('columns', () => {
  it('come back as they were sent', () => {
    expect(columnOf(Float32Array, base64(Float32Array.of(1.5, -2, Number.NaN)))).toEqual(Float32Array.of(1.5, -2, Number.NaN));
    expect(columnOf(Int16Array, base64(Int16Array.of(-1, 300)))).toEqual(Int16Array.of(-1, 300));
  });

  it('are matched by id, with gaps on either side', () => {
    const others = Int32Array.of(2, 3, 7, 11);
    expect([...placesIn(others, Int32Array.of(1, 3, 7, 8, 11, 12))]).toEqual([-1, 1, 2, -1, 3, -1]);
    expect([...placesIn(new Int32Array(0), Int32Array.of(1))]).toEqual([-1]);
    expect([2, 11, 5].map((id) => placeOf(others, id))).toEqual([0, 3, -1]);
  });
});

describe('a framing', () => {
  it('brings any map into the box, without bending it', () => {
    const positions = Float32Array.of(100, 50, 300, 50, 200, 90);
    const framing = framingOf(positions);
    const boxed = framed(positions, framing);
    expect([...boxed].map((value) => Number(value.toFixed(6)))).toEqual([-1, -0.2, 1, -0.2, 0, 0.2]);
    expect(framing.extent).toEqual({ x: 1, y: 0.2 });
  });

  it('knows a map of one place and a map of none', () => {
    const isUsable = ({ half, extent }: Framing): boolean => half > 0 && extent.x > 0 && extent.y > 0;
    expect([framingOf(Float32Array.of(3, 3, 3, 3)), framingOf(new Float32Array(0))].every(isUsable)).toBe(true);
  });
});

describe('a passage', () => {
  it('starts where tracks stand; newcomers are at their place from the first', () => {
    const before = sceneOf([1, 3], [0, 0, 0.5, 0.5]);
    const after = sceneOf([1, 2, 3], [1, 1, -1, -1, 0, 0]);
    const passage = passageTo(before, after);
    expect([...passage.from]).toEqual([0, 0, -1, -1, 0.5, 0.5]);
    expect([...passage.isNew]).toEqual([0, 1, 0]);
    expect([...midway(passage, after.positions, 0.5)]).toEqual([0.5, 0.5, -1, -1, 0.25, 0.25]);
    expect(midway(passage, after.positions, 1)).toEqual(after.positions);
  });
});
