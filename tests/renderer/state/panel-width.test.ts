// The track panel's width: kept in the window's storage, within sensible bounds.
import '../runes.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LEAST_PANEL_PX, MOST_PANEL_PX, PanelWidth } from '../../../src/renderer/state/panel-width.svelte.ts';

describe('the width of the panel', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  it('is the usual one until a person chooses, and again when they give it back', () => {
    const width = new PanelWidth();
    expect(width.px).toBeNull();
    width.set(512.4);
    expect(new PanelWidth().px).toBe(512);
    width.reset();
    expect(new PanelWidth().px).toBeNull();
  });

  it('stays within what can be read and what leaves room', () => {
    const width = new PanelWidth();
    width.set(10);
    expect(width.px).toBe(LEAST_PANEL_PX);
    width.set(1e6);
    expect(width.px).toBe(MOST_PANEL_PX);
  });

  it('switches between usual and large', () => {
    const width = new PanelWidth();
    width.toggleLarge();
    expect([width.isLarge, new PanelWidth().isLarge]).toEqual([true, true]);
    width.toggleLarge();
    expect([width.isLarge, width.px]).toEqual([false, null]);
  });
});
