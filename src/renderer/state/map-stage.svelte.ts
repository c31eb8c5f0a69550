// What the map's window shows at this moment: points on their way to their places, the part of the map in sight, and what lies where.
import {
  between,
  type Camera,
  HOME,
  type PlotSize,
  pannedBy,
  pixelsPerUnit,
  type Sight,
  toScreen,
  zoomedAt,
} from '../lib/map-camera.ts';
import { MapGrid } from '../lib/map-grid.ts';
import { EMPTY_SCENE, midway, type Passage, type Point, passageTo, type Scene } from '../lib/map-scene.ts';

interface Motion {
  startMs: number;
  durationMs: number;
  /** At one speed, for frames that follow each other. */
  isEven: boolean;
  extent: Point;
}

interface Flight {
  from: Camera;
  to: Camera;
  startMs: number;
}

const FLIGHT_MS = 320;
const NOWHERE: Passage = { from: new Float32Array(0), isNew: new Uint8Array(0) };

export class MapStage {
  #scene = $state.raw<Scene>(EMPTY_SCENE);
  #camera = $state.raw<Camera>(HOME);
  #extent = $state.raw<Point>({ x: 1, y: 1 });
  #isMoving = $state(false);
  #isSettled = $state(false);
  #passage: Passage = NOWHERE;
  #motion: Motion | null = null;
  #flight: Flight | null = null;
  #t = 1;
  #grid: MapGrid | null = null;
  /** Pixels of the window's part that the map has. */
  size = $state.raw<PlotSize>({ width: 0, height: 0 });

  get scene(): Scene {
    return this.#scene;
  }

  get passage(): Passage {
    return this.#passage;
  }

  /** How far the points have come, 0..1. */
  get t(): number {
    return this.#t;
  }

  /** Points or camera are on their way: `step` has to be called for every picture. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** The points stand where they belong. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  get sight(): Sight {
    return { camera: this.#camera, size: this.size, extent: this.#extent };
  }

  /** Of the places where points are going. */
  get grid(): MapGrid {
    this.#grid ??= new MapGrid(this.#scene.positions);
    return this.#grid;
  }

  /** Tracks that are on stage move to their new places. */
  show(scene: Scene, durationMs: number, isEven = false, nowMs = performance.now()): void {
    const standing = { trackIds: this.#scene.trackIds, positions: midway(this.#passage, this.#scene.positions, this.#t) };
    const isFirst = this.#scene.trackIds.length === 0;
    this.#passage = passageTo(standing, scene);
    this.#motion = { startMs: nowMs, durationMs: stillOr(durationMs), isEven, extent: isFirst ? scene.extent : this.#extent };
    this.#t = 0;
    this.#grid = null;
    this.#scene = scene;
    this.#isMoving = true;
    this.#isSettled = false;
  }

  clear(): void {
    this.#scene = EMPTY_SCENE;
    this.#passage = NOWHERE;
    this.#motion = null;
    this.#grid = null;
    this.#camera = HOME;
  }

  /** Moves points and camera on to this moment. */
  step(nowMs: number): void {
    if (this.#motion) this.#stepPoints(this.#motion, nowMs);
    if (this.#flight) this.#stepCamera(this.#flight, nowMs);
    this.#isMoving = this.#motion !== null || this.#flight !== null;
  }

  pan(dx: number, dy: number): void {
    this.#look(pannedBy(this.sight, dx, dy));
  }

  zoom(pixel: Point, factor: number): void {
    this.#look(zoomedAt(this.sight, pixel, factor));
  }

  /** Zooms on the middle of the window. */
  zoomMiddle(factor: number, nowMs = performance.now()): void {
    this.flyTo(zoomedAt(this.sight, { x: this.size.width / 2, y: this.size.height / 2 }, factor), nowMs);
  }

  fit(nowMs = performance.now()): void {
    this.flyTo(HOME, nowMs);
  }

  flyTo(to: Camera, nowMs = performance.now()): void {
    this.#flight = { from: this.#camera, to, startMs: nowMs };
    this.#isMoving = true;
  }

  placeOf(index: number): Point {
    const { positions } = this.#scene;
    return { x: positions[2 * index]!, y: positions[2 * index + 1]! };
  }

  /** The point that a pixel means, -1 = none within reach. */
  pick(place: Point, reachPx: number, accepts: (index: number) => boolean): number {
    return this.grid.nearest(place, reachPx / pixelsPerUnit(this.sight), accepts);
  }

  /** Brings a point into sight, without haste and no further than needed. */
  reveal(index: number, marginPx: number): void {
    const { x, y } = toScreen(this.sight, this.placeOf(index));
    const beyond = (value: number, limit: number): number =>
      value < marginPx ? marginPx - value : value > limit - marginPx ? limit - marginPx - value : 0;
    const [dx, dy] = [beyond(x, this.size.width), beyond(y, this.size.height)];
    if (dx !== 0 || dy !== 0) this.flyTo(pannedBy(this.sight, dx, dy));
  }

  #look(camera: Camera): void {
    this.#flight = null;
    this.#camera = camera;
  }

  #stepPoints(motion: Motion, nowMs: number): void {
    const passed = passedOf(nowMs - motion.startMs, motion.durationMs);
    this.#t = motion.isEven ? passed : eased(passed);
    const { extent } = this.#scene;
    const at = (from: number, to: number): number => from + (to - from) * this.#t;
    this.#extent = { x: at(motion.extent.x, extent.x), y: at(motion.extent.y, extent.y) };
    if (passed < 1) return;
    this.#motion = null;
    this.#isSettled = true;
  }

  #stepCamera(flight: Flight, nowMs: number): void {
    const passed = passedOf(nowMs - flight.startMs, stillOr(FLIGHT_MS));
    this.#camera = between(flight.from, flight.to, eased(passed));
    if (passed >= 1) this.#flight = null;
  }
}

/** A picture's time may be a little before the moment that asked for it. */
function passedOf(sinceMs: number, durationMs: number): number {
  return durationMs > 0 ? Math.min(1, Math.max(0, sinceMs / durationMs)) : 1;
}

function eased(t: number): number {
  return t * t * (3 - 2 * t);
}

/** People who asked their system for stillness see the end at once. */
function stillOr(durationMs: number): number {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ? 0 : durationMs;
}
