// The genres written in files, read by the default rules and by a person's.
import { expect, test } from 'vitest';
import { genreKey } from '../../../src/core/domain/genre.ts';
import { ID3V1_GENRES } from '../../../src/core/domain/id3v1-genres.ts';
import { createTagReader, DEFAULT_TAG_RULES } from '../../../src/core/domain/tag-rules.ts';

const NOBODY = () => null;
const own = (...names: string[]) => {
  const byKey = new Map(names.map((name) => [genreKey(name), name]));
  return (key: string) => byKey.get(key) ?? null;
};

test.each([
  [['Rock/Pop; Indie'], ['Rock', 'Pop', 'Indie']],
  [['  hip hop '], ['Hip-Hop']],
  [['Drum & Bass'], ['Drum and Bass']],
  [['R&B'], ['R&B']],
  [['Pop/Funk'], ['Pop/Funk']],
  [['(17)'], ['Rock']],
  [['17'], ['Rock']],
  [['(4)(9)Speed Metal'], ['Disco', 'Metal', 'Speed Metal']],
  [['(4)(Eurodisco)'], ['Disco', 'Eurodisco']],
  [['(4)((Live) Disco'], ['Disco', '(Live) Disco']],
  [['(Live)'], ['(Live)']],
  [['(CR)', '(RX)'], []],
  [['(12)', '12'], []],
  [['Rock\u0000Blues'], ['Rock', 'Blues']],
  [['ROCK', 'rock'], ['Rock']],
  [['Other', 'unknown', ''], []],
  [['Weird Local Style'], ['Weird Local Style']],
  [['1999'], ['1999']],
])('%j is read as %j', (tags, genres) => {
  expect(createTagReader(DEFAULT_TAG_RULES, NOBODY).read(tags)).toEqual(genres);
});

test('a person’s own genre wins over separators and other spellings', () => {
  const reader = createTagReader(DEFAULT_TAG_RULES, own('Rock/Pop', 'HipHop', 'hip-hop'));
  expect(reader.read(['rock/pop', 'rap'])).toEqual(['Rock/Pop', 'hip-hop']);
});

test('synonyms rename and leave out; unknown tags can be left out', () => {
  const rules = {
    separators: [';'],
    synonyms: [
      { tag: 'Kuschelrock', genre: 'Ballad' },
      { tag: 'xyz', genre: null },
    ],
    keepUnknown: false,
  };
  expect(createTagReader(rules, NOBODY).read(['KUSCHELROCK;xyz;never heard of;Jazz'])).toEqual(['Ballad', 'Jazz']);
});

test('the numbered list is whole and names are unique', () => {
  expect(ID3V1_GENRES).toHaveLength(192);
  expect(new Set(ID3V1_GENRES.map(genreKey)).size).toBe(192);
  expect([ID3V1_GENRES[79], ID3V1_GENRES[80], ID3V1_GENRES[147], ID3V1_GENRES[191]]).toEqual([
    'Hard Rock',
    'Folk',
    'Synthpop',
    'Psybient',
  ]);
});
