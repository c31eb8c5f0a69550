// What the engine says of playlists is known sentence for sentence, by the sentences that it really says.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/core/app.ts';
import { saidHere } from '../../../src/renderer/lib/engine-sentences.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { makeHeardLibrary, openHeardApp } from '../../support/heard-library.ts';
import { suiteTempDir } from '../../support/temp-dir.ts';

afterEach(() => setLanguage('en'));

describe('the engine’s own sentences', () => {
  const dir = suiteTempDir();
  let app: App;
  beforeAll(async () => {
    makeHeardLibrary(dir, { nTracks: 40, nLabelled: 10 });
    app = await openHeardApp(dir);
    app.plays.record(4, 60);
  });
  afterAll(() => app.close());

  /** Every sentence in German; none may stay as it was. */
  function inGerman(sentences: readonly string[]): string[] {
    setLanguage('de');
    const said = sentences.map(saidHere);
    for (const [i, sentence] of sentences.entries()) expect(said[i], sentence).not.toBe(sentence);
    return said;
  }

  it.each([
    'tempo between 80 and',
    'tempo',
    'foo is 3',
    'genre is',
    'sort by',
    'tempo < 3 tempo < 3 §',
    'title is "a',
    'sort by ownGenre',
  ])('of a text with an error: %s', (text) => {
    const read = app.recipes.readText(text);
    if (read.ok) throw new Error('It has none.');
    expect(inGerman([read.message])[0]).toMatch(/^Zeile 1, Spalte \d+: (?!.*(expected|nothing|closing|cannot))/);
  });
});

it('leaves what nobody knows as it is, and English as it was', () => {
  expect(saidHere('Its file is missing.')).toBe('Its file is missing.');
  setLanguage('de');
  expect(saidHere('Something else happened. Its file is missing.')).toBe('Something else happened. Its file is missing.');
});
