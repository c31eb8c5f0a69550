// Tracks on their way into a playlist: those the "Add to playlist" dialog is about, and those a drag carries.
import { countOf, trackTitle } from '../lib/format.ts';
import type { TrackList } from './track-list.svelte.ts';

export interface Carried {
  /** "3 tracks", or one track's title. */
  name: string;
  count: number;
  ids: () => Promise<readonly number[]>;
  /** The playlist they were taken from. */
  playlistId: string | null;
}

export class PlaylistAdding {
  /** What the dialog is about; null while it is closed. */
  offered = $state.raw<Carried | null>(null);
  /** What a drag carries; null while none goes on. */
  dragged = $state.raw<Carried | null>(null);

  offer(ids: readonly number[], name = countOf(ids.length, 'track')): void {
    if (ids.length > 0) this.offered = { name, count: ids.length, ids: async () => ids, playlistId: null };
  }

  /** The selected tracks of a list, else its active one. */
  offerSelected(list: TrackList): void {
    this.offered = carriedFrom(list, list.activeIndex);
  }

  /** The whole selection where the row is part of it, else the row alone. */
  drag(list: TrackList, index: number): Carried | null {
    const track = list.at(index);
    this.dragged = track && !list.selection.has(track.id) ? oneOf(list, index) : carriedFrom(list, index);
    return this.dragged;
  }
}

function carriedFrom(list: TrackList, index: number): Carried | null {
  const { selection } = list;
  if (selection.count === 0) return oneOf(list, index);
  const { count } = selection;
  return { name: countOf(count, 'track'), count, ids: () => selection.ids(), playlistId: list.query.playlistId };
}

function oneOf(list: TrackList, index: number): Carried | null {
  const track = list.at(index);
  if (!track) return null;
  return { name: trackTitle(track), count: 1, ids: async () => [track.id], playlistId: list.query.playlistId };
}
