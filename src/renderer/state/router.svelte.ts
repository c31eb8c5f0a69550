// Which view is open, kept in the address so that back, forward and reload work, and remembered for the next start.
import { recallOneOf, remember } from '../lib/remembered.ts';

export const VIEWS = ['library', 'map', 'playlists', 'teach', 'genres', 'scan', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export function viewOf(hash: string): View {
  const name = hash.replace(/^#\/?/, '');
  return VIEWS.find((view) => view === name) ?? 'library';
}

const KEY = 'view';

export class Router {
  #view = $state<View>('library');

  get view(): View {
    return this.#view;
  }

  /** Follows the address from now on. */
  listen(target: Window): () => void {
    const follow = (): void => {
      this.#view = viewOf(target.location.hash);
      remember(KEY, this.#view);
    };
    if (target.location.hash === '') this.#view = recallOneOf(KEY, VIEWS);
    else follow();
    target.addEventListener('hashchange', follow);
    return () => target.removeEventListener('hashchange', follow);
  }

  open(view: View): void {
    this.#view = view;
    remember(KEY, view);
    if (viewOf(window.location.hash) !== view) window.location.hash = `#/${view}`;
  }
}
