// Keys of the labelling queues: they come before the window's own, because there numbers are views and here they are genres.
import { isTyping } from './shortcuts.ts';

type KeyActions = (event: KeyboardEvent) => (() => void) | null;

/** Runs what the key means here, unless a field or a control has its own use for it. */
export function handleQueueKey(event: KeyboardEvent, isCovered: boolean, actionFor: KeyActions): void {
  if (isCovered || isTyping(event.target) || event.altKey || usesItself(event)) return;
  const action = actionFor(event);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

/** Buttons are pressed by Space and Enter, links by Enter; radio buttons are moved by arrows. */
function usesItself({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter') return target.closest('button, a, summary') !== null;
  if (key === ' ') return target.closest('button, summary, input') !== null;
  return key.startsWith('Arrow') && target.closest('input') !== null;
}
