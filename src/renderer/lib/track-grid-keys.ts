// What a key press in a track list does: moving, selecting, labelling, adding to playlists; null where the key means nothing here.
import type { LabelTarget } from '../../contract/index.ts';
import type { AppState } from '../state/app-state.svelte.ts';
import type { PlaylistOrder } from '../state/playlist-order.svelte.ts';
import type { TrackList } from '../state/track-list.svelte.ts';
import { countOf } from './format.ts';
import { nextIndex } from './grid-keys.ts';

export interface KeyedGrid {
  app: AppState;
  list: TrackList;
  /** Of an open playlist that a person may put in order. */
  order: PlaylistOrder | null;
  pageRows: number;
  activate: (index: number) => void;
}

export interface GridAction {
  run: () => void;
  /** The window's own shortcuts are not to hear of it. */
  isOwn: boolean;
}

export function gridAction(event: KeyboardEvent, grid: KeyedGrid): GridAction | null {
  const own = event.altKey ? movingAction(event, grid) : selectingAction(event, grid);
  if (own) return { run: own, isOwn: true };
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const { app, list } = grid;
  const index = event.shiftKey ? null : nextIndex(event.key, list.activeIndex, list.total, grid.pageRows);
  if (index !== null) return { run: () => grid.activate(index), isOwn: false };
  const isPlay = event.key === 'Enter' && list.activeIndex >= 0;
  return isPlay ? { run: () => void app.playFrom(list, list.activeIndex), isOwn: false } : null;
}

function movingAction({ key }: KeyboardEvent, { order }: KeyedGrid): (() => void) | null {
  const step = { ArrowUp: -1 as const, ArrowDown: 1 as const, Home: -1 as const, End: 1 as const }[key];
  return step !== undefined && order ? () => order.moveBy(step, !key.startsWith('Arrow')) : null;
}

function selectingAction(event: KeyboardEvent, grid: KeyedGrid): (() => void) | null {
  const { app, list, order } = grid;
  const { selection } = list;
  if (event.ctrlKey || event.metaKey) return event.key === 'a' ? () => void selection.selectAll() : null;
  if (event.key === 'Escape') return selection.count > 0 ? () => selection.clear() : null;
  if (event.key.toLowerCase() === 'o') return () => void openPanel(grid);
  if (event.key.toLowerCase() === 'l') return () => void openLabelDialog(grid);
  if (event.key.toLowerCase() === 'w') return () => void openTagDialog(grid);
  if (event.key.toLowerCase() === 'q') return () => void app.enqueue(list, event.shiftKey);
  if (event.key.toLowerCase() === 'p') return () => app.playlists.adding.offerSelected(list);
  if (order && (event.key === 'Delete' || event.key === 'Backspace')) return () => void order.removeSelected();
  const genre = selection.count > 0 ? app.labels.byKey(event.key) : null;
  const { target } = selection;
  if (genre && target) return () => void app.labels.set(target, [genre.name]).then((done) => done && selection.clear());
  return event.shiftKey ? extendingAction(event.key, grid) : null;
}

function extendingAction(key: string, { list, pageRows, activate }: KeyedGrid): (() => void) | null {
  const from = list.activeIndex;
  const index = nextIndex(key, from, list.total, pageRows);
  if (index === null) return null;
  return () => {
    // The active row moves at once, so that fast presses count.
    activate(index);
    void list.selection.extendTo(index, from);
  };
}

/** The active row's track beside the list. */
async function openPanel({ app, list }: KeyedGrid): Promise<void> {
  const track = await list.ready(list.activeIndex);
  if (track) await app.panel.open(track.id);
}

export async function openLabelDialog({ app, list }: Pick<KeyedGrid, 'app' | 'list'>): Promise<void> {
  app.labels.target = await selectedOrActive(list);
}

export async function openTagDialog({ app, list }: Pick<KeyedGrid, 'app' | 'list'>): Promise<void> {
  const offer = await selectedOrActive(list);
  if (offer) app.tagPreview.open(offer);
}

async function selectedOrActive({ selection, activeIndex }: TrackList): Promise<{ target: LabelTarget; name: string } | null> {
  if (selection.count === 0 && activeIndex >= 0) await selection.toggle(activeIndex);
  const { target, count } = selection;
  return target && { target, name: countOf(count, 'track') };
}
