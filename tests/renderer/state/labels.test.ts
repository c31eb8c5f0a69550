// Acts of labelling as the window tells them, and the way back from each.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Genre, LabelAction } from '../../../src/contract/index.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { Labels } from '../../../src/renderer/state/labels.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  setLanguage('en');
});

const GENRES: readonly Genre[] = [
  { id: 1, name: 'Jazz', parentId: null, hotkey: 1, nTracks: 3 },
  { id: 2, name: 'Bebop', parentId: 1, hotkey: null, nTracks: 2 },
];
const ACT: LabelAction = { id: 5, sentence: 'Labelled 2 tracks Jazz', nTracks: 2 };
const HISTORY = { undo: null, redo: null };

async function setUp() {
  let genres = GENRES.map((genre) => ({ ...genre }));
  const api = new FakeApi({
    'genres.list': () => ({ genres }),
    'labels.history': () => HISTORY,
    'labels.set': () => ACT,
    'labels.undo': () => ({ action: ACT, history: HISTORY }),
    'labels.redo': () => ({ action: ACT, history: HISTORY }),
    'genres.change': ({ id, ...change }) => {
      if (change.name === 'Taken') throw refusal('genre.exists', 'There is such a genre.');
      genres = genres.map((genre) => {
        const { name = genre.name, parentId = genre.parentId, hotkey = genre.hotkey } = change;
        if (genre.id === id) return { ...genre, name, parentId, hotkey };
        return change.hotkey != null && genre.hotkey === change.hotkey ? { ...genre, hotkey: null } : genre;
      });
      return genres.find((genre) => genre.id === id)!;
    },
  });
  const toasts = new Toasts();
  const labels = new Labels(api, toasts);
  await labels.refresh();
  const told = () => toasts.shown.at(-1)?.text;
  const undo = async (): Promise<void> => {
    toasts.shown.at(-1)?.action?.run();
    await vi.advanceTimersByTimeAsync(0);
    await labels.refresh();
  };
  return { api, labels, told, undo, toasts };
}

const TWO = { kind: 'tracks' as const, ids: [1, 2] };

describe('an act of labelling', () => {
  it('is told in the words of the engine, with the genre as its owner spells it', async () => {
    const { labels, told } = await setUp();
    await labels.set(TWO, ['jazz']);
    expect(told()).toBe('Labelled 2 tracks Jazz.');
    await labels.set(TWO, ['Jazz', 'Bebop'], 'add');
    expect(told()).toBe('Added Jazz, Bebop to 2 tracks.');
    await labels.set(TWO, ['Bebop'], 'remove');
    expect(told()).toBe('Took Bebop from 2 tracks.');
    await labels.set(TWO, []);
    expect(told()).toBe('Removed the labels of 2 tracks.');
  });

  it('is undone and done again in the language of the window, and in the engine’s words after a reload', async () => {
    const { labels, told } = await setUp();
    await labels.undo();
    expect(told()).toBe('Undone: Labelled 2 tracks Jazz.');
    await labels.set(TWO, ['Jazz']);
    setLanguage('de');
    await labels.undo();
    expect(told()).toBe('Rückgängig: 2 Titel zugeordnet: Jazz.');
    await labels.redo();
    expect(told()).toBe('Wiederholt: 2 Titel zugeordnet: Jazz.');
  });
});

describe('a genre', () => {
  it('takes a number key from another one, and gives it back when that is undone', async () => {
    const { labels, told, undo } = await setUp();
    await labels.changeGenre(GENRES[1]!, { hotkey: 1 });
    await labels.refresh();
    expect(told()).toBe('Key 1 now sets Bebop.');
    expect(labels.genres.map(({ hotkey }) => hotkey)).toEqual([null, 1]);
    await undo();
    expect(labels.genres).toEqual(GENRES);
  });

  it('is renamed and moved, and back', async () => {
    const { labels, told, undo } = await setUp();
    await labels.changeGenre(GENRES[1]!, { name: 'Bop' });
    expect(told()).toBe('Bebop is now called Bop.');
    await undo();
    await labels.changeGenre(GENRES[1]!, { parentId: null });
    expect(told()).toBe('Bebop now stands by itself.');
    await undo();
    expect(labels.genres).toEqual(GENRES);
  });

  it('keeps its name when the new one is refused', async () => {
    const { labels, told, toasts } = await setUp();
    expect(await labels.changeGenre(GENRES[0]!, { name: 'Taken' })).toBe(false);
    expect(told()).toBe('There is such a genre.');
    expect(toasts.shown.at(-1)?.action).toBeNull();
  });
});
