// What can be done with a whole album from its cover: by its menu or by a key.
import type { Album, ListedTrack } from '../../contract/index.ts';
import type { AppState } from '../state/app-state.svelte.ts';
import { t } from './language.ts';
import type { MenuItem } from './menu-item.ts';

type WithTracks = (tracks: readonly ListedTrack[], ids: readonly number[]) => void;

export function albumMenu(app: AppState, album: Album): MenuItem[] {
  const acts = actsOf(app, album);
  return [
    { name: t('library.openAlbum'), keys: '↵', run: acts.open },
    { name: t('common.play'), keys: '⇧ ↵', run: acts.play },
    { name: t('track.playNext'), keys: '⇧ Q', isApart: true, run: acts.playNext },
    { name: t('track.addToQueue'), keys: 'Q', run: acts.enqueue },
    { name: t('library.addToPlaylist'), keys: 'P', run: acts.addToPlaylist },
    { name: t('library.label'), keys: 'L', run: acts.label },
  ];
}

/** Null where the key means nothing to an album. */
export function albumKeyAction({ key, shiftKey }: KeyboardEvent, app: AppState, album: Album): (() => void) | null {
  const acts = actsOf(app, album);
  switch (key.toLowerCase()) {
    case 'enter':
      return shiftKey ? acts.play : acts.open;
    case 'q':
      return shiftKey ? acts.playNext : acts.enqueue;
    case 'p':
      return acts.addToPlaylist;
    case 'l':
      return acts.label;
    default:
      return null;
  }
}

export function playAlbum(app: AppState, album: Album): void {
  actsOf(app, album).play();
}

function actsOf(app: AppState, album: Album) {
  const withTracks = (act: WithTracks) => (): void => {
    void app.browsing.albums.tracksOf(album).then((tracks) => {
      if (tracks.length > 0)
        act(
          tracks,
          tracks.map(({ id }) => id),
        );
    });
  };
  const name = album.name || t('library.noAlbum');
  return {
    open: () => app.browsing.openAlbum(album),
    play: withTracks(([first], ids) => first && app.player.play(first, { ids, index: 0 })),
    playNext: withTracks((_, ids) => app.enqueueIds(ids, true)),
    enqueue: withTracks((_, ids) => app.enqueueIds(ids, false)),
    addToPlaylist: withTracks((_, ids) => app.playlists.adding.offer(ids, name)),
    label: withTracks((_, ids) => {
      app.labels.target = { target: { kind: 'tracks', ids: [...ids] }, name };
    }),
  };
}
