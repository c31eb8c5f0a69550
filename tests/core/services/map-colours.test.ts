// One value a point, in the order of the points, whatever the library knows of them.
import { expect, test } from 'vitest';
import type { ColourRow } from '../../../src/core/db/map-rows.ts';
import { mapColours } from '../../../src/core/services/map-colours.ts';

const points = { trackIds: Int32Array.of(1, 2, 3, 9), positions: new Float32Array(8), clusters: Int16Array.of(0, -1, 0, 1) };
const row = (trackId: number, changes: Partial<ColourRow>): [number, ColourRow] => [
  trackId,
  {
    ...{ trackId, genre: null, confidence: null, tempoBpm: null, key: null, energy: null, loudnessLufs: null },
    ...{ year: null, guess: null, label: null },
    ...changes,
  },
];
const rows = new Map([
  row(1, { genre: 'Jazz', tempoBpm: 90, energy: 0.25, label: 'Jazz', guess: 'Rock' }),
  row(2, { genre: 'Rock', label: 'Rock', guess: 'Rock' }),
  row(3, { genre: 'Rock', tempoBpm: 120 }),
]);

test('names, the most frequent first', () => {
  expect(mapColours('genre', points, rows, [])).toEqual({
    kind: 'named',
    names: ['Rock', 'Jazz'],
    index: Int16Array.of(1, 0, 0, -1),
  });
});

test('numbers with their unit; unknown ones are not numbers', () => {
  expect(mapColours('tempo', points, rows, [])).toEqual({
    kind: 'number',
    unit: 'BPM',
    values: Float32Array.of(90, NaN, 120, NaN),
  });
  expect(mapColours('energy', points, rows, [])).toMatchObject({ values: Float32Array.of(25, NaN, NaN, NaN), unit: '%' });
});

test('disagreement: only tracks with a label and a guess', () => {
  const values = mapColours('disagreement', points, rows, []);
  expect(values.kind === 'named' && [...values.index].map((place) => values.names[place])).toEqual([
    'Model hears something else',
    'Model agrees with you',
    undefined,
    undefined,
  ]);
});

test('clusters by their names', () => {
  const clusters = ['slow jazz', 'rock'].map((name) => ({ name, traits: null, nTracks: 1, x: 0, y: 0 }));
  expect(mapColours('cluster', points, rows, clusters)).toEqual({
    kind: 'named',
    names: ['slow jazz', 'rock'],
    index: points.clusters,
  });
});
