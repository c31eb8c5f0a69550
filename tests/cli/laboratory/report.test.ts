import { XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { distributionFigure } from '../../../src/cli/laboratory/distribution-figure.ts';
import { scatterFigure, tableFigure } from '../../../src/cli/laboratory/figures.ts';
import { matrixFigure } from '../../../src/cli/laboratory/matrix-figure.ts';
import { reportLines, tableLines } from '../../../src/cli/laboratory/report-lines.ts';
import type { LabReport, LabTable } from '../../../src/core/domain/laboratory.ts';

const table: LabTable = {
  id: 'accuracy',
  title: 'Accuracy of "R&B" <all>',
  axis: 'Dimensions',
  columns: ['10', '50'],
  rows: [
    { name: 'SVD', figures: [{ mean: 0.5, deviation: 0.025, each: [0.5] }, null], source: null },
    { name: 'Paper', figures: [{ mean: 0.626, deviation: null, each: [] }, null], source: 'Tables II and III' },
  ],
};

it('prints published figures beside measured ones, in percent', () => {
  expect(tableLines(table)).toEqual([
    'Accuracy of "R&B" <all>, %',
    '  Dimensions          10  50',
    '  SVD         50.0 ± 2.5   -',
    '  Paper             62.6   -',
    '  Paper: Tables II and III.',
  ]);
});

it('names some of what was left out and counts the rest', () => {
  const leftOut = Array.from({ length: 8 }, (_, i) => ({ path: `${i}.mp3`, reason: 'It is empty.' }));
  const genres = [
    { name: 'Dub', nFiles: 4 },
    { name: 'Ska', nFiles: 5 },
  ];
  const dataset = { kind: 'folders', dir: '/', genres, nFiles: 9, meanDurationSec: 2.54, leftOut, split: '2 folds' } as const;
  const report: LabReport = {
    format: 1,
    protocol: 'descriptors',
    dataset,
    settings: {},
    versions: {},
    tables: [table],
    distributions: [],
    matrices: [],
    scatters: [],
    notes: ['A note.'],
    seconds: 75,
  };
  const lines = reportLines(report);
  expect(lines.slice(0, 4)).toEqual([
    'Protocol descriptors on 9 recordings of 2 genres, 2.5 s long on average',
    '  Dub 4, Ska 5',
    '  Split: 2 folds',
    '  left out: 0.mp3. It is empty.',
  ]);
  expect(lines).toContain('  and 3 more left out; descriptors.json names them');
  expect(lines.slice(-2)).toEqual(['A note.', 'Took 1:15.']);
});

it.each([table, { ...table, axis: '' }])(
  'draws a table as well-formed SVG with a mark for every figure (axis "$axis")',
  (drawn) => {
    const svg = tableFigure(drawn);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(svg).toContain('R&amp;B');
    // The published figure is open, the measured one filled.
    expect(svg.match(/fill="#ffffff" stroke="#/g)!.length).toBeGreaterThan(0);
  },
);

it('draws every point inside the picture, rings for what was not seen', () => {
  const scatter = { id: 'latent', title: 'Latent', classNames: ['a', 'b'], classes: [0, 1, 1], isUnseen: [false, true, false] };
  const svg = scatterFigure({ ...scatter, positions: [-50, 3, 20, 900, 7, -10] });
  expect(XMLValidator.validate(svg)).toBe(true);
  const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(circles).toHaveLength(3);
  for (const [x, y] of circles) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(640);
    expect(y).toBeLessThanOrEqual(690);
  }
  expect(svg.match(/<circle [^>]*fill="#ffffff"/g)).toHaveLength(1);
  expect(XMLValidator.validate(scatterFigure({ ...scatter, positions: [1, 1, 1, 1, 1, 1] }))).toBe(true);
});

it('draws every trial as a point in order of size, with a median and the published figure', () => {
  const rows = [
    { name: 'Mixture <1>', values: [0.4, 0.5, 0.45], published: 0.38 },
    { name: 'Stems', values: [0.6], published: null },
  ];
  const svg = distributionFigure({ id: 'distribution', title: 'Accuracy', rows });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toMatch(/NaN|undefined|width="-/);
  const places = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  const [low, high, middle, far] = places as [number, number, number, number];
  expect([places.length, low < middle, middle < high, high < far]).toEqual([4, true, true, true]);
  expect(svg).toContain(`<line x1="${middle}" x2="${middle}"`);
  expect(svg.match(/>paper</g)).toHaveLength(1);
  expect(
    XMLValidator.validate(distributionFigure({ id: 'd', title: '', rows: [{ name: 'a', values: [1, 1], published: null }] })),
  ).toBe(true);
});

it('prints numbers of something as they are', () => {
  const rows = [{ name: 'Base', figures: [{ mean: 24090, deviation: null, each: [] }], source: null }];
  expect(tableLines({ ...table, title: 'Numbers that learn', axis: '', columns: ['Parameters'], rows, isCount: true })).toEqual([
    'Numbers that learn',
    '        Parameters',
    '  Base      24,090',
  ]);
});

it('draws a square of shares, stronger the worse they are', () => {
  const values = [
    [null, 0.5, 1],
    [0.5, null, 0.3],
    [1, 0.3, null],
  ];
  const svg = matrixFigure({ id: 'map', title: 'Pairs', names: ['R&B', 'Dub', 'Ska'], values, worst: 0.5 });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toMatch(/NaN|undefined/);
  const cells = [...svg.matchAll(/<rect [^>]*width="46" height="46" fill="([^"]+)"/g)].map(([, fill]) => fill);
  expect(cells).toHaveLength(9);
  expect([cells[1], cells[2]]).toEqual(['rgb(240, 138, 75)', 'rgb(255, 255, 255)']);
  // Worse than the worst is no stronger than it.
  expect(cells[5]).toBe(cells[1]);
  expect(svg.match(/>R&amp;B</g)).toHaveLength(2);
});
