// How the library is looked at: as a table with chosen columns or as covers, with facets beside it.
import { ALBUM_SEPARATOR, type Album } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { recall, remember } from '../lib/remembered.ts';
import { Albums } from './albums.svelte.ts';
import { Columns } from './columns.svelte.ts';
import { Facets } from './facets.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackList, TrackQuery } from './track-list.svelte.ts';

export type LibraryShape = 'table' | 'covers';

export class Browsing {
  readonly columns = new Columns();
  readonly facets: Facets;
  readonly albums: Albums;
  #api: Api;
  #toasts: Toasts;
  #list: TrackList;
  #shape = $state<LibraryShape>(recall<string>('library.shape', 'table') === 'covers' ? 'covers' : 'table');

  constructor(api: Api, toasts: Toasts, list: TrackList) {
    this.#api = api;
    this.#toasts = toasts;
    this.#list = list;
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

  /** Everything by an artist, as a table for now. */
  showArtist(artist: string): void {
    this.#showOnly({ artist: [artist] });
  }

  /** The whole album that a track is from, in its order. */
  async showAlbumOf(trackId: number): Promise<void> {
    try {
      const { album, tags } = await this.#api.call('tracks.get', { id: trackId });
      if (album !== null) this.#showOnly({ album: [tags.albumArtist ? album + ALBUM_SEPARATOR + tags.albumArtist : album] });
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  #showOnly(facets: TrackQuery['facets']): void {
    this.#list.change({ search: '', genre: null, status: null, facets, ranges: {}, sort: 'path', descending: false });
    this.#shape = 'table';
  }

  /** An album's tracks, as a table for now: the chosen shape stays for the next time. */
  openAlbum(album: Album): void {
    this.albums.open(album);
    this.#shape = 'table';
  }
}
