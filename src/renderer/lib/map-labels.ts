// Which regions' names fit over the map at the present zoom, and where: the largest first, none over another.
import type { MapCluster } from '../../contract/index.ts';
import { type Sight, toScreen } from './map-camera.ts';

export interface PlacedLabel {
  name: string;
  /** Pixels of its middle. */
  x: number;
  y: number;
}

export const LABEL_WIDTH_PX = 168;
const [CHARACTER_PX, LINE_PX, GAP_PX] = [6.7, 16, 8];

/** @param clusters with their places in the box */
export function placeLabels(sight: Sight, clusters: readonly MapCluster[]): PlacedLabel[] {
  const taken: Box[] = [];
  const placed: PlacedLabel[] = [];
  for (const cluster of [...clusters].sort((a, b) => b.nTracks - a.nTracks)) {
    const { x, y } = toScreen(sight, cluster);
    if (x < 0 || y < 0 || x > sight.size.width || y > sight.size.height) continue;
    const box = boxOf(cluster.name, x, y);
    if (taken.some((other) => overlaps(other, box))) continue;
    taken.push(box);
    placed.push({ name: cluster.name, x, y });
  }
  return placed;
}

interface Box {
  x: number;
  y: number;
  halfWidth: number;
  halfHeight: number;
}

/** About as large as the text will be: broken into lines of the greatest width. */
function boxOf(name: string, x: number, y: number): Box {
  const length = name.length * CHARACTER_PX;
  const nLines = Math.ceil(length / (LABEL_WIDTH_PX - 4 * CHARACTER_PX));
  const width = Math.min(length, LABEL_WIDTH_PX);
  return { x, y, halfWidth: (width + GAP_PX) / 2, halfHeight: (nLines * LINE_PX + GAP_PX) / 2 };
}

function overlaps(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight;
}
