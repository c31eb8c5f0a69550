// A confusion matrix as a picture: a row a genre as labelled, a column a genre as guessed, counts in cells whose colour says how
// large a share of the row they are.
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { StemscapeError } from '../core/domain/errors.ts';
import type { Evaluation } from '../core/domain/training.ts';

const CELL = 56;
const FONT = 'Inter, "Helvetica Neue", "Segoe UI", Arial, "DejaVu Sans", sans-serif';
const TEXT_SIZE = 16;
const TITLE_SIZE = 20;
const MARGIN = 24;
const INK = '#1b2130';
const PAPER = '#ffffff';
const GRID = '#d9dee8';
/** Right guesses and wrong ones, from no share of the row to all of it. */
const RIGHT = { from: [240, 246, 255], to: [24, 92, 196] } as const;
const WRONG = { from: [255, 245, 240], to: [201, 66, 34] } as const;
const LONGEST_NAME = 24;

/** Pixels of the cells' upper left corner and of the whole picture. */
export interface MatrixLayout {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** PNG bytes. @throws StemscapeError host.unavailable on a system without any font */
export function confusionPicture(title: string, { perGenre, confusion }: Evaluation): Uint8Array {
  if (GlobalFonts.families.length === 0) {
    throw new StemscapeError('host.unavailable', 'This system has no font to write the picture with.');
  }
  const names = perGenre.map(({ name }) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name));
  const layout = layOut(names, title);
  const canvas = createCanvas(layout.width, layout.height);
  const context = canvas.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, layout.width, layout.height);
  context.textBaseline = 'middle';
  drawTitle(context, title, layout);
  drawNames(context, names, layout);
  for (const [row, counts] of confusion.entries()) drawRow(context, counts, row, layout);
  return canvas.toBuffer('image/png');
}

function layOut(names: readonly string[], title: string): MatrixLayout {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = `${TEXT_SIZE}px ${FONT}`;
  const longest = Math.max(...names.map((name) => context.measureText(name).width));
  context.font = `600 ${TITLE_SIZE}px ${FONT}`;
  const left = Math.ceil(MARGIN * 2 + TEXT_SIZE + longest);
  const top = Math.ceil(MARGIN * 3 + TITLE_SIZE + TEXT_SIZE + longest);
  const size = CELL * names.length;
  return {
    left,
    top,
    width: Math.ceil(Math.max(left + size, MARGIN + context.measureText(title).width) + MARGIN),
    height: top + size + MARGIN,
  };
}

function drawTitle(context: SKRSContext2D, title: string, { left, top }: MatrixLayout): void {
  context.fillStyle = INK;
  context.font = `600 ${TITLE_SIZE}px ${FONT}`;
  context.fillText(title, MARGIN, MARGIN + TITLE_SIZE / 2);
  context.font = `${TEXT_SIZE}px ${FONT}`;
  context.fillText('guessed', left, MARGIN * 2 + TITLE_SIZE + TEXT_SIZE / 2);
  context.save();
  context.translate(MARGIN, top);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'right';
  context.fillText('labelled', 0, TEXT_SIZE / 2);
  context.restore();
}

function drawNames(context: SKRSContext2D, names: readonly string[], { left, top }: MatrixLayout): void {
  context.font = `${TEXT_SIZE}px ${FONT}`;
  context.fillStyle = INK;
  for (const [i, name] of names.entries()) {
    const middle = (i + 0.5) * CELL;
    context.textAlign = 'right';
    context.fillText(name, left - 10, top + middle);
    context.save();
    context.translate(left + middle, top - 10);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'left';
    context.fillText(name, 0, 0);
    context.restore();
  }
}

function drawRow(context: SKRSContext2D, counts: readonly number[], row: number, { left, top }: MatrixLayout): void {
  const total = counts.reduce((a, b) => a + b, 0);
  context.textAlign = 'center';
  for (const [column, count] of counts.entries()) {
    const [x, y] = [left + column * CELL, top + row * CELL];
    const share = total === 0 ? 0 : count / total;
    context.fillStyle = count === 0 ? PAPER : colourOf(share, row === column);
    context.fillRect(x, y, CELL, CELL);
    context.strokeStyle = GRID;
    context.strokeRect(x + 0.5, y + 0.5, CELL - 1, CELL - 1);
    if (count === 0) continue;
    context.fillStyle = share > 0.5 ? PAPER : INK;
    context.fillText(String(count), x + CELL / 2, y + CELL / 2);
  }
}

export function colourOf(share: number, isRight: boolean): string {
  const { from, to } = isRight ? RIGHT : WRONG;
  const [r, g, b] = from.map((low, i) => Math.round(low + share * (to[i]! - low)));
  return `rgb(${r}, ${g}, ${b})`;
}
