// What the menu of a row in a track list offers: for the selected tracks where the row is one of them, else for its own track.
import type { ListedTrack } from '../../contract/index.ts';
import { t } from './language.ts';
import type { MenuItem } from './menu-item.ts';
import { type KeyedGrid, openLabelDialog, openTagDialog } from './track-grid-keys.ts';

/** @param grid whose active row is the menu's */
export function trackMenu(grid: Omit<KeyedGrid, 'activate' | 'pageRows'>): MenuItem[] {
  const { app, list, order } = grid;
  const track = list.at(list.activeIndex);
  if (!track) return [];
  const isAlone = list.selection.count < 2;
  const all: (MenuItem | null)[] = [
    { name: t('common.play'), keys: '↵', run: () => void app.playFrom(list, list.activeIndex) },
    { name: t('track.playNext'), keys: '⇧ Q', run: () => void app.enqueue(list, true) },
    { name: t('track.addToQueue'), keys: 'Q', run: () => void app.enqueue(list, false) },
    { name: t('library.addToPlaylist'), keys: 'P', isApart: true, run: () => app.playlists.adding.offerSelected(list) },
    { name: t('library.label'), keys: 'L', run: () => void openLabelDialog(grid) },
    { name: t('track.writeTags'), keys: 'W', run: () => void openTagDialog(grid) },
    order?.canChange ? { name: t('library.takeOut'), keys: '⌦', run: () => void order.removeSelected() } : null,
    ...(isAlone ? aloneItems(grid, track) : []),
  ];
  return all.filter((item) => item !== null);
}

function aloneItems({ app }: Pick<KeyedGrid, 'app'>, { id, artist, album, status }: ListedTrack): (MenuItem | null)[] {
  const show = (narrow: () => void) => (): void => {
    app.router.open('library');
    narrow();
  };
  return [
    { name: t('library.showDetails'), keys: 'O', isApart: true, run: () => void app.panel.open(id) },
    artist === null ? null : { name: t('library.allBy', { artist }), run: show(() => app.browsing.showArtist(artist)) },
    album === null ? null : { name: t('library.wholeAlbum', { album }), run: show(() => void app.browsing.showAlbumOf(id)) },
    status === 'failed' ? { name: t('common.retry'), isApart: true, run: () => void app.scan.retry([id]) } : null,
  ];
}
