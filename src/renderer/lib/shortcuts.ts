// Keyboard shortcuts of the whole window; a grid handles its own arrows. What they are is told by `shortcut-sheet.ts`.
import type { AppState } from '../state/app-state.svelte.ts';

export const SEARCH_FIELD_ID = 'search';
export const MAIN_GRID = '[role="grid"]';

const SEEK_SEC = 10;
const VIEW_KEYS = {
  '1': 'library',
  '2': 'map',
  '3': 'playlists',
  '4': 'teach',
  '5': 'genres',
  '6': 'scan',
  '7': 'settings',
} as const;

export function handleShortcut(event: KeyboardEvent, app: AppState): void {
  const action = actionOf(event, app);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(event: KeyboardEvent, app: AppState): (() => void) | null {
  if (isFind(event)) return () => focusSearch(app);
  if (isUndo(event)) return () => undo(event.shiftKey, app);
  return isFree(event) ? actionFor(event, app) : null;
}

/** Among playlists their own acts, everywhere else acts of labelling. */
function undo(isRedo: boolean, { router, playlists, labels }: AppState): void {
  const acts = router.view === 'playlists' ? playlists.acts : labels;
  void (isRedo ? acts.redo() : acts.undo());
}

/** Fields undo what is typed in them. */
function isUndo(event: KeyboardEvent): boolean {
  return (
    event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && !isTyping(event.target)
  );
}

function isFind(event: KeyboardEvent): boolean {
  return event.key === 'f' && (event.ctrlKey || event.metaKey);
}

/** No dialog, field or other listener has a use for the key. */
function isFree(event: KeyboardEvent): boolean {
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  const isCovered = document.querySelector('dialog[open]') !== null;
  return !event.defaultPrevented && !withModifier && !isCovered && !isTyping(event.target) && !movesChoice(event);
}

function actionFor(event: KeyboardEvent, app: AppState): (() => void) | null {
  const { player } = app;
  switch (event.key) {
    case '/':
      return () => focusSearch(app);
    case '?':
      return () => {
        app.dialog = 'keys';
      };
    case 'Escape':
      return () => app.panel.close();
    case 'n':
      return app.router.view === 'playlists' ? () => beginNaming(app) : null;
    case 'u':
      return () => {
        player.queue.isOpen = !player.queue.isOpen;
      };
    case ' ':
      return isControl(event.target) ? null : () => player.toggle();
    case 'ArrowRight':
      return event.shiftKey ? () => void player.step(1) : () => player.seekBy(SEEK_SEC);
    case 'ArrowLeft':
      return event.shiftKey ? () => void player.step(-1) : () => player.seekBy(-SEEK_SEC);
    case 'j':
    case 'k':
    case 'ArrowDown':
    case 'ArrowUp':
      return isControl(event.target) ? null : () => document.querySelector<HTMLElement>(MAIN_GRID)?.focus();
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7': {
      const view = VIEW_KEYS[event.key];
      return () => app.router.open(view);
    }
    default:
      return null;
  }
}

function beginNaming({ playlists }: AppState): void {
  playlists.isNaming = true;
}

function focusSearch(app: AppState): void {
  app.router.open('library');
  requestAnimationFrame(() => document.getElementById(SEARCH_FIELD_ID)?.focus());
}

/** Arrows move between radio buttons. */
function movesChoice({ key, target }: KeyboardEvent): boolean {
  return key.startsWith('Arrow') && target instanceof HTMLInputElement;
}

export function isTyping(target: EventTarget | null): boolean {
  const fields = 'input:not([type="radio"], [type="checkbox"]), select, textarea, [contenteditable], [role="slider"]';
  return target instanceof HTMLElement && target.matches(fields);
}

/** Something that has its own meaning for Space and arrows. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, input, [role="option"]') !== null;
}
