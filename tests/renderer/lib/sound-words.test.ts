// Nearness, contributions of stems, tags and duplicates in words.
import { describe, expect, it } from 'vitest';
import { whyBest } from '../../../src/core/domain/duplicate.ts';
import type { StemEvidence } from '../../../src/core/domain/explanation.ts';
import type { Stem } from '../../../src/core/domain/stem.ts';
import { sentenceOf } from '../../../src/core/services/explanations.ts';
import {
  bestInWords,
  formatOf,
  groupTitle,
  rateOf,
  reportSentence,
  sizeAndLengthOf,
  spareCopies,
} from '../../../src/renderer/lib/duplicate-words.ts';
import { facetValueName } from '../../../src/renderer/lib/facet-words.ts';
import { keyName } from '../../../src/renderer/lib/key-words.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import {
  diversityInWords,
  nearnessShare,
  nearnessWord,
  reasonsInWords,
  verdictWord,
  weightInWords,
} from '../../../src/renderer/lib/nearness-words.ts';
import { ownGenres } from '../../../src/renderer/lib/own-genres.ts';
import {
  accountSentence,
  groupByFile,
  pastSentence,
  previewSentence,
  type TagChange,
  writeInWords,
} from '../../../src/renderer/lib/tag-words.ts';
import { pointsInWords, signedPoints, verdictSentence } from '../../../src/renderer/lib/why-words.ts';
import type { DuplicateFile, DuplicateGroup } from '../../../src/renderer/state/duplicates.svelte.ts';

describe('nearness', () => {
  it('never sounds nearer for a larger distance', () => {
    const steps = Array.from({ length: 41 }, (_, i) => i / 20);
    const words = steps.map(nearnessWord);
    expect(words.filter((word, i) => word !== words[i - 1])).toEqual([
      'the same sound',
      'very close',
      'close',
      'related',
      'hardly alike',
      'different',
    ]);
    const shares = steps.map(nearnessShare);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect([shares[0], shares.at(-1)]).toEqual([1, 0]);
  });

  it('speaks of fitting, not of likeness, where something is to be unlike', () => {
    expect([verdictWord(0.5, false), verdictWord(0.5, true), verdictWord(1.5, true)]).toEqual([
      'close',
      'fits well',
      'hardly fits',
    ]);
  });

  it('names each source that counts', () => {
    expect(reasonsInWords({ drums: 0.2, vocals: 1.4 }, ['drums', 'vocals'])).toBe('Drums very close, vocals different');
    expect([weightInWords(0), weightInWords(-0.5), weightInWords(1)]).toEqual([
      'does not count',
      'unlike it, 50%',
      'like it, 100%',
    ]);
    expect([diversityInWords(0), diversityInWords(1)]).toEqual(['the nearest', 'as varied as can be']);
  });
});

describe('what a stem says', () => {
  it('has a sign and a real minus, and none for nothing', () => {
    expect([0.34, -0.08, 0.004, -0.004].map(signedPoints)).toEqual(['+34', '−8', '0', '0']);
    expect(pointsInWords(-0.01, 'Jazz')).toBe('speaks against Jazz by 1 point');
    expect(pointsInWords(0, 'Jazz')).toBe('says nothing of Jazz');
  });

  it.each([
    [0.3, 'Jazz', -0.01],
    [0.3, 'Pop', -0.2],
    [0.01, 'Jazz', -0.2],
    [0.04, 'Pop', 0],
  ])('is the verdict that the engine gives: most %f (without it %s), least %f', (most, genreWithout, least) => {
    const evidence = (stem: Stem, contribution: number): StemEvidence => ({
      stem,
      contribution,
      probabilityWithout: 0.5,
      genreWithout,
    });
    for (const [first, second] of [
      ['drums', 'other'],
      ['bass', 'vocals'],
      ['other', 'bass'],
    ] as const) {
      const stems = [evidence(first, most), evidence(second, least)];
      expect(verdictSentence({ genre: 'Jazz', stems })).toBe(sentenceOf('Jazz', stems));
    }
  });

  it('is said in the language of the window', () => {
    setLanguage('de');
    const stems = [
      { stem: 'drums' as const, contribution: 0.4, probabilityWithout: 0.2, genreWithout: 'Pop' },
      { stem: 'bass' as const, contribution: -0.2, probabilityWithout: 0.9, genreWithout: 'Jazz' },
    ];
    expect(verdictSentence({ genre: 'Jazz', stems })).toBe(
      'Vor allem spricht das Schlagzeug für Jazz (sonst ginge der Titel als Pop durch); der Bass spricht dagegen.',
    );
    expect(reasonsInWords({ drums: 0.2, vocals: 1.4 }, ['drums', 'vocals'])).toBe('Schlagzeug sehr nah, Gesang anders');
    expect([keyName('A# minor'), keyName('F# major'), keyName('7/8')]).toEqual(['b-Moll', 'Fis-Dur', '7/8']);
    expect(facetValueName('energy', '3')).toBe('60–80 %');
    setLanguage('en');
    expect([keyName('A# minor'), facetValueName('energy', '3'), facetValueName('decade', '1990')]).toEqual([
      'A# minor',
      '60–80%',
      '1990s',
    ]);
  });
});

describe('tags', () => {
  const change = (trackId: number, field: TagChange['field']): TagChange => ({
    trackId,
    path: `/music/${trackId}.mp3`,
    field,
    before: [],
    after: ['x'],
  });

  it('gathers the changes of each file, in their order', () => {
    const files = groupByFile([change(1, 'genre'), change(1, 'key'), change(2, 'genre')]);
    expect(files.map(({ trackId, changes }) => [trackId, changes.map(({ field }) => field)])).toEqual([
      [1, ['genre', 'key']],
      [2, ['genre']],
    ]);
  });

  it('says what a preview, a write and the history come to', () => {
    const preview = { planId: 'p', nFiles: 1, nChanges: 2, nUnchanged: 3, nRefused: 1, changes: [], refused: [] };
    expect(previewSentence(preview)).toBe('1 file changes; 3 files stay as they are; 1 file cannot be written.');
    const result = { kind: 'write' as const, writeId: 1, nDone: 4, nFailed: 1, failed: [], isCancelled: true };
    expect(accountSentence(result)).toBe('Written into 4 files; 1 file left with a reason; then stopped.');
    const past = { id: 1, atMs: 0, sentence: 'Wrote genre', nFiles: 4, nWritten: 1, nUndone: 2, nFailed: 0 };
    expect(pastSentence(past)).toBe('1 file carries it, 2 files undone');
    expect(pastSentence({ ...past, nWritten: 0, nUndone: 0 })).toBe('no file was changed');
    expect(writeInWords({ ...past, sentence: 'Wrote genre, tempo into 4 tracks' })).toBe('Wrote genre, tempo into 4 tracks');
    setLanguage('de');
    expect(writeInWords({ ...past, sentence: 'Wrote tempo, key into 1 track', nFiles: 1 })).toBe(
      'Tempo, Tonart in 1 Titel geschrieben',
    );
    setLanguage('en');
    expect(writeInWords({ ...past, sentence: 'Something else' })).toBe('Something else');
  });

  it('takes labels by hand before imported ones, the primary one first', () => {
    const label = (genre: string, origin: 'hand' | 'import' | 'tag', isPrimary = false) => ({ genre, origin, isPrimary });
    const labels = [label('Ska', 'hand'), label('Dub', 'hand', true), label('Pop', 'import', true), label('Polka', 'tag')];
    expect(ownGenres({ labels } as never)).toEqual(['Dub', 'Ska']);
    expect(ownGenres({ labels: labels.slice(2) } as never)).toEqual(['Pop']);
  });
});

describe('duplicates', () => {
  const file = (trackId: number, change: Partial<DuplicateFile> = {}): DuplicateFile => ({
    trackId,
    path: `/music/${trackId}.mp3`,
    title: null,
    artist: null,
    codec: 'FLAC',
    isLossless: true,
    bitRateBps: 900_400,
    sampleRateHz: 44_100,
    sizeBytes: 2_000_000,
    durationSec: 61,
    ...change,
  });
  const group = (kind: DuplicateGroup['kind'], ...files: DuplicateFile[]): DuplicateGroup => ({
    kind,
    files,
    reason: '',
    agreement: 1,
  });

  it('says what a copy is like', () => {
    expect([formatOf(file(1)), rateOf(file(1)), sizeAndLengthOf(file(1))]).toEqual([
      'FLAC, 44.1 kHz',
      '900 kbit/s',
      '2.0 MB, 1:01',
    ]);
    expect([formatOf(file(1, { codec: null, sampleRateHz: null })), rateOf(file(1, { bitRateBps: null }))]).toEqual([
      'Unknown format',
      '–',
    ]);
  });

  it('is named after the copy with tags, else after the best file', () => {
    expect(groupTitle(group('same', file(1), file(2, { title: 'Song', artist: 'Ann' })))).toBe('Ann – Song');
    expect(groupTitle(group('same', file(1), file(2)))).toBe('1.mp3');
  });

  it('gives each of the engine’s reasons', () => {
    const lossy = { isLossless: false, codec: 'MP3' };
    const pairs = [
      [file(1), file(2, lossy)],
      [file(1, { sampleRateHz: 96_000 }), file(2)],
      [file(1, lossy), file(2, { ...lossy, bitRateBps: 1 })],
      [file(1), file(2, { durationSec: 50 })],
      [file(1), file(2)],
    ];
    const reasons = pairs.map(whyBest);
    expect(new Set(reasons).size).toBe(5);
    expect(reasons.map((reason, i) => bestInWords({ ...group('same', ...pairs[i]!), reason }))).toEqual(
      reasons.map((reason) => `Best copy: ${reason}`),
    );
    setLanguage('de');
    const german = reasons.map((reason) => bestInWords({ ...group('near'), reason }));
    setLanguage('en');
    expect(german.filter((words, i) => words.includes(reasons[i]!))).toEqual([]);
  });

  it('counts spare copies of the same recording only', () => {
    const groups = [group('same', file(1), file(2), file(3)), group('near', file(4), file(5))];
    expect(reportSentence({ groups, nTracks: 9, nNotCompared: 0 })).toBe(
      '1 recording is there in more than one file: 2 spare copies of 4.0 MB. 1 recording has other versions.',
    );
    expect(spareCopies({ groups, nTracks: 9, nNotCompared: 0 })).toEqual([2, 3]);
    expect(reportSentence({ groups: [], nTracks: 9, nNotCompared: 0 })).toBe('No duplicates among 9 tracks.');
  });
});
