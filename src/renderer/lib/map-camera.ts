// Which part of the map's box the window shows: centre and zoom, and the way between box and pixels.
import type { Point } from './map-scene.ts';

export interface Camera {
  x: number;
  y: number;
  /** 1 = the whole map fits. */
  zoom: number;
}

export interface PlotSize {
  width: number;
  height: number;
}

/** What turns box into pixels. */
export interface Sight {
  camera: Camera;
  size: PlotSize;
  /** Half width and half height of the map in the box. */
  extent: Point;
}

export const HOME: Camera = { x: 0, y: 0, zoom: 1 };
const [MIN_ZOOM, MAX_ZOOM] = [0.5, 400];
const MARGIN_PX = 36;

export function pixelsPerUnit({ camera, size, extent }: Sight): number {
  const fit = Math.min((size.width - 2 * MARGIN_PX) / (2 * extent.x), (size.height - 2 * MARGIN_PX) / (2 * extent.y));
  return camera.zoom * Math.max(1, fit);
}

/** Pixels from the top left corner; up on the map is up on the screen. */
export function toScreen(sight: Sight, { x, y }: Point): Point {
  const scale = pixelsPerUnit(sight);
  const { camera, size } = sight;
  return { x: size.width / 2 + (x - camera.x) * scale, y: size.height / 2 - (y - camera.y) * scale };
}

export function toMap(sight: Sight, { x, y }: Point): Point {
  const scale = pixelsPerUnit(sight);
  const { camera, size } = sight;
  return { x: camera.x + (x - size.width / 2) / scale, y: camera.y - (y - size.height / 2) / scale };
}

/** What is under the pixel stays under it. */
export function zoomedAt(sight: Sight, pixel: Point, factor: number): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, sight.camera.zoom * factor));
  const before = toMap(sight, pixel);
  const after = toMap({ ...sight, camera: { ...sight.camera, zoom } }, pixel);
  return inside({ x: sight.camera.x + before.x - after.x, y: sight.camera.y + before.y - after.y, zoom }, sight.extent);
}

/** The map follows the pointer. */
export function pannedBy(sight: Sight, dx: number, dy: number): Camera {
  const scale = pixelsPerUnit(sight);
  const { x, y, zoom } = sight.camera;
  return inside({ x: x - dx / scale, y: y + dy / scale, zoom }, sight.extent);
}

/** The whole of the given points, with air around them. */
export function cameraOn(sight: Sight, points: readonly Point[]): Camera {
  if (points.length === 0) return sight.camera;
  const xs = points.map(({ x }) => x).sort((a, b) => a - b);
  const ys = points.map(({ y }) => y).sort((a, b) => a - b);
  const [left, right, bottom, top] = [xs[0]!, xs.at(-1)!, ys[0]!, ys.at(-1)!];
  const home = pixelsPerUnit({ ...sight, camera: HOME });
  const wanted = Math.min(
    (sight.size.width - 4 * MARGIN_PX) / Math.max(1e-3, right - left),
    (sight.size.height - 4 * MARGIN_PX) / Math.max(1e-3, top - bottom),
  );
  const zoom = Math.min(MAX_ZOOM / 4, Math.max(1, wanted / home));
  return { x: (left + right) / 2, y: (bottom + top) / 2, zoom };
}

/** Between two cameras; zoom goes by equal factors. */
export function between(a: Camera, b: Camera, t: number): Camera {
  if (t >= 1) return b;
  const zoom = a.zoom * (b.zoom / a.zoom) ** t;
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, zoom };
}

/** The middle of the window never leaves the map. */
function inside({ x, y, zoom }: Camera, extent: Point): Camera {
  const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));
  return { x: clamp(x, extent.x), y: clamp(y, extent.y), zoom };
}

/** Box to clip space, for the graphics card. */
export function clipView(sight: Sight): { scale: [number, number]; offset: [number, number] } {
  const pixels = 2 * pixelsPerUnit(sight);
  const scale: [number, number] = [pixels / sight.size.width, pixels / sight.size.height];
  return { scale, offset: [-sight.camera.x * scale[0], -sight.camera.y * scale[1]] };
}

const [LEAST_PX, LARGEST_PX, LARGEST_ZOOMED_PX] = [2.2, 13, 18];

/** Points leave some ground between them, and grow more slowly than the map. */
export function diameterPx({ camera, size }: Sight, n: number): number {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, n));
  const base = Math.min(LARGEST_PX, Math.max(LEAST_PX, 0.35 * room + 1.2));
  return Math.min(LARGEST_ZOOMED_PX, base * camera.zoom ** 0.4);
}
