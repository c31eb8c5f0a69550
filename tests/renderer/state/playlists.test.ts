// Playlists as the window has them: chosen, changed, put in order, made by rules and by recipes.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OPERATORS_OF, type PlaylistSummary, RULE_FIELDS, recipeSchema } from '../../../src/contract/index.ts';
import { EMPTY_FORM } from '../../../src/renderer/lib/recipe-forms.ts';
import { newCondition } from '../../../src/renderer/lib/rule-draft.ts';
import { Playlists } from '../../../src/renderer/state/playlists.svelte.ts';
import { SettingsState } from '../../../src/renderer/state/settings-state.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const OWN: PlaylistSummary = { id: 'list:1', name: 'Evening', kind: 'manual', nTracks: 4, durationSec: 720 };
const JAZZ: PlaylistSummary = { id: 'genre:jazz', name: 'Jazz', kind: 'auto-genre', nTracks: 2, durationSec: 300 };
const NOTHING = { undo: null, redo: null };

function setUp(order = [11, 12, 13, 14]) {
  const ids = [...order];
  const api = new FakeApi({
    'playlists.list': () => ({ minConfidence: 0.5, playlists: [OWN, JAZZ], history: NOTHING }),
    'tracks.list': ({ ids: wanted, offset = 0, limit = 200 }) => ({
      total: ids.length,
      tracks: (wanted ?? ids).slice(offset, offset + limit).map((id) => sampleTrack(id)),
    }),
    'playlists.get': ({ id }) => ({
      ...(id === OWN.id ? OWN : JAZZ),
      recipe: null,
      rules: null,
      places: ids.map((trackId) => ({
        trackId,
        path: `/${trackId}`,
        reasons: [{ code: 'said', text: `Because of ${trackId}.` }],
      })),
      createdAtMs: 0,
      changedAtMs: 0,
    }),
    'playlists.move': ({ trackIds, before }) => {
      const staying = ids.filter((id) => !trackIds.includes(id));
      const at = before === null ? staying.length : staying.indexOf(before);
      ids.splice(0, ids.length, ...staying.toSpliced(at, 0, ...trackIds));
      return {};
    },
    'rules.fields': () => ({
      fields: RULE_FIELDS.map((field) => ({
        ...field,
        choices: field.choices && [...field.choices],
        operators: OPERATORS_OF[field.type].map((op) => ({ op, words: op })),
      })),
    }),
    'playlists.preview': () => ({
      places: [{ trackId: 11, path: '/11', reasons: [{ code: 'fits' }] }],
      nTracks: 1,
      durationSec: 180,
      notes: [],
    }),
  });
  const toasts = new Toasts();
  return { api, toasts, ids, playlists: new Playlists(api, toasts, new SettingsState(api, toasts)) };
}

async function opened() {
  const all = setUp();
  await all.playlists.refresh();
  all.playlists.show();
  all.playlists.chooseFirst();
  await vi.runAllTimersAsync();
  all.playlists.tracks.show(0, 3);
  await vi.runAllTimersAsync();
  return all;
}

describe('the chosen playlist', () => {
  it('is the first one, in its own order, with the reasons of its places', async () => {
    const { playlists } = await opened();
    expect(playlists.chosen).toEqual(OWN);
    expect(playlists.tracks.query).toMatchObject({ playlistId: OWN.id, sort: 'position', descending: false });
    expect(playlists.places.reasonOf(13)).toBe('Because of 13.');
    expect(playlists.places.placeOf(13)).toBe(2);
    expect(playlists.places.course).toHaveLength(4);
  });

  it('by genre begins with what the model is surest of', async () => {
    const { playlists } = await opened();
    playlists.choose(JAZZ.id);
    expect(playlists.tracks.query).toMatchObject({ playlistId: JAZZ.id, sort: 'confidence', descending: true });
    expect(playlists.order.canChange).toBe(false);
  });

  it('is not read again while another view is open', async () => {
    const { api, playlists } = setUp();
    await playlists.refresh();
    const leave = playlists.show();
    playlists.choose(OWN.id);
    await vi.runAllTimersAsync();
    leave();
    const asked = api.countOf('playlists.get');
    await playlists.refresh();
    expect(api.countOf('playlists.get')).toBe(asked);
  });
});

describe('the order of a playlist', () => {
  it('follows fast presses one after the other', async () => {
    const { playlists, ids } = await opened();
    playlists.tracks.activeIndex = 0;
    for (let press = 0; press < 2; press++) playlists.order.moveBy(1);
    await vi.runAllTimersAsync();
    expect(ids).toEqual([12, 13, 11, 14]);
    expect(playlists.tracks.activeIndex).toBe(2);
    playlists.order.moveBy(-1);
    await vi.runAllTimersAsync();
    expect(ids).toEqual([12, 11, 13, 14]);
  });

  it('ends at both ends', async () => {
    const { api, playlists } = await opened();
    playlists.tracks.activeIndex = 3;
    playlists.order.moveBy(1);
    await vi.runAllTimersAsync();
    playlists.tracks.activeIndex = 0;
    playlists.order.moveBy(-1);
    await vi.runAllTimersAsync();
    expect(api.countOf('playlists.move')).toBe(0);
  });

  it('goes to the beginning and to the end at one press', async () => {
    const { api, playlists, ids } = await opened();
    playlists.tracks.activeIndex = 2;
    playlists.order.moveBy(-1, true);
    await vi.runAllTimersAsync();
    expect([ids, playlists.tracks.activeIndex]).toEqual([[13, 11, 12, 14], 0]);
    playlists.order.moveBy(-1, true);
    playlists.order.moveBy(1, true);
    await vi.runAllTimersAsync();
    expect([ids, playlists.tracks.activeIndex]).toEqual([[11, 12, 14, 13], 3]);
    expect(playlists.acts.said).toBe('Song 13: place 4 of 4.');
    expect(api.countOf('playlists.move')).toBe(2);
  });

  it('moves selected rows together', async () => {
    const { playlists, ids } = await opened();
    await playlists.tracks.selection.toggle(1);
    await playlists.tracks.selection.toggle(2);
    playlists.order.moveBy(1);
    await vi.runAllTimersAsync();
    expect(ids).toEqual([11, 14, 12, 13]);
  });

  it('is not changed while another order is shown, and never by hand where rules or the model make it', async () => {
    const { api, toasts, playlists } = await opened();
    playlists.tracks.sortBy('title');
    playlists.order.moveBy(1);
    expect(toasts.shown.at(-1)?.text).toMatch(/sort by # first/);
    playlists.choose(JAZZ.id);
    await playlists.order.removeSelected();
    expect(toasts.shown.at(-1)?.text).toBe('“Jazz” follows what the model hears and your labels.');
    expect([api.countOf('playlists.move'), api.countOf('playlists.removeTracks')]).toEqual([0, 0]);
  });

  it('takes a row dropped before another', async () => {
    const { playlists, ids } = await opened();
    const carried = playlists.adding.drag(playlists.tracks, 0)!;
    expect(carried).toMatchObject({ name: 'Song 11', count: 1, playlistId: OWN.id });
    await playlists.order.drop(carried, 3);
    expect(ids).toEqual([12, 13, 11, 14]);
  });
});

describe('acts on playlists', () => {
  it('offer to be undone, only the last one', async () => {
    const { api, toasts, playlists } = setUp();
    api.answers['playlists.addTracks'] = () => ({ nAdded: 2, nAlready: 1 });
    await playlists.acts.addTracks(OWN, [1, 2, 3]);
    await playlists.acts.addTracks(OWN, [4, 5, 6]);
    expect(toasts.shown.map(({ text, action }) => [text, action?.name])).toEqual([
      ['Added 2 tracks to “Evening”. One was there already.', 'Undo'],
    ]);
  });

  it('tell why they were refused', async () => {
    const { api, toasts, playlists } = setUp();
    api.answers['playlists.create'] = () => {
      throw refusal('playlist.exists', 'There is a playlist “Evening” already.');
    };
    expect(await playlists.acts.create('Evening', [])).toBeNull();
    expect(toasts.shown[0]).toMatchObject({ tone: 'failure', text: 'There is a playlist “Evening” already.' });
  });

  it('do not rename to nothing or to the same', async () => {
    const { api, playlists } = setUp();
    expect([await playlists.acts.rename(OWN, '  '), await playlists.acts.rename(OWN, ' Evening ')]).toEqual([false, false]);
    expect(api.countOf('playlists.rename')).toBe(0);
  });
});

describe('rules as a form and as text', () => {
  it('begin with one condition, say what it misses, and show what the finished ones find', async () => {
    const { api, playlists } = setUp();
    const { editor } = playlists;
    await playlists.newSmart();
    await vi.runAllTimersAsync();
    expect(editor.problem).toBe('One condition is not finished.');
    const [first] = editor.where.rules;
    editor.replace(first!.key, { ...newCondition(editor.field('tempo')!, 'less'), value: 100 });
    for (const value of [101, 102, 103])
      editor.replace(editor.where.rules[0]!.key, { ...newCondition(editor.field('tempo')!, 'less'), value });
    await vi.runAllTimersAsync();
    expect(editor.problem).toBeNull();
    expect(api.countOf('playlists.preview')).toBe(2);
    expect(api.asked.filter(({ name }) => name === 'playlists.preview').at(-1)!.input).toMatchObject({
      making: { by: 'rules', rules: { where: { match: 'all', rules: [{ field: 'tempo', op: 'less', value: 103 }] } } },
    });
    expect(editor.preview.found?.nTracks).toBe(1);
    expect(editor.preview.track(11)?.title).toBe('Song 11');
  });

  it('are printed when the text is opened, and read when it was typed', async () => {
    const { api, playlists } = setUp();
    const { editor } = playlists;
    api.answers['rules.print'] = ({ rules }) => ({ text: `${rules.where.rules.length} rules\n` });
    await playlists.newSmart();
    await editor.setTab('text');
    expect(editor.text.text).toBe('0 rules\n');

    api.answers['rules.parse'] = () => ({
      ok: false,
      line: 2,
      column: 3,
      message: 'Line 2, column 3: A number is expected here.',
    });
    editor.setText('tempo <');
    expect(editor.problem).toBe('The text is being read.');
    await vi.runAllTimersAsync();
    expect(editor.text.problem).toMatchObject({ line: 2, column: 3 });
    expect(editor.problem).toBe('The text has an error.');

    const where = { match: 'any' as const, rules: [{ field: 'year', op: 'is' as const, value: 1999 }] };
    const clauses = { sort: [], randomSeed: 4, limit: null, live: true };
    api.answers['rules.parse'] = () => ({ ok: true, rules: { where, ...clauses } });
    editor.setText('year is 1999 random 4');
    await vi.runAllTimersAsync();
    expect(editor.text.problem).toBeNull();
    expect(editor.rules).toEqual({ where, ...clauses });
    await editor.setTab('form');
    await editor.setTab('text');
    expect(editor.text.text).toBe('year is 1999 random 4');

    editor.setText('year is 200');
    editor.setClauses({ randomSeed: null });
    await vi.runAllTimersAsync();
    expect(editor.rules).toEqual({ where, ...clauses, randomSeed: null });
    await editor.setTab('text');
    expect(editor.text.text).toBe('1 rules\n');
  });

  it('that were not kept can be gone back to', async () => {
    const { toasts, playlists } = setUp();
    const { editor } = playlists;
    await playlists.refresh();
    await playlists.newSmart();
    playlists.choose(OWN.id);
    expect(toasts.shown).toEqual([]);
    await playlists.newSmart();
    editor.setClauses({ limit: { by: 'tracks', n: 5 } });
    playlists.choose(JAZZ.id);
    expect(editor.isOpen).toBe(false);
    toasts.shown[0]!.action!.run();
    expect([editor.isOpen, editor.clauses.limit]).toEqual([true, { by: 'tracks', n: 5 }]);
  });

  it('of a smart playlist are changed in place, and its name with them', async () => {
    const { api, playlists } = setUp();
    const { editor } = playlists;
    const smart: PlaylistSummary = { ...OWN, id: 'list:5', name: 'New', kind: 'smart' };
    const rules = { where: { match: 'all' as const, rules: [] }, sort: [], randomSeed: null, limit: null, live: true };
    api.answers['playlists.setRules'] = () => ({ ...smart, name: 'Hour' });
    await editor.openRules(smart, rules);
    editor.setClauses({ limit: { by: 'minutes', n: 60 } });
    editor.name = 'Hour';
    expect(await editor.keep()).toMatchObject({ id: 'list:5', name: 'Hour' });
    expect(api.asked.find(({ name }) => name === 'playlists.setRules')!.input).toEqual({
      id: 'list:5',
      rules: { ...rules, limit: { by: 'minutes', n: 60 } },
      name: 'Hour',
    });
  });
});

describe('a recipe', () => {
  it('is shown as soon as it is complete, and another one follows the next seed', async () => {
    const { api, playlists } = setUp();
    const { recipe } = playlists;
    playlists.newRecipe({ kind: 'like' });
    await vi.runAllTimersAsync();
    expect(recipe.missing).toBe('Choose one track or more.');
    expect(api.countOf('playlists.preview')).toBe(0);
    recipe.change({ likeIds: [11] });
    await vi.runAllTimersAsync();
    expect(recipe.preview.found?.places[0]?.reasons).toEqual([{ code: 'fits' }]);
    expect(recipe.name).toBe('Like Song 11');
  });

  it('is narrowed by conditions, the finished ones at once', async () => {
    const { api, playlists } = setUp();
    const { recipe } = playlists;
    playlists.newRecipe({ kind: 'time' });
    await recipe.filter.begin();
    expect(recipe.missing).toBe('A condition is not finished.');
    const [first] = recipe.filter.where.rules;
    recipe.filter.replace(first!.key, { ...newCondition(recipe.filter.field('year')!, 'atLeast'), value: 1990 });
    await vi.runAllTimersAsync();
    expect(recipe.missing).toBeNull();
    expect(api.asked.filter(({ name }) => name === 'playlists.preview').at(-1)!.input).toMatchObject({
      making: { recipe: { filter: { match: 'all', rules: [{ match: 'all', rules: [{ field: 'year', value: 1990 }] }] } } },
    });
    recipe.filter.clear();
    await vi.runAllTimersAsync();
    expect(api.asked.at(-1)!.input).toMatchObject({ making: { recipe: { filter: null } } });
  });

  it('that was kept is changed in place, with its conditions and its name', async () => {
    const { api, toasts, playlists } = setUp();
    const { recipe } = playlists;
    await playlists.refresh();
    const kept: PlaylistSummary = { ...OWN, id: 'list:6', name: 'An hour', kind: 'recipe' };
    const filter = { match: 'all' as const, rules: [{ field: 'year', op: 'atLeast' as const, value: 1990 }] };
    const stored = recipeSchema.parse({ seed: 3, pick: { kind: 'all' }, filter, length: { by: 'minutes', minutes: 60 } });
    const detail = { ...kept, rules: null, recipe: stored, places: [], createdAtMs: 0, changedAtMs: 0 };
    api.answers['playlists.setRecipe'] = ({ name }) => ({ playlist: { ...kept, name: name ?? kept.name }, notes: [] });
    expect(playlists.canChange(detail)).toBe(true);
    await playlists.change(kept, detail);
    await vi.runAllTimersAsync();
    expect([recipe.name, recipe.form.kind, recipe.form.minutes, recipe.form.seed]).toEqual(['An hour', 'time', 60, 3]);
    expect([recipe.filter.isEmpty, recipe.isChanged]).toEqual([false, false]);
    recipe.change({ minutes: 90 });
    playlists.closeMaking();
    expect(toasts.shown.at(-1)!.text).toBe('The changed recipe of “An hour” was not kept.');
    toasts.shown.at(-1)!.action!.run();
    expect([recipe.isOpen, recipe.form.minutes]).toEqual([true, 90]);
    expect(await recipe.keep('Longer')).toMatchObject({ id: 'list:6', name: 'Longer' });
    expect(api.asked.find(({ name }) => name === 'playlists.setRecipe')!.input).toMatchObject({
      id: 'list:6',
      name: 'Longer',
      recipe: { seed: 3, length: { by: 'minutes', minutes: 90 }, filter: { rules: [filter] } },
    });
    playlists.newRecipe();
    expect([recipe.playlist, recipe.filter.isEmpty, recipe.form.minutes]).toEqual([null, true, EMPTY_FORM.minutes]);
  });

  it('chooses the first mood by itself', async () => {
    const { api, playlists } = setUp();
    const middle = { energy: 0.2, tempoBpm: 80, minor: 0, loudnessLufs: -20, bass: 0, drums: 0, other: 1, vocals: 0 };
    api.answers['playlists.moods'] = () => ({ moods: [{ name: 'calm', nTracks: 3, middle, radius: 1 }] });
    playlists.newRecipe({ kind: 'mood' });
    await vi.runAllTimersAsync();
    expect(playlists.recipe.form.mood?.name).toBe('calm');
    expect(playlists.recipe.name).toBe('Calm');
  });

  it('that nothing fits says so instead of a list', async () => {
    const { api, playlists } = setUp();
    api.answers['playlists.preview'] = () => {
      throw refusal('track.unknown', 'There is no track 9 in this library.');
    };
    playlists.newRecipe({ kind: 'time' });
    await vi.runAllTimersAsync();
    expect(playlists.recipe.preview.problem).toBe('There is no track 9 in this library.');
    expect(playlists.recipe.preview.found).toBeNull();
  });
});
