// Anything that stands for tracks and can be dragged onto a playlist: a cover, a row outside the big list, what plays now.
import type { AppState } from '../state/app-state.svelte.ts';
import type { Carried } from '../state/playlist-adding.svelte.ts';

/** A drag of nothing but these: the list that they come from is not asked. */
export type Loose = Omit<Carried, 'playlistId'>;

export interface DragSource {
  draggable: 'true';
  ondragstart: (event: DragEvent) => void;
  ondragend: () => void;
}

/** @param load what is carried when a drag begins; null carries nothing */
export function dragSource(app: AppState, load: () => Loose | null): DragSource {
  const { adding } = app.playlists;
  return {
    draggable: 'true',
    ondragstart(event) {
      const loose = load();
      if (!loose) return;
      event.stopPropagation();
      // Some browsers drag nothing that has no text.
      event.dataTransfer?.setData('text/plain', loose.name);
      adding.dragged = { ...loose, playlistId: null };
    },
    ondragend() {
      adding.dragged = null;
    },
  };
}

export function oneTrack(id: number, name: string): Loose {
  return { name, count: 1, ids: async () => [id] };
}
