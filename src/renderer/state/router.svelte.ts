// Which view is open, kept in the address so that back, forward and reload work.

export const VIEWS = ['library', 'map', 'playlists', 'teach', 'genres', 'scan', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export function viewOf(hash: string): View {
  const name = hash.replace(/^#\/?/, '');
  return VIEWS.find((view) => view === name) ?? 'library';
}

export class Router {
  #view = $state<View>('library');

  get view(): View {
    return this.#view;
  }

  /** Follows the address from now on. */
  listen(target: Window): () => void {
    const follow = (): void => {
      this.#view = viewOf(target.location.hash);
    };
    follow();
    target.addEventListener('hashchange', follow);
    return () => target.removeEventListener('hashchange', follow);
  }

  open(view: View): void {
    this.#view = view;
    if (viewOf(window.location.hash) !== view) window.location.hash = `#/${view}`;
  }
}
