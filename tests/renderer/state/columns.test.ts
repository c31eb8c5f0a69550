// The library's columns: a person's choice survives the window, whatever columns later versions add or lose.
import '../runes.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LIBRARY_COLUMNS, TRACK_COLUMNS } from '../../../src/renderer/elements/track-columns.ts';
import { Columns } from '../../../src/renderer/state/columns.svelte.ts';

describe('columns', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  const shown = (columns: Columns) => columns.shown.map(({ id }) => id);

  it('are the usual ones at first', () => {
    const columns = new Columns();
    expect(columns.shown).toEqual(TRACK_COLUMNS);
    expect(columns.isOwn).toBe(false);
    expect(columns.places).toHaveLength(LIBRARY_COLUMNS.length);
  });

  it('are shown, moved and sized, and found again as they were left', () => {
    const columns = new Columns();
    columns.toggle('year');
    columns.toggle('album');
    columns.moveTo('year', 'artist');
    columns.move('genre', -1);
    columns.resize('title', 301.4);
    const again = new Columns();
    expect(shown(again).slice(0, 4)).toEqual(['title', 'year', 'artist', 'genre']);
    expect(again.widthOf('title')).toBe(301);
    expect(again.shown[0]).toMatchObject({ minPx: 301, grow: 0 });
    again.reset();
    expect(new Columns().shown).toEqual(TRACK_COLUMNS);
  });

  it('keep the title, and a width that can be grasped', () => {
    const columns = new Columns();
    columns.toggle('title');
    columns.resize('key', 1);
    expect(shown(columns)).toContain('title');
    expect(columns.widthOf('key')).toBeGreaterThanOrEqual(40);
  });

  it('pass over what is not known, and put what is new last and hidden', () => {
    kept.set('stemscape.columns', JSON.stringify('artist+120 mood+ title+'));
    const columns = new Columns();
    expect(shown(columns)).toEqual(['artist', 'title']);
    expect(columns.places).toHaveLength(LIBRARY_COLUMNS.length);
  });
});
