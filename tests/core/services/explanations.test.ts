// What a genre rests on, told from hearings with and without each stem.
import { expect, test } from 'vitest';
import type { ExplainedHearings, Hearing } from '../../../src/core/domain/explanation.ts';
import { STEMS, type Stem } from '../../../src/core/domain/stem.ts';
import { explanationOf, sentenceOf, withoutStem } from '../../../src/core/services/explanations.ts';

const WINDOWS = [
  { startSec: 10, lengthSec: 10 },
  { startSec: 50, lengthSec: 10 },
];
const hearing = (...logits: number[]): Hearing => ({
  embeddings: new Float32Array(0),
  logits: Float32Array.from(logits),
  descriptors: new Float32Array(0),
});
/** Takes logits for probabilities of two genres, window by window. */
const judge = {
  genres: ['Reggae', 'Rock'],
  encoderDir: null,
  judge: ({ logits }: Hearing, _nWindows?: number) => {
    const windows = [logits.slice(0, 2), logits.slice(2, 4)];
    return { track: Float32Array.of((logits[0]! + logits[2]!) / 2, (logits[1]! + logits[3]!) / 2), windows };
  },
};

const hearings: ExplainedHearings = {
  whole: hearing(0.9, 0.1, 0.7, 0.3),
  without: {
    bass: hearing(0.2, 0.8, 0.4, 0.6),
    drums: hearing(0.8, 0.2, 0.6, 0.4),
    other: hearing(0.8, 0.2, 0.8, 0.2),
    vocals: hearing(1, 0, 0.9, 0.1),
  },
};

test('tells each window, and what each stem contributes, strongest first', () => {
  const explanation = explanationOf(judge, hearings, WINDOWS);
  expect(explanation).toMatchObject({ genre: 'Reggae', windows: [{ startSec: 10 }, { startSec: 50 }] });
  expect(explanation.probability).toBeCloseTo(0.8);
  expect(explanation.windows.map(({ probability }) => probability)).toEqual([expect.closeTo(0.9), expect.closeTo(0.7)]);
  expect(explanation.stems.map(({ stem }) => stem)).toEqual(['bass', 'drums', 'other', 'vocals']);
  expect(explanation.stems.map(({ contribution }) => contribution)).toEqual([
    expect.closeTo(0.5),
    expect.closeTo(0.1),
    expect.closeTo(0),
    expect.closeTo(-0.15),
  ]);
  expect(explanation.stems[0]!.genreWithout).toBe('Rock');
  expect(explanation.sentence).toBe(
    'It is mostly the bass notes that say Reggae (without them it would pass for Rock); the voices speak against it.',
  );
});

test('asks for the verdict with every stem once, and once without each', () => {
  const asked: (Stem | null)[] = [];
  const counting = {
    ...judge,
    judge: (heard: Hearing, _: number, silenced: Stem | null) => judge.judge(heard, asked.push(silenced)),
  };
  explanationOf(counting, hearings, WINDOWS);
  expect(asked).toEqual([null, ...STEMS]);
});

test('a silenced stem is missing from what a head reads of the stems, and no other', () => {
  const stems = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(withoutStem(stems, null)).toEqual(stems);
  expect([...withoutStem(stems, 'drums')]).toEqual([1, 2, Number.NaN, Number.NaN, 5, 6, 7, 8]);
  expect(withoutStem(new Float32Array(0), 'drums')).toHaveLength(0);
});

test('says so where no stem decides', () => {
  const even = (['bass', 'drums', 'other', 'vocals'] as const).map((stem) => ({
    ...{ stem, probabilityWithout: 0.9, contribution: 0.01, genreWithout: 'Jazz' },
  }));
  expect(sentenceOf('Jazz', even)).toBe('No single stem decides: all of them together say Jazz.');
});
