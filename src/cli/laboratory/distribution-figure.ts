// What several things gave in the same trials, as a picture: every trial a point, the middle half a box, the median a line, and a published figure an open
// square.
import type { LabDistribution } from '../../core/domain/laboratory.ts';
import { COLOURS, document, GRID, INK, QUIET, round, text } from './svg-parts.ts';

const SIZE = { width: 900, left: 260, right: 40, top: 60, bottom: 40 };
const ROW = 64;
const BOX = 22;
/** Points lie above and below the middle in turn, so that fewer hide each other. */
const SPREAD = [0, -1, 1, -0.5, 0.5, -0.75, 0.75, -0.25, 0.25] as const;

export function distributionFigure({ title, rows }: LabDistribution): string {
  const all = rows.flatMap(({ values, published }) => (published === null ? values : [...values, published]));
  const low = Math.max(0, Math.floor(20 * Math.min(...all) - 0.2) / 20);
  const high = Math.min(1, Math.ceil(20 * Math.max(...all) + 0.2) / 20);
  const x = (share: number) => round(SIZE.left + ((share - low) / (high - low)) * (SIZE.width - SIZE.left - SIZE.right));
  const bottom = SIZE.top + rows.length * ROW;
  const nSteps = Math.round(20 * (high - low));
  const ticks = Array.from({ length: nSteps + 1 }, (_, i) => low + i / 20);
  const body = [
    ...ticks.flatMap((share) => [
      `<line x1="${x(share)}" x2="${x(share)}" y1="${SIZE.top}" y2="${bottom}" stroke="${GRID}"/>`,
      text(x(share), bottom + 16, `${Math.round(100 * share)}`, { anchor: 'middle', colour: QUIET }),
    ]),
    ...rows.flatMap((row, i) => rowOf(row, SIZE.top + (i + 0.5) * ROW, COLOURS[i % COLOURS.length]!, x)),
  ];
  return document(SIZE.width, bottom + SIZE.bottom, `${title}, %`, body);
}

function rowOf(
  { name, values, published }: LabDistribution['rows'][number],
  y: number,
  colour: string,
  x: (share: number) => number,
): string[] {
  const sorted = values.toSorted((a, b) => a - b);
  const [from, middle, to] = [0.25, 0.5, 0.75].map((share) => x(quantile(sorted, share))) as [number, number, number];
  const points = values.map((value, i) => {
    const offset = (BOX / 2) * SPREAD[i % SPREAD.length]!;
    return `<circle cx="${x(value)}" cy="${round(y + offset)}" r="3.5" fill="${colour}" fill-opacity="0.55"/>`;
  });
  return [
    text(SIZE.left - 16, y, name, { anchor: 'end', colour: INK }),
    `<rect x="${from}" y="${y - BOX}" width="${round(to - from)}" height="${2 * BOX}" fill="${colour}" fill-opacity="0.12" stroke="${colour}"/>`,
    `<line x1="${middle}" x2="${middle}" y1="${y - BOX}" y2="${y + BOX}" stroke="${colour}" stroke-width="3"/>`,
    ...points,
    ...(published === null
      ? []
      : [
          `<rect x="${round(x(published) - 6)}" y="${y - 6}" width="12" height="12" fill="#ffffff" stroke="${INK}" stroke-width="2"/>`,
          text(x(published), y - BOX - 8, 'paper', { anchor: 'middle', colour: QUIET, size: 11 }),
        ]),
  ];
}

/** Between the two nearest values, by how near each is. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
