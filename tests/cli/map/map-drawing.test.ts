// What pictures of a map show: a colour for every point, a legend that counts them, proportions that stay, a page that holds its data safely.
import { expect, test } from 'vitest';
import { figureLines, fitTo, mapDrawing, scaleColour } from '../../../src/cli/map/map-drawing.ts';
import { mapPage } from '../../../src/cli/map/map-page.ts';
import { mapPicture } from '../../../src/cli/map/map-picture.ts';
import type { MapPoints, MapSummary, MapValues } from '../../../src/core/domain/map.ts';

const MAP: MapSummary = {
  id: 1,
  source: 'sound',
  encoder: 'net 1',
  madeAtMs: 0,
  settings: { seed: 3, perplexity: 30, nIterations: 1000 },
  quality: {
    divergence: 1.5,
    trustworthiness: 0.95,
    preservation: 0.5,
    nNeighbours: 12,
    nSampled: 4,
    purity: { onMap: 0.6, inSpace: 0.55, inDescriptors: null, nNeighbours: 5, nLabelled: 4 },
  },
  clusters: [{ name: 'calm </script> jazz', traits: null, nTracks: 2, x: 0, y: 0 }],
  nPoints: 4,
  seconds: 2,
};
const POINTS: MapPoints = {
  trackIds: Int32Array.of(1, 2, 3, 4),
  positions: Float32Array.of(0, 0, 10, 0, 0, 5, 4, 4),
  clusters: Int16Array.of(0, 0, -1, -1),
};
const GENRES: MapValues = { kind: 'named', names: ['Jazz', 'Rock'], index: Int16Array.of(0, 0, 1, -1) };
const TEMPI: MapValues = { kind: 'number', values: Float32Array.of(60, 120, 180, NaN), unit: 'BPM' };

test('the legend names every colour and counts every point', () => {
  const { colours, legend } = mapDrawing(MAP, POINTS, GENRES, 'genre');
  expect(colours).toHaveLength(4);
  expect(colours[0]).toBe(colours[1]);
  expect(new Set(colours).size).toBe(3);
  expect(legend).toMatchObject({
    kind: 'named',
    entries: [
      { name: 'Jazz', nTracks: 2, colour: colours[0] },
      { name: 'Rock', nTracks: 1, colour: colours[2] },
      { name: 'none', nTracks: 1, colour: colours[3] },
    ],
  });
});

test('numbers run along the scale; an unknown one is grey', () => {
  const { colours, legend } = mapDrawing(MAP, POINTS, TEMPI, 'tempo');
  expect(colours.slice(0, 3)).toEqual([scaleColour(0), scaleColour(0.5), scaleColour(1)]);
  expect(colours[3]).toBe('#b4b8c2');
  expect(legend).toMatchObject({ kind: 'number', from: '60 BPM', to: '180 BPM' });
});

test('points keep their proportions inside the margin', () => {
  const place = fitTo(POINTS.positions, 100, 10);
  const [left, right, up] = [place(0, 0), place(10, 0), place(0, 5)];
  expect(right[0] - left[0]).toBeCloseTo(80);
  expect(left[1] - up[1]).toBeCloseTo(40);
  expect(Math.min(...left, ...right, ...up)).toBeGreaterThanOrEqual(10);
});

test('figures say what they mean', () => {
  expect(figureLines(MAP)).toEqual([
    'Trustworthiness 0.950; 50.0 % of 12 nearest neighbours kept; KL divergence 1.500; perplexity 30, seed 3, 2.0 s',
    'Of 5 nearest labelled tracks 60.0 % share the genre on the map, 55.0 % in the space behind it (4 labelled)',
  ]);
});

test('the page holds names as data, whatever is in them', () => {
  const page = mapPage(mapDrawing(MAP, POINTS, GENRES, 'genre'), ['a', '<img onerror=1>', '"</script>"', 'd']);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  expect(page).not.toContain('<img');
  const data = /<script id="data"[^>]*>(.*?)<\/script>/s.exec(page)![1]!;
  expect(JSON.parse(data)).toMatchObject({ names: ['a', '<img onerror=1>', '"</script>"', 'd'], colour: [0, 0, 1, 2] });
});

test('the picture is a PNG', () => {
  const png = mapPicture(mapDrawing(MAP, POINTS, TEMPI, 'tempo'));
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
});
