// What is known of the open playlist's places: why each track is there, what is missing, and how tempo and energy run along it.
import type { PlaceReason, PlaylistDetail, PlaylistPlace, PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { placeReasonsInWords } from '../lib/place-reason-words.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Longer lists are drawn as far as this. */
export const MAX_DRAWN = 2000;
const PAGE = 1000;
const MAX_PLACES = 100_000;

export interface Course {
  energy: number | null;
  tempoBpm: number | null;
}

type Place = { index: number; reasons: readonly PlaceReason[] };

export class PlaylistPlaces {
  #api: Api;
  #toasts: Toasts;
  #detail = $state.raw<PlaylistDetail | null>(null);
  #byTrack = $state.raw<ReadonlyMap<number, Place>>(new Map());
  #course = $state.raw<readonly Course[]>([]);
  #nRequests = 0;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get detail(): PlaylistDetail | null {
    return this.#detail;
  }

  /** Tempo and energy of the tracks, in playlist order; empty by genre, where the order says nothing. */
  get course(): readonly Course[] {
    return this.#course;
  }

  /** Places whose file is not in the library now. */
  get lost(): PlaylistPlace[] {
    return this.#detail?.places.filter(({ trackId }) => trackId === null) ?? [];
  }

  reasonOf(trackId: number): string | null {
    return placeReasonsInWords(this.#byTrack.get(trackId)?.reasons ?? []);
  }

  /** From 0; -1 where it is not known. */
  placeOf(trackId: number): number {
    return this.#byTrack.get(trackId)?.index ?? -1;
  }

  get hasReasons(): boolean {
    return this.#detail?.kind !== 'manual';
  }

  /** What was read of another playlist is forgotten at once. */
  async read(playlist: PlaylistSummary | null): Promise<void> {
    const request = ++this.#nRequests;
    if (playlist?.id !== this.#detail?.id) this.#show(null, []);
    if (!playlist) return;
    try {
      const [detail, course] = await Promise.all([
        this.#api.call('playlists.get', { id: playlist.id, limit: MAX_PLACES }),
        this.#courseOf(playlist),
      ]);
      // Another playlist may have been opened meanwhile.
      if (request === this.#nRequests) this.#show(detail, course);
    } catch (error) {
      if (request === this.#nRequests) this.#toasts.fail(error);
    }
  }

  async #courseOf({ id, kind, nTracks }: PlaylistSummary): Promise<Course[]> {
    const course: Course[] = [];
    if (kind === 'auto-genre') return course;
    for (let offset = 0; offset < Math.min(nTracks, MAX_DRAWN); offset += PAGE) {
      const { tracks } = await this.#api.call('tracks.list', { playlistId: id, sort: 'position', offset, limit: PAGE });
      course.push(...tracks.map(({ energy, tempoBpm }) => ({ energy, tempoBpm })));
    }
    return course;
  }

  #show(detail: PlaylistDetail | null, course: Course[]): void {
    const byTrack = new Map<number, Place>();
    for (const [index, { trackId, reasons }] of (detail?.places ?? []).entries()) {
      if (trackId !== null && !byTrack.has(trackId)) byTrack.set(trackId, { index, reasons });
    }
    this.#detail = detail;
    this.#byTrack = byTrack;
    this.#course = course;
  }
}
