// How new values of a field follow from the present ones, and what undo gives back.
import { describe, expect, test } from 'vitest';
import { bpmText, keyText, type TagField, type TagMode, tagAfter, undoVerdict } from '../../../src/core/domain/tag-write.ts';

describe('new values', () => {
  test.for<[TagField, string[], string[], TagMode, string[]]>([
    ['genre', ['Rock', 'Pop'], ['pop', 'Dub'], 'add', ['Rock', 'Pop', 'Dub']],
    ['genre', ['Rock'], ['ROCK'], 'add', ['Rock']],
    ['genre', ['rock'], ['Rock'], 'replace', ['Rock']],
    ['genre', ['Rock'], ['Dub'], 'fill', ['Rock']],
    ['genre', [], ['Dub', 'Ska'], 'fill', ['Dub', 'Ska']],
    ['genre', ['Rock'], [], 'replace', ['Rock']],
    ['bpm', ['128.00'], ['128'], 'replace', ['128.00']],
    ['bpm', ['64'], ['128'], 'replace', ['128']],
    ['bpm', ['64'], ['128'], 'add', ['64']],
    ['bpm', ['127.4'], ['127.4'], 'replace', ['127.4']],
    ['key', ['Gbm'], ['F#m'], 'replace', ['Gbm']],
    ['key', ['11A'], ['F#m'], 'replace', ['11A']],
    ['key', ['f# minor'], ['F#m'], 'replace', ['f# minor']],
    ['key', ['8B'], ['C'], 'replace', ['8B']],
    ['key', ['8A'], ['C'], 'replace', ['C']],
    ['key', ['A'], ['Am'], 'replace', ['Am']],
    ['key', ['AM'], ['A'], 'replace', ['AM']],
    ['key', ['odd'], ['Am'], 'replace', ['Am']],
    ['key', [], ['Am'], 'fill', ['Am']],
  ])('%s of %j with %j by %s: %j', ([field, present, own, mode, after]) => {
    expect(tagAfter(field, present, own, mode)).toEqual(after);
  });

  test('every key of the Camelot wheel is its name', () => {
    const minor = ['G#m', 'D#m', 'A#m', 'Fm', 'Cm', 'Gm', 'Dm', 'Am', 'Em', 'Bm', 'F#m', 'C#m'];
    const major = ['B', 'F#', 'C#', 'G#', 'D#', 'A#', 'F', 'C', 'G', 'D', 'A', 'E'];
    for (let i = 0; i < 12; i++) {
      expect(tagAfter('key', [`${i + 1}A`], [minor[i]!], 'replace')).toEqual([`${i + 1}A`]);
      expect(tagAfter('key', [`${i + 1}B`], [major[i]!], 'replace')).toEqual([`${i + 1}B`]);
    }
  });

  test('keys and tempos as files write them', () => {
    expect(['A minor', 'F# minor', 'Bb major', 'C major', null, 'noise'].map(keyText)).toEqual([
      'Am',
      'F#m',
      'Bb',
      'C',
      null,
      null,
    ]);
    expect([127.96, 127.4, 90, 0, null, 5000].map((bpm) => bpmText(bpm, false))).toEqual([
      '128',
      '127.4',
      '90',
      null,
      null,
      null,
    ]);
    expect([127.96, 127.4].map((bpm) => bpmText(bpm, true))).toEqual(['128', '127']);
  });
});

test('undo gives back what nobody changed', () => {
  expect(undoVerdict('genre', ['Rock'], ['Dub'], ['Dub'])).toBe('restore');
  expect(undoVerdict('genre', ['Rock'], ['Dub'], ['dub '])).toBe('restore');
  expect(undoVerdict('genre', ['Rock'], ['Dub'], ['Dub', 'Ska'])).toBe('edited');
  expect(undoVerdict('bpm', [], ['90'], [])).toBe('already');
  expect(undoVerdict('key', [], ['Am'], ['8A'])).toBe('edited');
});
