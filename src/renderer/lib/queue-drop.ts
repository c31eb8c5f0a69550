// Tracks dropped on the queue are put in after what was put in before.
import type { AppState } from '../state/app-state.svelte.ts';

interface DropHandlers {
  ondragover: (event: DragEvent) => void;
  ondrop: (event: DragEvent) => void;
}

export function queueDrop({ player, playlists, toasts }: AppState): DropHandlers {
  const { adding } = playlists;
  return {
    ondragover(event) {
      if (!adding.dragged) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    },
    ondrop(event) {
      const carried = adding.dragged;
      if (!carried) return;
      event.preventDefault();
      adding.dragged = null;
      carried.ids().then(
        (ids) => player.queue.add(ids),
        (error: unknown) => toasts.fail(error),
      );
    },
  };
}
