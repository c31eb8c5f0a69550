// A square of names against names as a picture: the nearer a share is to the worst, the stronger the colour of its cell.
import type { LabMatrix } from '../../core/domain/laboratory.ts';
import { document, GRID, INK, QUIET, round, text } from './svg-parts.ts';

const SIZE = { left: 150, top: 70, cell: 46, right: 40, bottom: 150, legend: 220 };
/** Red, green and blue of a cell without any difficulty, and of the worst; dark words can be read on both. */
const GOOD = [255, 255, 255] as const;
const WORST = [240, 138, 75] as const;

export function matrixFigure({ title, names, values, worst }: LabMatrix): string {
  const { left, top, cell } = SIZE;
  const side = names.length * cell;
  const middle = (i: number) => (i + 0.5) * cell;
  const cells = values.flatMap((row, r) =>
    row.map((share, c) => cellOf(share, left + c * cell, top + r * cell, worst, names[r] === names[c])),
  );
  const labels = names.flatMap((name, i) => [
    text(left - 10, top + middle(i), name, { anchor: 'end', colour: INK }),
    `<g transform="translate(${round(left + middle(i))} ${top + side + 12}) rotate(-45)">${text(0, 0, name, { anchor: 'end', colour: INK })}</g>`,
  ]);
  const width = Math.max(left + side + SIZE.right, left + SIZE.legend + SIZE.right, 560);
  const legendTop = top + side + SIZE.bottom - 50;
  return document(width, legendTop + 50, `${title}, %`, [...cells, ...labels, ...legend(left, legendTop, worst)]);
}

function cellOf(share: number | null, x: number, y: number, worst: number, isSelf: boolean): string {
  const { cell } = SIZE;
  const square = (fill: string) => `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="${fill}" stroke="${GRID}"/>`;
  if (share === null) return square(isSelf ? GRID : '#f4f5f8');
  const words = text(x + cell / 2, y + cell / 2, `${Math.round(100 * share)}`, { anchor: 'middle', colour: INK });
  return square(colourOf(share, worst)) + words;
}

/** Whatever is worse than the worst has its colour too. */
function colourOf(share: number, worst: number): string {
  const strength = Math.min(1, Math.max(0, (1 - share) / (1 - worst)));
  const mixed = GOOD.map((from, i) => Math.round(from + strength * (WORST[i]! - from)));
  return `rgb(${mixed.join(', ')})`;
}

function legend(x: number, y: number, worst: number): string[] {
  const nSteps = 5;
  const step = SIZE.legend / nSteps;
  return Array.from({ length: nSteps }, (_, i) => {
    const share = worst + ((1 - worst) * i) / (nSteps - 1);
    const at = round(x + i * step);
    return [
      `<rect x="${at}" y="${y}" width="${round(step)}" height="14" fill="${colourOf(share, worst)}" stroke="${GRID}"/>`,
      text(at + step / 2, y + 28, `${Math.round(100 * share)}`, { anchor: 'middle', colour: QUIET, size: 11 }),
    ].join('');
  });
}
