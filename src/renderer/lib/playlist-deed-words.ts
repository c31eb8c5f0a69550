// What an act on a playlist did, in the window's language.
import type { PlaylistDeed } from '../../contract/index.ts';
import { t } from './language.ts';

export function playlistDeedInWords(deed: PlaylistDeed): string {
  const { code, ...values } = deed;
  return deed.code === 'said' ? deed.text : t(`playlists.deed_${deed.code}`, values);
}
