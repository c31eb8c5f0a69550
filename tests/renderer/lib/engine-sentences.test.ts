// What the engine says of playlists is known sentence for sentence, by the sentences that it really says.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RecipeInput, recipeSchema } from '../../../src/contract/index.ts';
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

  const MOOD = { energy: 0.5, tempoBpm: 120, minor: 1, loudnessLufs: -14, bass: 0.25, drums: 0.25, other: 0.25, vocals: 0.25 };
  it.each<RecipeInput>([
    { pick: { kind: 'all' } },
    { pick: { kind: 'all' }, length: { by: 'minutes', minutes: 500 } },
    { pick: { kind: 'all' }, length: { by: 'tracks', n: 100 } },
    { pick: { kind: 'all' }, order: { kind: 'harmonic' }, spreadArtists: true, length: { by: 'tracks', n: 8 } },
    ...(['energy', 'tempo', 'both'] as const).map((field) => ({
      pick: { kind: 'all' as const },
      order: { kind: 'arc' as const, field, shape: 'wave' as const },
      length: { by: 'tracks' as const, n: 5 },
    })),
    { pick: { kind: 'all' }, order: { kind: 'arc', shape: 'points', points: [0, 1] }, length: { by: 'tracks', n: 5 } },
    { pick: { kind: 'genre', genre: 'Jazz', minConfidence: 0 } },
    { pick: { kind: 'genre', genre: 'Rock', minConfidence: 0 } },
    { pick: { kind: 'mood', name: 'calm, slow', middle: MOOD, radius: 2 } },
    { pick: { kind: 'mood', name: '', middle: MOOD, radius: 2 } },
    { pick: { kind: 'like', trackIds: [1, 2], withSeeds: true } },
    { pick: { kind: 'like', trackIds: [1], weights: { drums: 1, bass: -0.5 } } },
    { pick: { kind: 'path', fromId: 1, toId: 9, nSteps: 3 } },
    { pick: { kind: 'path', fromId: 1, toId: 9, nSteps: 100 } },
    { pick: { kind: 'unplayed' } },
    {
      pick: { kind: 'unplayed' },
      filter: {
        match: 'all',
        rules: [
          { field: 'tempo', op: 'less', value: 200 },
          { field: 'mode', op: 'is', value: 'minor' },
        ],
      },
    },
    { pick: { kind: 'tracks', trackIds: [1, 2, 3] } },
  ])('of a recipe: %j', async (recipe) => {
    const { places, notes } = await app.recipes.preview(recipeSchema.parse(recipe), 100);
    expect(places.length).toBeGreaterThan(0);
    inGerman([...places.map(({ reason }) => reason ?? ''), ...notes]);
  });

  it('of rules', () => {
    const rules = parseRules(
      'genre is not "Ska" and tempo > 1 and loudness < 0 and labelled is no and lastPlayed is empty and year is empty',
    );
    const { places } = app.recipes.previewRules(rules, 3);
    expect(inGerman(places.map(({ reason }) => reason ?? ''))[0]).toMatch(
      /^Genre (Jazz|Rock), Tempo 120 BPM, Lautheit -14,0 LUFS, Hat ein eigenes Genre nein, Zuletzt gehört unbekannt, Jahr unbekannt\.$/,
    );
    inGerman(app.recipes.previewRules(parseRules('in playlist "Jazz"'), 3).places.map(({ reason }) => reason ?? ''));
  });

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
  expect(saidHere('You chose it.')).toBe('You chose it.');
  setLanguage('de');
  expect(saidHere('Something else happened. You chose it.')).toBe('Something else happened. You chose it.');
  expect(saidHere('Never played. None of the 4 tracks that sound like it were played.')).toBe(
    'Nie gehört. Keiner der 4 Titel, die so klingen, wurde gehört.',
  );
});
