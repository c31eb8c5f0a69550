// Playlists through the contract: what the window sends and gets back fits the schemas.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_TRACKS, type CommandInput, type CommandName, type CommandOutput, commands } from '../../src/contract/index.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { RESOURCES_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

describe('the engine', () => {
  const dir = suiteTempDir();
  let engine: Engine;
  beforeAll(async () => {
    makeHeardLibrary(dir, { nTracks: 30, nLabelled: 30 });
    engine = await openEngine({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
  });
  afterAll(() => engine.close());

  async function ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const { result } = await engine.handle({ type: 'request', id: 1, name, input });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    return commands[name].output.parse(result.value) as CommandOutput<N>;
  }

  it('describes every field so that an editor can be drawn of it', async () => {
    const { fields } = await ask('rules.fields', {});
    expect(fields.find(({ name }) => name === 'camelot')).toMatchObject({
      type: 'choice',
      choices: expect.arrayContaining(['8A']),
    });
    for (const { operators } of fields) expect(operators.length).toBeGreaterThan(0);
  });

  it('reads and writes rules, and says where a text is wrong', async () => {
    const read = await ask('rules.parse', { text: 'genre is Jazz limit 3 tracks' });
    if (!read.ok) throw new Error(read.message);
    expect((await ask('rules.print', { rules: read.rules })).text).toBe('all {\n  genre is "Jazz"\n}\nlimit 3 tracks\n');
    expect(await ask('rules.parse', { text: 'genre' })).toMatchObject({ ok: false, line: 1, column: 6 });
  });

  it('keeps, fills, orders and removes a list, with its rows in its order', async () => {
    const { id } = await ask('playlists.create', { name: 'Mine', trackIds: [3, 1] });
    expect(await ask('playlists.addTracks', { id, trackIds: [2, 1] })).toEqual({ nAdded: 1, nAlready: 1 });
    await ask('playlists.move', { id, trackIds: [2], before: 3 });
    const { tracks } = await ask('tracks.list', { playlistId: id, sort: 'position' });
    expect(tracks.map((track) => track.id)).toEqual([2, 3, 1]);
    expect(await ask('playlists.removeTracks', { id, trackIds: [3] })).toEqual({ nRemoved: 1 });
    expect((await ask('playlists.undo', {})).history.redo).toEqual({ code: 'taken', n: 1, name: 'Mine' });
    expect((await ask('playlists.get', { id, offset: 1, limit: 1 })).places).toMatchObject([{ trackId: 3 }]);
    await ask('playlists.remove', { id });
    expect((await ask('playlists.list', {})).playlists.map(({ kind }) => kind)).not.toContain('manual');
  });

  it('previews, makes and makes again', async () => {
    const making = { by: 'recipe', recipe: { seed: 5, pick: { kind: 'all' }, length: { by: 'tracks', n: 4 } } } as const;
    const preview = await ask('playlists.preview', { making, limit: 2 });
    expect(preview).toMatchObject({ nTracks: 4, durationSec: 240, notes: [] });
    expect(preview.places).toHaveLength(2);
    const { playlist } = await ask('playlists.make', { name: 'Four', making });
    const detail = await ask('playlists.get', { id: playlist.id });
    expect(detail.recipe).toMatchObject(making.recipe);
    expect(detail.places.slice(0, 2)).toEqual(preview.places);
    expect((await ask('playlists.remake', { id: playlist.id, seed: 6 })).playlist.nTracks).toBe(4);
    const live = await ask('playlists.make', { name: 'Live', making: { by: 'rules', rules: ALL_TRACKS } });
    expect(live.playlist).toMatchObject({ kind: 'smart', nTracks: 30 });
    expect((await ask('playlists.moods', {})).moods.length).toBeGreaterThan(0);
  });

  it('makes again from a recipe that names a playlist, also when that was renamed', async () => {
    const { id } = await ask('playlists.create', { name: 'Ground', trackIds: [4, 5] });
    const read = await ask('rules.parse', { text: 'in playlist Ground frozen' });
    if (!read.ok) throw new Error(read.message);
    const { playlist } = await ask('playlists.make', { name: 'Copy', making: { by: 'rules', rules: read.rules } });
    expect(playlist).toMatchObject({ kind: 'recipe', nTracks: 2 });
    await ask('playlists.rename', { id, name: 'Floor' });
    await ask('playlists.addTracks', { id, trackIds: [6] });
    expect((await ask('playlists.remake', { id: playlist.id })).playlist.nTracks).toBe(3);
  });

  it('changes a recipe or rules together with the name, in one act', async () => {
    const making = { by: 'recipe', recipe: { seed: 1, pick: { kind: 'all' }, length: { by: 'tracks', n: 4 } } } as const;
    const { playlist } = await ask('playlists.make', { name: 'Short', making });
    const recipe = { ...making.recipe, length: { by: 'tracks', n: 7 } } as const;
    const changed = await ask('playlists.setRecipe', { id: playlist.id, recipe, name: 'Long' });
    expect(changed.playlist).toMatchObject({ id: playlist.id, name: 'Long', nTracks: 7 });
    expect((await ask('playlists.get', { id: playlist.id })).recipe).toMatchObject(recipe);
    expect((await ask('playlists.undo', {})).deed).toEqual({ code: 'recipeChanged', name: 'Short' });
    const { name, nTracks, recipe: before } = await ask('playlists.get', { id: playlist.id });
    expect([name, nTracks, before?.length]).toEqual(['Short', 4, { by: 'tracks', n: 4 }]);
    await expect(ask('playlists.setRecipe', { id: playlist.id, recipe, name: 'Long ago' })).resolves.toBeDefined();

    const nothing = { ...recipe, filter: { match: 'all' as const, rules: [{ field: 'year', op: 'is' as const, value: 1 }] } };
    await expect(ask('playlists.setRecipe', { id: playlist.id, recipe: nothing })).rejects.toThrow(/playlist\.empty/);
    const smart = await ask('playlists.make', { name: 'Every', making: { by: 'rules', rules: ALL_TRACKS } });
    await expect(ask('playlists.setRecipe', { id: smart.playlist.id, recipe })).rejects.toThrow(/input\.invalid/);
    const rules = { ...ALL_TRACKS, limit: { by: 'tracks' as const, n: 2 } };
    await ask('playlists.setRules', { id: smart.playlist.id, rules, name: 'Some' });
    expect(await ask('playlists.get', { id: smart.playlist.id })).toMatchObject({ name: 'Some', nTracks: 2 });
    await expect(ask('playlists.setRules', { id: smart.playlist.id, rules, name: 'Long ago' })).rejects.toThrow(/exists/);
    await ask('playlists.undo', {});
    expect(await ask('playlists.get', { id: smart.playlist.id })).toMatchObject({ name: 'Every', nTracks: 30 });
  });

  it('shows a recipe with the names of playlists in it', async () => {
    const { id } = await ask('playlists.create', { name: 'Base', trackIds: [1, 2, 3] });
    const filter = { match: 'all' as const, rules: [{ field: 'playlist', op: 'in' as const, value: 'Base' }] };
    const making = { by: 'recipe' as const, recipe: { pick: { kind: 'all' as const }, filter } };
    const { playlist } = await ask('playlists.make', { name: 'From base', making });
    await ask('playlists.rename', { id, name: 'Ground floor' });
    const { recipe } = await ask('playlists.get', { id: playlist.id });
    expect(recipe?.filter?.rules).toMatchObject([{ value: 'Ground floor' }]);
  });

  it('counts plays, which rules can ask for', async () => {
    await ask('plays.record', { trackId: 7, playedSec: 40 });
    const read = await ask('rules.parse', { text: 'plays > 0 and lastPlayed in the last 1 days' });
    if (!read.ok) throw new Error(read.message);
    const preview = await ask('playlists.preview', { making: { by: 'rules', rules: read.rules } });
    expect(preview.places).toMatchObject([{ trackId: 7 }]);
    await expect(ask('plays.record', { trackId: 999, playedSec: 40 })).rejects.toThrow(/track.unknown/);
  });
});
