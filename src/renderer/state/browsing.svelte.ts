// How the library is looked at: as a table with chosen columns or as covers, with facets beside it.
import type { Album } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { recall, remember } from '../lib/remembered.ts';
import { Albums } from './albums.svelte.ts';
import { Columns } from './columns.svelte.ts';
import { Facets } from './facets.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackList } from './track-list.svelte.ts';

export type LibraryShape = 'table' | 'covers';

export class Browsing {
  readonly columns = new Columns();
  readonly facets: Facets;
  readonly albums: Albums;
  #shape = $state<LibraryShape>(recall<string>('library.shape', 'table') === 'covers' ? 'covers' : 'table');

  constructor(api: Api, toasts: Toasts, list: TrackList) {
    this.facets = new Facets(api, toasts, list);
    this.albums = new Albums(api, toasts, list);
  }

  get shape(): LibraryShape {
    return this.#shape;
  }

  set shape(shape: LibraryShape) {
    this.#shape = shape;
    remember('library.shape', shape);
  }

  listen(): () => void {
    const stops = [this.facets.listen(), this.albums.listen()];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** An album's tracks, as a table for now: the chosen shape stays for the next time. */
  openAlbum(album: Album): void {
    this.albums.open(album);
    this.#shape = 'table';
  }
}
