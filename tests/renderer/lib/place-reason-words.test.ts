// Why tracks are in playlists, what is to be known of them and what was done to them: the window says it in English as the command line does, and in German without an English word.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PlaceReason, type PlaylistDeed, type RecipeInput, recipeSchema } from '../../../src/contract/index.ts';
import type { App } from '../../../src/core/app.ts';
import { placeReasonSchema } from '../../../src/core/domain/place-reason.ts';
import { placeReasonWords } from '../../../src/core/domain/place-reason-words.ts';
import { playlistDeedSchema } from '../../../src/core/domain/playlist-deed.ts';
import { recipeNoteSchema } from '../../../src/core/domain/recipe-note.ts';
import { recipeNoteWords } from '../../../src/core/domain/recipe-note-words.ts';
import { parseRules } from '../../../src/core/playlists/rules/parse-rules.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { placeReasonsInWords } from '../../../src/renderer/lib/place-reason-words.ts';
import { playlistDeedInWords } from '../../../src/renderer/lib/playlist-deed-words.ts';
import { recipeNoteInWords } from '../../../src/renderer/lib/recipe-note-words.ts';
import { makeHeardLibrary, openHeardApp } from '../../support/heard-library.ts';
import { suiteTempDir } from '../../support/temp-dir.ts';

const PLAYED_AT = Date.UTC(2026, 2, 12, 12);

afterEach(() => setLanguage('en'));

/** In German; the English sentence is the command line's. */
function inGerman(reasons: readonly PlaceReason[]): string {
  for (const reason of reasons) expect(placeReasonSchema.parse(reason)).toEqual(reason);
  const said = placeReasonWords(reasons);
  // The window writes days as words.
  if (reasons.every(({ code }) => code !== 'lastPlayed')) expect(placeReasonsInWords(reasons)).toBe(said);
  setLanguage('de');
  const german = placeReasonsInWords(reasons) ?? '';
  setLanguage('en');
  expect(german).not.toBe(said);
  expect(german).not.toMatch(/\b(the|its?|you|of|from|with|unlike|unknown|played)\b/i);
  return german;
}

describe('reasons that the engine gives', () => {
  const dir = suiteTempDir();
  let app: App;
  beforeAll(async () => {
    makeHeardLibrary(dir, { nTracks: 40, nLabelled: 10 });
    app = await openHeardApp(dir);
    app.plays.record(4, 60);
  });
  afterAll(() => app.close());

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
    for (const { reasons } of places) inGerman(reasons);
    expect(notes.map(recipeNoteInWords)).toEqual(notes.map(recipeNoteWords));
    setLanguage('de');
    for (const note of notes) expect(recipeNoteInWords(recipeNoteSchema.parse(note))).not.toBe(recipeNoteWords(note));
  });

  it('of rules', () => {
    const rules = parseRules(
      'genre is not "Ska" and tempo > 1 and loudness < 0 and labelled is no and lastPlayed is empty and year is empty',
    );
    const { places } = app.recipes.previewRules(rules, 3);
    expect(places.map(({ reasons }) => inGerman(reasons))[0]).toMatch(
      /^Genre (Jazz|Rock), Tempo 120 BPM, Lautheit -14,0 LUFS, Hat ein eigenes Genre nein, Zuletzt gehört unbekannt, Jahr unbekannt\.$/,
    );
    const { places: others } = app.recipes.previewRules(parseRules('in playlist "Jazz"'), 3);
    expect(others.map(({ reasons }) => inGerman(reasons))[0]).toBe('Er passt zu den Regeln.');
  });

  it('of a playlist by genre', () => {
    const [first] = app.playlists.list();
    for (const { reasons } of app.playlists.get(first!.id, 0, 20).places) inGerman(reasons);
  });

  it('say what each act on a playlist did', async () => {
    const { keptPlaylists: kept } = app;
    const deeds: PlaylistDeed[] = [];
    const note = () => deeds.push(playlistDeedSchema.parse(kept.history().undo));
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
    expect(deeds.slice(1, 4).map(playlistDeedInWords)).toEqual([
      'Renamed “A. “B”” to “Other”',
      'Added 1 track to “Other”',
      'Added 2 tracks to “Other”',
    ]);
    const english = deeds.map(playlistDeedInWords);
    setLanguage('de');
    const german = deeds.map(playlistDeedInWords);
    expect(new Set([...english, ...german]).size).toBe(24);
    expect(german[1]).toBe('„A. “B”“ in „Other“ umbenannt');
    expect(playlistDeedInWords({ code: 'said', text: 'Made it' })).toBe('Made it');
  });
});

it('are said with the numbers and days of the language', () => {
  const mix = { camelot: '8A', tempoBpm: 122 };
  const reasons: PlaceReason[] = [
    { code: 'lastPlayed', atMs: PLAYED_AT },
    { code: 'corner', nPlayed: 1, nTracks: 9 },
    { code: 'mixes', isMixing: false, mix, before: { camelot: null, tempoBpm: null } },
  ];
  expect(placeReasonsInWords(reasons)).toBe(
    'Last played on 12 Mar 2026. 1 of the 9 tracks that sound like it was played. 8A, 122 BPM does not mix well with key unknown, tempo unknown before it.',
  );
  expect(inGerman(reasons)).toBe(
    'Zuletzt gehört am 12. März 2026. 1 der 9 Titel, die so klingen, wurde gehört. 8A, 122 BPM lässt sich mit Tonart unbekannt, Tempo unbekannt davor nicht gut mixen.',
  );
});

it('keep the sentence of an older version, and none where a person put the track', () => {
  setLanguage('de');
  expect(placeReasonsInWords([{ code: 'said', text: 'You chose it.' }])).toBe('You chose it.');
  expect(placeReasonsInWords([])).toBeNull();
});
