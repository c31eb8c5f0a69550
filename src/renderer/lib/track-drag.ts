// Dragging rows of a track list: what the pointer carries, and where in a playlist it would be dropped.
import type { AppState } from '../state/app-state.svelte.ts';
import type { PlaylistOrder } from '../state/playlist-order.svelte.ts';
import type { TrackList } from '../state/track-list.svelte.ts';

const TRACKS_TYPE = 'application/x-stemscape-tracks';

export interface DragHandlers {
  ondragstart: (event: DragEvent) => void;
  ondragend: () => void;
  ondragover: (event: DragEvent) => void;
  ondragleave: (event: DragEvent) => void;
  ondrop: (event: DragEvent) => void;
}

/** Handlers of a grid whose rows carry `data-row`. Without an order nothing is dropped on it. */
export function dragHandlers(app: AppState, list: TrackList, order: PlaylistOrder | null): DragHandlers {
  const { adding } = app.playlists;
  const forget = (): void => {
    if (order) order.dropIndex = null;
  };
  const end = (): void => {
    adding.dragged = null;
    forget();
  };
  return {
    ondragstart(event) {
      const row = rowAt(event);
      const carried = row === null ? null : adding.drag(list, row.index);
      if (!carried || !event.dataTransfer) return;
      event.dataTransfer.setData(TRACKS_TYPE, carried.name);
      event.dataTransfer.effectAllowed = 'copyMove';
      if (carried.count > 1) showCount(event.dataTransfer, carried.name);
      // A row that scrolls out of sight is gone and tells no end; the pointer is heard again only after a drag.
      setTimeout(() => window.addEventListener('mousemove', end, { once: true }));
    },
    ondragend: end,
    ondragover(event) {
      const row = rowAt(event);
      const isOwn = adding.dragged?.playlistId === list.query.playlistId;
      if (!adding.dragged || !order?.canChange || (isOwn && !order.canMove)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = isOwn ? 'move' : 'copy';
      order.dropIndex = row && isOwn ? row.index + (row.isLowerHalf ? 1 : 0) : list.total;
    },
    ondragleave(event) {
      const { currentTarget, relatedTarget } = event;
      if (currentTarget instanceof Element && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
      forget();
    },
    ondrop(event) {
      const [carried, index] = [adding.dragged, order?.dropIndex ?? null];
      forget();
      if (!carried || !order || index === null) return;
      event.preventDefault();
      void order.drop(carried, index);
    },
  };
}

/** Handlers of anything that takes dropped tracks as a whole. */
export function dropTarget(app: AppState, isOpen: () => boolean, take: () => void): Pick<DragHandlers, 'ondragover' | 'ondrop'> {
  const { adding } = app.playlists;
  return {
    ondragover(event) {
      if (!adding.dragged || !isOpen()) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    },
    ondrop(event) {
      if (!adding.dragged) return;
      event.preventDefault();
      take();
    },
  };
}

function rowAt(event: DragEvent): { index: number; isLowerHalf: boolean } | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
  if (!row) return null;
  const { top, height } = row.getBoundingClientRect();
  return { index: Number(row.dataset.row), isLowerHalf: event.clientY > top + height / 2 };
}

/** A chip under the pointer that tells how many are carried. */
function showCount(transfer: DataTransfer, text: string): void {
  const chip = document.createElement('div');
  chip.className = 'drag-chip';
  chip.textContent = text;
  document.body.append(chip);
  transfer.setDragImage(chip, -12, 16);
  // The browser takes its picture of the chip first.
  setTimeout(() => chip.remove());
}
