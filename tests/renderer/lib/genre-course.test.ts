// The genre along a track: windows' scores at their middles, blended between them; facets' values in words and in order.
import { describe, expect, it } from 'vitest';
import { codecName, facetValueName, inOrder } from '../../../src/renderer/lib/facet-words.ts';
import { genreCourse, scoresAt } from '../../../src/renderer/lib/genre-course.ts';

const WINDOWS = [
  { startSec: 0, lengthSec: 10, scores: { Jazz: 1, Rock: 0 } },
  { startSec: 50, lengthSec: 10, scores: { Jazz: 0.2, Rock: 0.8 } },
];

describe('the genre along a track', () => {
  it('is a window’s own at its middle and beyond the outer ones', () => {
    expect(scoresAt(WINDOWS, 0)).toEqual(WINDOWS[0]!.scores);
    expect(scoresAt(WINDOWS, 5)).toEqual(WINDOWS[0]!.scores);
    expect(scoresAt(WINDOWS, 55)).toEqual(WINDOWS[1]!.scores);
    expect(scoresAt(WINDOWS, 99)).toEqual(WINDOWS[1]!.scores);
  });

  it('is blended in between, and always sums to one', () => {
    const { Jazz, Rock } = scoresAt(WINDOWS, 30) as { Jazz: number; Rock: number };
    expect(Jazz).toBeCloseTo(0.6, 10);
    expect(Jazz + Rock).toBeCloseTo(1, 10);
  });

  it('changes once along these windows', () => {
    const names = genreCourse(WINDOWS, 60, 60).map(({ name }) => name);
    expect(names[0]).toBe('Jazz');
    expect(names.at(-1)).toBe('Rock');
    expect(names.filter((name, i) => i > 0 && name !== names[i - 1])).toHaveLength(1);
    expect(genreCourse([], 60, 60)).toEqual([]);
  });
});

describe('facets in words', () => {
  it.each([
    ['tempo', '120', '120–129 BPM'],
    ['energy', '4', '80–100%'],
    ['decade', '1990', '1990s'],
    ['key', 'A minor', 'A minor · 8A'],
    ['album', 'Blue Lines\u001fSomebody', 'Blue Lines'],
    ['format', 'MPEG 1 Layer 3', 'MP3'],
    ['genre', '', 'No genre'],
  ] as const)('%s %s is %s', (facet, value, words) => {
    expect(facetValueName(facet, value)).toBe(words);
  });

  it('have the order of their kind, unknown last', () => {
    const sorted = (facet: 'tempo' | 'year' | 'key' | 'genre', values: string[]) =>
      inOrder(
        facet,
        values.map((value) => ({ value })),
      ).map(({ value }) => value);
    expect(sorted('tempo', ['100', '', '90'])).toEqual(['90', '100', '']);
    expect(sorted('year', ['1990', '', '2004'])).toEqual(['2004', '1990', '']);
    expect(sorted('key', ['A minor', 'C major', 'G# minor'])).toEqual(['G# minor', 'A minor', 'C major']);
    expect(sorted('genre', ['Rock', '', 'Jazz'])).toEqual(['Rock', '', 'Jazz']);
    expect(codecName('FLAC')).toBe('FLAC');
  });
});
