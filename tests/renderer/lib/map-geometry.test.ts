// Where things are on the map: box and pixels, nearest points, lassos, names that fit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Camera,
  cameraOn,
  clipView,
  HOME,
  pannedBy,
  type Sight,
  toMap,
  toScreen,
  zoomedAt,
} from '../../../src/renderer/lib/map-camera.ts';
import { MapGrid } from '../../../src/renderer/lib/map-grid.ts';
import { placeLabels, placeTitles } from '../../../src/renderer/lib/map-labels.ts';
import { enclosed } from '../../../src/renderer/lib/map-lasso.ts';

const size = { width: 900, height: 600 };
const sightOf = (camera: Camera): Sight => ({ camera, size, extent: { x: 1, y: 0.6 } });

const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const camera = fc.record({ x: coordinate, y: coordinate, zoom: fc.double({ min: 0.5, max: 50, noNaN: true }) });
const pixel = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });

describe('the camera', () => {
  it('turns pixels into places and back', () => {
    fc.assert(
      fc.property(camera, pixel, (at, { x, y }) => {
        const back = toScreen(sightOf(at), toMap(sightOf(at), { x, y }));
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('shows the whole map at home, up being up', () => {
    const corners = [toScreen(sightOf(HOME), { x: -1, y: 0.6 }), toScreen(sightOf(HOME), { x: 1, y: -0.6 })];
    expect(corners[0]!.x).toBeGreaterThan(0);
    expect(corners[0]!.y).toBeLessThan(corners[1]!.y);
    expect(corners[1]!.x).toBeLessThan(size.width);
    expect(corners[1]!.y).toBeLessThan(size.height);
  });

  it('keeps what is under the pointer there while it zooms', () => {
    const near = { x: 0.1, y: 0.05, zoom: 3 };
    const pointer = { x: 500, y: 280 };
    const before = toMap(sightOf(near), pointer);
    const after = toMap(sightOf(zoomedAt(sightOf(near), pointer, 1.7)), pointer);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  it('moves the map with the pointer, but never out of sight', () => {
    const start = sightOf({ x: 0, y: 0, zoom: 4 });
    const place = toScreen(start, { x: 0.02, y: 0.03 });
    const moved = toScreen(sightOf(pannedBy(start, 30, -20)), { x: 0.02, y: 0.03 });
    expect([moved.x - place.x, moved.y - place.y].map(Math.round)).toEqual([30, -20]);
    expect(Math.abs(pannedBy(start, 1e6, 0).x)).toBe(1);
  });

  it('tells the graphics card the same places as the window', () => {
    fc.assert(
      fc.property(camera, coordinate, coordinate, (at, x, y) => {
        const { scale, offset } = clipView(sightOf(at));
        const screen = toScreen(sightOf(at), { x, y });
        expect(((x * scale[0] + offset[0] + 1) / 2) * size.width).toBeCloseTo(screen.x, 6);
        expect(((1 - (y * scale[1] + offset[1])) / 2) * size.height).toBeCloseTo(screen.y, 6);
      }),
    );
  });

  it('looks at a region so that all of it is in sight', () => {
    const points = [
      { x: 0.2, y: 0.1 },
      { x: 0.3, y: 0.25 },
      { x: 0.25, y: 0.05 },
    ];
    const sight = sightOf(cameraOn(sightOf(HOME), points));
    expect(sight.camera.zoom).toBeGreaterThan(2);
    for (const point of points) {
      const { x, y } = toScreen(sight, point);
      expect(x > 0 && x < size.width && y > 0 && y < size.height).toBe(true);
    }
  });
});

const cloud = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 300 })
  .map((pairs) => Float32Array.from(pairs.flat()));
const distance = (positions: Float32Array, i: number, x: number, y: number): number =>
  Math.hypot(positions[2 * i]! - x, positions[2 * i + 1]! - y);

describe('the grid', () => {
  it('finds the nearest accepted point, from within the map and from beside it', () => {
    const anywhere = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(cloud, anywhere, anywhere, fc.integer({ min: 1, max: 3 }), (positions, x, y, every) => {
        const accepts = (i: number): boolean => i % every === 0;
        const accepted = [...Array(positions.length / 2).keys()].filter(accepts);
        const least = Math.min(...accepted.map((i) => distance(positions, i, x, y)));
        const found = new MapGrid(positions).nearest({ x, y }, Infinity, accepts);
        expect(accepts(found)).toBe(true);
        expect(distance(positions, found, x, y)).toBeCloseTo(least, 9);
      }),
    );
  });

  it('finds nothing beyond reach', () => {
    const grid = new MapGrid(Float32Array.of(0, 0, 1, 1));
    expect(grid.nearest({ x: 0.2, y: 0 }, 0.1, () => true)).toBe(-1);
    expect(grid.nearest({ x: 0.2, y: 0 }, 0.3, () => true)).toBe(0);
    expect(new MapGrid(new Float32Array(0)).nearest({ x: 0, y: 0 }, 1, () => true)).toBe(-1);
  });

  it('goes to the next point straight ahead, and nowhere at the edge', () => {
    // 1 is nearer than 2 but aside; 3 is behind.
    const grid = new MapGrid(Float32Array.of(0, 0, 0.2, 0.19, 0.3, 0, -0.1, 0));
    const all = (): boolean => true;
    expect(grid.towards(0, 'right', all)).toBe(2);
    expect(grid.towards(0, 'left', all)).toBe(3);
    expect(grid.towards(3, 'left', all)).toBe(-1);
    expect(grid.towards(0, 'right', (i) => i !== 2)).toBe(1);
  });
});

describe('the lasso', () => {
  it('encloses what is inside of its loop, also when the loop bends inwards', () => {
    const horseshoe = [
      { x: 0, y: 0 },
      { x: 3, y: 0 },
      { x: 3, y: 3 },
      { x: 2, y: 3 },
      { x: 2, y: 1 },
      { x: 1, y: 1 },
      { x: 1, y: 3 },
      { x: 0, y: 3 },
    ];
    const positions = Float32Array.of(0.5, 2, 1.5, 2, 2.5, 2, 1.5, 0.5, 5, 5);
    expect(enclosed(positions, horseshoe, () => true)).toEqual([0, 2, 3]);
    expect(enclosed(positions, horseshoe, (i) => i !== 2)).toEqual([0, 3]);
    expect(enclosed(positions, horseshoe.slice(0, 2), () => true)).toEqual([]);
  });
});

describe('names of regions', () => {
  const clusters = [
    { name: 'small', nTracks: 5, x: 0.01, y: 0 },
    { name: 'large', nTracks: 50, x: 0, y: 0 },
    { name: 'far', nTracks: 10, x: 0.8, y: 0.4 },
  ];
  const names = (zoom: number): string[] => placeLabels(sightOf({ x: 0, y: 0, zoom }), clusters).map(({ name }) => name);

  it('give way to larger ones, and come when there is room for them', () => {
    expect(names(1)).toEqual(['large', 'far']);
    expect(names(30)).toEqual(['large', 'small']);
  });

  it('go before titles, which cover neither each other nor a point', () => {
    const sight = sightOf({ x: 0, y: 0, zoom: 2 });
    const labels = placeLabels(sight, clusters);
    const belowPx = 8;
    const points = Array.from({ length: 40 }, (_, index) => {
      const [x, y] = [Math.sin(index * 12.9) * 0.4, Math.sin(index * 78.2) * 0.4];
      return { index, title: `Title of track ${index}`, x, y };
    });
    const titles = placeTitles(sight, points, labels, belowPx);
    expect(titles.length).toBeGreaterThan(3);
    const isOver = (a: { x: number; y: number }, b: { x: number; y: number }, width: number, height: number): boolean =>
      Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height;
    const others = (index: number) => titles.filter((title) => title.index !== index);
    expect(titles.filter((title) => others(title.index).some((other) => isOver(title, other, 90, 14)))).toEqual([]);
    const dots = points.map((point) => toScreen(sight, point));
    expect(titles.filter((title) => dots.some((dot) => isOver(title, dot, 45, 7)))).toEqual([]);
    expect(titles.filter((title) => labels.some((label) => isOver(title, label, 45, 7)))).toEqual([]);
  });
});
