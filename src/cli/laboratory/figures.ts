// The figures of an evaluation as SVG pictures: a table's rows over its columns, and points on a plane.
import type { LabReport, LabRow, LabScatter, LabTable } from '../../core/domain/laboratory.ts';
import { distributionFigure } from './distribution-figure.ts';
import { matrixFigure } from './matrix-figure.ts';
import { COLOURS, document, GRID, INK, LINE, legendEntry, QUIET, round, text } from './svg-parts.ts';

const SIZE = { width: 900, height: 480, left: 60, right: 30, top: 50, bottom: 60 };
const SIDE = 7;
const SCATTER = { size: 640, margin: 30, top: 50, legend: 180 };

export interface NamedSvg {
  name: string;
  svg: string;
}

export function figuresOf(report: LabReport): NamedSvg[] {
  return [
    // Numbers of something say enough as a table.
    ...report.tables.filter(({ isCount }) => !isCount).map((table) => ({ name: table.id, svg: tableFigure(table) })),
    ...report.scatters.map((scatter) => ({ name: scatter.id, svg: scatterFigure(scatter) })),
    ...report.distributions.map((distribution) => ({ name: distribution.id, svg: distributionFigure(distribution) })),
    ...report.matrices.map((matrix) => ({ name: matrix.id, svg: matrixFigure(matrix) })),
  ];
}

/** Lines where columns are steps of a size, bars of the rows otherwise. */
export function tableFigure(table: LabTable): string {
  return table.axis === '' ? barFigure(table) : lineFigure(table);
}

function lineFigure({ title, axis, columns, rows }: LabTable): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const x = (i: number) => left + ((i + 0.5) / columns.length) * (width - left - right);
  const y = (share: number) => height - bottom - share * (height - top - bottom);
  const body = [
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
      `<line x1="${left}" x2="${width - right}" y1="${round(y(share))}" y2="${round(y(share))}" stroke="${GRID}"/>`,
      text(left - 8, y(share), `${Math.round(100 * share)}`, { anchor: 'end', colour: QUIET }),
    ]),
    ...columns.map((name, i) => text(x(i), height - bottom + 20, name, { anchor: 'middle', colour: QUIET })),
    text(left + (width - left - right) / 2, height - bottom + 44, axis, { anchor: 'middle', colour: QUIET }),
    // Side by side, so that no deviation hides another.
    ...rows.map((row, r) => seriesOf(row, COLOURS[r % COLOURS.length]!, (i) => x(i) + SIDE * (r - (rows.length - 1) / 2), y)),
    ...rows.map((row, i) => legendEntry(left, height + LINE * i, row.name, COLOURS[i % COLOURS.length]!, row.source !== null)),
  ];
  return document(width, height + LINE * rows.length + 10, `${title}, %`, body);
}

/** Measured figures with their deviation; published ones as open squares. */
function seriesOf({ figures, source }: LabRow, colour: string, x: (i: number) => number, y: (share: number) => number): string {
  const shown = figures.flatMap((figure, i) => (figure ? [{ ...figure, i }] : []));
  const path = shown.map(({ mean, i }, n) => `${n === 0 ? 'M' : 'L'}${round(x(i))} ${round(y(mean))}`).join(' ');
  const line = `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${source === null ? '' : ' stroke-dasharray="5 4"'}/>`;
  const marks = shown.map(({ mean, deviation, i }) => {
    const [cx, cy] = [round(x(i)), round(y(mean))];
    const error =
      deviation === null
        ? ''
        : `<line x1="${cx}" x2="${cx}" y1="${round(y(mean - deviation))}" y2="${round(y(mean + deviation))}" stroke="${colour}" opacity="0.5"/>`;
    return source === null
      ? `${error}<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}"/>`
      : `<rect x="${cx - 5}" y="${cy - 5}" width="10" height="10" fill="#ffffff" stroke="${colour}" stroke-width="2"/>`;
  });
  return line + marks.join('');
}

function barFigure({ title, columns, rows }: LabTable): string {
  const nameWidth = 330;
  const barWidth = SIZE.width - nameWidth - 130;
  const rowHeight = 12 * columns.length + 16;
  const body = rows.flatMap((row, r) => {
    const top = SIZE.top + 20 + r * rowHeight;
    const bars = row.figures.flatMap((figure, c) => {
      if (!figure) return [];
      const colour = COLOURS[c % COLOURS.length]!;
      const style = row.source === null ? `fill="${colour}"` : `fill="#ffffff" stroke="${colour}"`;
      const y = top + 12 * c;
      const length = round(figure.mean * barWidth);
      return [
        `<rect x="${nameWidth}" y="${y}" width="${length}" height="10" ${style}/>`,
        text(nameWidth + length + 6, y + 5, (100 * figure.mean).toFixed(1), { anchor: 'start', colour: QUIET, size: 11 }),
      ];
    });
    return [text(nameWidth - 10, top + 6 * columns.length, row.name, { anchor: 'end', colour: INK, size: 12 }), ...bars];
  });
  const bottom = SIZE.top + 20 + rows.length * rowHeight;
  const legend = columns.map((name, c) =>
    legendEntry(nameWidth, bottom + 20 + LINE * c, name, COLOURS[c % COLOURS.length]!, false),
  );
  return document(SIZE.width, bottom + 20 + LINE * columns.length, `${title}, %`, [...body, ...legend]);
}

export function scatterFigure({ title, positions, classes, classNames, isUnseen }: LabScatter): string {
  const { size, margin, top, legend } = SCATTER;
  const xs = positions.filter((_, i) => i % 2 === 0);
  const ys = positions.filter((_, i) => i % 2 === 1);
  const [minX, minY] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - minX, Math.max(...ys) - minY) || 1;
  const place = (value: number, min: number) => round(margin + ((value - min) / span) * (size - 2 * margin));
  const points = classes.map((label, i) => {
    const colour = COLOURS[label % COLOURS.length]!;
    const style = isUnseen[i] ? `fill="#ffffff" stroke="${colour}" stroke-width="2"` : `fill="${colour}" fill-opacity="0.8"`;
    return `<circle cx="${place(xs[i]!, minX)}" cy="${round(top + place(ys[i]!, minY))}" r="4.5" ${style}/>`;
  });
  const names = classNames.map((name, i) =>
    legendEntry(size + 10, top + 30 + LINE * i, name, COLOURS[i % COLOURS.length]!, false),
  );
  return document(size + legend, top + size, title, [...points, ...names]);
}
