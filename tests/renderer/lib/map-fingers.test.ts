// Two fingers on the map: what lies under them stays under them.
import { describe, expect, it } from 'vitest';
import { pannedBy, type Sight, toMap, toScreen, zoomedAt } from '../../../src/renderer/lib/map-camera.ts';
import { Fingers } from '../../../src/renderer/lib/map-fingers.ts';

const SIGHT: Sight = { camera: { x: 0.1, y: -0.2, zoom: 3 }, size: { width: 800, height: 600 }, extent: { x: 1, y: 1 } };

describe('fingers', () => {
  it('take the places under them along, wherever both go along one line', () => {
    const fingers = new Fingers();
    const [a, b] = [
      { x: 300, y: 300 },
      { x: 400, y: 300 },
    ];
    fingers.put(1, a);
    fingers.put(2, b);
    const held = [toMap(SIGHT, a), toMap(SIGHT, b)];
    let sight = SIGHT;
    const ends = [
      { id: 1, at: { x: 250, y: 340 } },
      { id: 2, at: { x: 500, y: 340 } },
    ];
    for (const { id, at } of ends) {
      const stretch = fingers.move(id, at)!;
      sight = { ...sight, camera: pannedBy(sight, stretch.dx, stretch.dy) };
      sight = { ...sight, camera: zoomedAt(sight, stretch.middle, stretch.factor) };
    }
    const [first, second] = held.map((place) => toScreen(sight, place));
    expect(second!.x - first!.x).toBeGreaterThan(240);
    expect((first!.x + second!.x) / 2).toBeCloseTo(375, -1);
    expect((first!.y + second!.y) / 2).toBeCloseTo(340, -1);
  });

  it('stretch nothing alone, or when a third comes', () => {
    const fingers = new Fingers();
    fingers.put(1, { x: 0, y: 0 });
    expect(fingers.move(1, { x: 9, y: 9 })).toBeNull();
    fingers.put(2, { x: 50, y: 0 });
    fingers.put(3, { x: 90, y: 0 });
    expect(fingers.move(3, { x: 95, y: 0 })).toBeNull();
    fingers.lift(3);
    fingers.lift(1);
    expect([fingers.count, fingers.one]).toEqual([1, [2, { x: 50, y: 0 }]]);
  });

  it('do not zoom without end when they meet', () => {
    const fingers = new Fingers();
    fingers.put(1, { x: 0, y: 0 });
    fingers.put(2, { x: 100, y: 0 });
    const stretch = fingers.move(2, { x: 0, y: 0 })!;
    expect(stretch.factor).toBeGreaterThan(0.2);
  });
});
