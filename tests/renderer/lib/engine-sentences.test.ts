// What the engine says of playlists is known sentence for sentence, by the sentences that it really says.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recipeSchema } from '../../../src/contract/index.ts';
import type { App } from '../../../src/core/app.ts';
import { parseRules } from '../../../src/core/playlists/rules/parse-rules.ts';
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

  it('of every act on a playlist', async () => {
    const { keptPlaylists: kept } = app;
    const sentences: string[] = [];
    const note = () => sentences.push(kept.history().undo ?? '');
    const { id } = await kept.create('A. “B”', [1, 2, 3]);
    note();
    for (const act of [
      () => kept.rename(id, 'Other'),
      () => kept.addTracks(id, [4]),
      () => kept.addTracks(id, [5, 6]),
      () => kept.move(id, [4], null),
      () => kept.move(id, [4, 5], 1),
      () => kept.removeTracks(id, [4]),
      () => kept.removeTracks(id, [5, 6]),
      () => kept.remove(id),
    ]) {
      await act();
      note();
    }
    const { playlist } = await app.recipes.make('Mix', recipeSchema.parse({ pick: { kind: 'all' } }));
    await app.recipes.remake(playlist.id, 2);
    note();
    await app.recipes.change(playlist.id, recipeSchema.parse({ pick: { kind: 'unplayed' } }), null);
    note();
    const smart = await kept.follow('Live', parseRules('year > 2000'));
    await kept.setRules(smart.id, parseRules('year > 1990'));
    note();
    expect(new Set(sentences).size).toBe(12);
    expect(inGerman(sentences)[1]).toBe('„A. “B”“ in „Other“ umbenannt');
  });
});

it('leaves what nobody knows as it is, and English as it was', () => {
  expect(saidHere('No track fits.')).toBe('No track fits.');
  setLanguage('de');
  expect(saidHere('Something else happened. No track fits.')).toBe('Something else happened. No track fits.');
  expect(saidHere('No track fits. An artist follows itself once.')).toBe(
    'Kein Titel passt. Einmal folgt ein Interpret auf sich selbst.',
  );
});
