// A map as a PNG picture.
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { StemscapeError } from '../../core/domain/errors.ts';
import { fitTo, type Legend, type MapDrawing } from './map-drawing.ts';

const SIZE = 1100;
const MARGIN = 40;
const TOP = 60;
const LEGEND_WIDTH = 300;
const LINE = 24;
const MAX_ENTRIES = 36;
const FONT = 'Inter, "Helvetica Neue", "Segoe UI", Arial, "DejaVu Sans", sans-serif';
const INK = '#1b2130';
const QUIET = '#5a6375';
const PAPER = '#ffffff';

/** PNG bytes. @throws StemscapeError host.unavailable on a system without any font */
export function mapPicture(drawing: MapDrawing): Uint8Array {
  if (GlobalFonts.families.length === 0) {
    throw new StemscapeError('host.unavailable', 'This system has no font to write the picture with.');
  }
  const bottom = TOP + SIZE;
  const canvas = createCanvas(SIZE + LEGEND_WIDTH, bottom + MARGIN + LINE * drawing.figures.length);
  const context = canvas.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  write(context, drawing.title, MARGIN, TOP / 2 + 6, `600 22px ${FONT}`, INK);
  drawPoints(context, drawing);
  drawClusterNames(context, drawing);
  drawLegend(context, drawing.legend);
  for (const [i, line] of drawing.figures.entries()) write(context, line, MARGIN, bottom + 10 + LINE * i, `15px ${FONT}`, QUIET);
  return canvas.toBuffer('image/png');
}

/** Many points are small and let others shine through. */
function drawPoints(context: SKRSContext2D, { positions, colours }: MapDrawing): void {
  const place = fitTo(positions, SIZE, MARGIN);
  const n = colours.length;
  const radius = Math.max(1.2, Math.min(6, 120 / Math.sqrt(Math.max(1, n))));
  context.globalAlpha = n > 20_000 ? 0.5 : 0.8;
  for (let i = 0; i < n; i++) {
    const [x, y] = place(positions[2 * i]!, positions[2 * i + 1]!);
    context.fillStyle = colours[i]!;
    context.beginPath();
    context.arc(x, TOP + y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** The largest clusters first; a name that would lie over another one is left out. */
function drawClusterNames(context: SKRSContext2D, { positions, clusters }: MapDrawing): void {
  const place = fitTo(positions, SIZE, MARGIN);
  const taken: { left: number; right: number; y: number }[] = [];
  context.font = `600 15px ${FONT}`;
  context.textAlign = 'center';
  for (const { name, x, y } of clusters.toSorted((a, b) => b.nTracks - a.nTracks)) {
    const half = context.measureText(name).width / 2;
    const [px, py] = place(x, y);
    const middle = Math.max(MARGIN + half, Math.min(SIZE - MARGIN - half, px));
    const box = { left: middle - half, right: middle + half, y: TOP + py };
    if (taken.some((other) => Math.abs(other.y - box.y) < LINE && box.left < other.right && other.left < box.right)) continue;
    taken.push(box);
    context.lineJoin = 'round';
    context.lineWidth = 5;
    context.strokeStyle = PAPER;
    context.strokeText(name, middle, box.y);
    context.fillStyle = INK;
    context.fillText(name, middle, box.y);
  }
  context.textAlign = 'left';
}

function drawLegend(context: SKRSContext2D, legend: Legend): void {
  const left = SIZE + 10;
  if (legend.kind === 'number') {
    const gradient = context.createLinearGradient(0, TOP + 220, 0, TOP + 20);
    for (const [i, colour] of legend.colours.entries()) gradient.addColorStop(i / (legend.colours.length - 1), colour);
    context.fillStyle = gradient;
    context.fillRect(left, TOP + 20, 18, 200);
    write(context, legend.to, left + 30, TOP + 24, `15px ${FONT}`, INK);
    write(context, legend.from, left + 30, TOP + 216, `15px ${FONT}`, INK);
    return;
  }
  const shown = legend.entries.slice(0, MAX_ENTRIES);
  for (const [i, { name, colour, nTracks }] of shown.entries()) {
    const y = TOP + 20 + LINE * i;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(left + 8, y, 7, 0, 2 * Math.PI);
    context.fill();
    write(context, fitted(context, `${name}  ${nTracks}`), left + 24, y, `15px ${FONT}`, INK);
  }
  const nMore = legend.entries.length - shown.length;
  if (nMore > 0) write(context, `and ${nMore} more`, left + 24, TOP + 20 + LINE * shown.length, `15px ${FONT}`, QUIET);
}

function fitted(context: SKRSContext2D, text: string): string {
  context.font = `15px ${FONT}`;
  let cut = text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > LEGEND_WIDTH - 44) cut = cut.slice(0, -1);
  return cut === text ? text : `${cut}…`;
}

function write(context: SKRSContext2D, text: string, x: number, y: number, font: string, colour: string): void {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
