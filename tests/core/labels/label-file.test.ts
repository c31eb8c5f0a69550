// Label files: what is written comes back, what others write is read, what cannot be read is named by its line.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { genreKey } from '../../../src/core/domain/genre.ts';
import { formatLabels, parseLabels } from '../../../src/core/labels/label-file.ts';

const text = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: max })
    .map((value) => value.normalize('NFC').trim().replace(/\s+/g, ' '))
    .filter((value) => value !== '' && !value.startsWith('\uFEFF') && !value.includes('\u0000'));
const rows = fc.array(
  fc.record({ path: text(60), genres: fc.uniqueArray(text(20), { minLength: 1, maxLength: 4, selector: genreKey }) }),
);

test.each(['csv', 'json'] as const)('any labels survive %s', (format) => {
  fc.assert(
    fc.property(rows, (labels) => {
      // The first row of a CSV file may be a header; a written file has one.
      expect(parseLabels(formatLabels(labels, format), format)).toEqual(labels);
    }),
  );
});

test('reads what spreadsheets write', () => {
  const semicolons = '\uFEFFPath;Genre;Genre\r\n"C:\\Musik\\Äpfel; Birnen.mp3";Rock;"Pop"\r\n\r\nb.flac;Jazz;\r\n';
  expect(parseLabels(semicolons, 'csv')).toEqual([
    { path: 'C:\\Musik\\Äpfel; Birnen.mp3', genres: ['Rock', 'Pop'] },
    { path: 'b.flac', genres: ['Jazz'] },
  ]);
  expect(parseLabels('path;genre\na, b.mp3;Rock\nc, d.mp3;Jazz\n', 'csv')).toEqual([
    { path: 'a, b.mp3', genres: ['Rock'] },
    { path: 'c, d.mp3', genres: ['Jazz'] },
  ]);
  expect(parseLabels('a.mp3,Rock,rock , Rock\n', 'csv')).toEqual([{ path: 'a.mp3', genres: ['Rock'] }]);
  expect(parseLabels('[{"path":"a","genres":["Ska","Dub"],"primary":"Dub"}]', 'json')).toEqual([
    { path: 'a', genres: ['Dub', 'Ska'] },
  ]);
});

test.each([
  ['csv', 'path,genre\na.mp3,Rock\n,Jazz\n', 'line 3'],
  ['csv', 'path,genre\n\n\na.mp3,Rock\n,Jazz\n', 'line 5'],
  ['csv', 'path,genre\n"a\r\nb.mp3",Rock\n,Jazz\n', 'line 4'],
  ['csv', 'path,genre\n\n"a.mp3,Rock\n', 'line 3'],
  ['csv', 'only one column\n', 'line 1'],
  ['csv', `a.mp3,${'x'.repeat(200)}\n`, 'line 1'],
  ['json', '{', 'not JSON'],
  ['json', '{"labels":[{"path":""}]}', 'track 1'],
] as const)('a %s file that cannot be read is refused with the place: %j', (format, content, place) => {
  expect(() => parseLabels(content, format)).toThrow(
    expect.objectContaining({ code: 'labels.unreadable', message: expect.stringContaining(place) }),
  );
});
