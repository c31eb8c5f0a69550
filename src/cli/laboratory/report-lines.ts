// An evaluation as lines for a terminal: what was tested, tables with the published figures beside the measured ones, and notes.
import type { LabFigure, LabReport, LabTable } from '../../core/domain/laboratory.ts';
import { formatDuration } from '../progress-line.ts';

const MAX_LEFT_OUT = 5;

export function reportLines(report: LabReport): string[] {
  return [
    ...datasetLines(report),
    ...report.tables.flatMap((table) => ['', ...tableLines(table)]),
    '',
    ...report.notes,
    `Took ${formatDuration(report.seconds)}.`,
  ];
}

function datasetLines({ dataset, protocol }: LabReport): string[] {
  const { genres, nFiles, meanDurationSec, leftOut, split } = dataset;
  const lines = [
    `Protocol ${protocol} on ${nFiles} recordings of ${genres.length} genres, ${meanDurationSec.toFixed(1)} s long on average`,
    `  ${genres.map(({ name, nFiles: n }) => `${name} ${n}`).join(', ')}`,
    `  Split: ${split}`,
  ];
  for (const { path, reason } of leftOut.slice(0, MAX_LEFT_OUT)) lines.push(`  left out: ${path}. ${reason}`);
  if (leftOut.length > MAX_LEFT_OUT)
    lines.push(`  and ${leftOut.length - MAX_LEFT_OUT} more left out; ${protocol}.json names them`);
  return lines;
}

/** "62.6 ± 3.1" in percent, or "-". */
export function figureText(figure: LabFigure | null): string {
  if (figure === null) return '-';
  const percent = (share: number) => (100 * share).toFixed(1);
  return figure.deviation === null ? percent(figure.mean) : `${percent(figure.mean)} ± ${percent(figure.deviation)}`;
}

function countText(figure: LabFigure | null): string {
  return figure === null ? '-' : figure.mean.toLocaleString('en');
}

export function tableLines({ title, axis, columns, rows, isCount }: LabTable): string[] {
  const textOf = isCount ? countText : figureText;
  const cells = [[axis, ...columns], ...rows.map(({ name, figures }) => [name, ...figures.map(textOf)])];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map(
    ([first, ...rest]) => `  ${first!.padEnd(widths[0]!)}${rest.map((text, i) => `  ${text.padStart(widths[i + 1]!)}`).join('')}`,
  );
  const sources = rows.filter(({ source }) => source !== null).map(({ name, source }) => `  ${name}: ${source}.`);
  return [isCount ? title : `${title}, %`, ...lines, ...sources];
}
