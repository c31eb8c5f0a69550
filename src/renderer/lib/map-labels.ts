// Which regions' names fit over the map at the present zoom, and where: the largest first, none over another.
import { type Sight, toScreen } from './map-camera.ts';

/** A region with its place in the box. */
interface Named {
  name: string;
  nTracks: number;
  x: number;
  y: number;
}

export interface PlacedLabel {
  /** Which of the regions. */
  index: number;
  name: string;
  /** Pixels of its middle. */
  x: number;
  y: number;
}

export const LABEL_WIDTH_PX = 168;
const [CHARACTER_PX, LINE_PX, GAP_PX] = [6.7, 16, 8];

/** A point with its title, and its place in the box. */
interface Titled {
  index: number;
  title: string;
  x: number;
  y: number;
}

export const TITLE_WIDTH_PX = 140;
const [TITLE_CHARACTER_PX, TITLE_LINE_PX] = [6.2, 15];

export function placeLabels(sight: Sight, regions: readonly Named[]): PlacedLabel[] {
  const taken: Box[] = [];
  const placed: PlacedLabel[] = [];
  const largestFirst = [...regions.entries()].sort(([, a], [, b]) => b.nTracks - a.nTracks);
  for (const [index, region] of largestFirst) {
    const { x, y } = toScreen(sight, region);
    if (x < 0 || y < 0 || x > sight.size.width || y > sight.size.height) continue;
    const box = boxOf(region.name, x, y);
    if (taken.some((other) => overlaps(other, box))) continue;
    taken.push(box);
    placed.push({ index, name: region.name, x, y });
  }
  return placed;
}

/** Titles under their points, none over another, a point or the name of a region. @param belowPx from a point's middle */
export function placeTitles(
  sight: Sight,
  titled: readonly Titled[],
  labels: readonly PlacedLabel[],
  belowPx: number,
): PlacedLabel[] {
  const dots = titled.map((point) => ({ ...toScreen(sight, point), halfWidth: belowPx / 2, halfHeight: belowPx / 2 }));
  const taken: Box[] = [...labels.map(({ name, x, y }) => boxOf(name, x, y)), ...dots];
  return titled.flatMap(({ index, title, x, y }) => {
    const at = toScreen(sight, { x, y });
    const width = Math.min(TITLE_WIDTH_PX, title.length * TITLE_CHARACTER_PX);
    const box = { x: at.x, y: at.y + belowPx + TITLE_LINE_PX / 2, halfWidth: width / 2 + 3, halfHeight: TITLE_LINE_PX / 2 };
    const isInside =
      box.x > box.halfWidth && box.x < sight.size.width - box.halfWidth && box.y < sight.size.height - TITLE_LINE_PX;
    if (!isInside || taken.some((other) => overlaps(other, box))) return [];
    taken.push(box);
    return [{ index, name: title, x: box.x, y: box.y }];
  });
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
