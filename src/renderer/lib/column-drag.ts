// Headings under the pointer: dragged by their edge they change width, dragged as a whole their place.
import type { ColumnId } from '../elements/track-columns.ts';
import type { Columns } from '../state/columns.svelte.ts';

const COLUMN_TYPE = 'application/x-stemscape-column';

/** Follows the pointer until it is let go. */
export function beginResizing(event: PointerEvent, columns: Columns, id: ColumnId): void {
  const handle = event.currentTarget as HTMLElement;
  const heading = handle.closest<HTMLElement>('[role="columnheader"]');
  if (!heading || event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  const [startX, startPx] = [event.clientX, heading.getBoundingClientRect().width];
  handle.setPointerCapture(event.pointerId);
  handle.onpointermove = (move) => columns.resize(id, startPx + move.clientX - startX);
  handle.onpointerup = handle.onpointercancel = () => {
    handle.onpointermove = null;
  };
}

export interface HeadingDrag {
  draggable: boolean;
  ondragstart: (event: DragEvent) => void;
  ondragover: (event: DragEvent) => void;
  ondrop: (event: DragEvent) => void;
}

/** The rows' own drags pass through the same grid: these stop at the headings. */
export function headingDrag(columns: Columns, id: ColumnId): HeadingDrag {
  return {
    draggable: true,
    ondragstart(event) {
      event.stopPropagation();
      event.dataTransfer?.setData(COLUMN_TYPE, id);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    ondragover(event) {
      if (!event.dataTransfer?.types.includes(COLUMN_TYPE)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    ondrop(event) {
      const moved = event.dataTransfer?.getData(COLUMN_TYPE);
      if (!moved) return;
      event.preventDefault();
      event.stopPropagation();
      columns.moveTo(moved as ColumnId, id);
    },
  };
}
