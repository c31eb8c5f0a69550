// The track that plays: what is known of it, how much of it was heard, and what the system is told of it.
import type { Track, TrackDetail } from '../../contract/index.ts';
import { announceTrack } from '../audio/media-session.ts';
import type { Api } from '../lib/api.ts';
import { trackTitle } from '../lib/format.ts';
import { PlayMeter } from '../lib/play-meter.ts';
import type { Toasts } from './toasts.svelte.ts';

export class NowPlaying {
  #api: Api;
  #toasts: Toasts;
  #onKnown: (detail: TrackDetail) => void;
  #meter = new PlayMeter();
  #track = $state.raw<Track | null>(null);
  #detail = $state.raw<TrackDetail | null>(null);

  /** @param onKnown called once everything is known of a track that came with less */
  constructor(api: Api, toasts: Toasts, onKnown: (detail: TrackDetail) => void) {
    this.#api = api;
    this.#toasts = toasts;
    this.#onKnown = onKnown;
  }

  get track(): Track | null {
    return this.#track;
  }

  /** Everything known of the track; null until it was read. */
  get detail(): TrackDetail | null {
    return this.#detail;
  }

  show(track: Track): void {
    this.#track = track;
    this.#detail = 'windows' in track ? (track as TrackDetail) : null;
    if (!this.#detail) void this.#readDetail(track.id);
    const { artist, album } = track;
    const words = { title: trackTitle(track), artist: artist ?? '', album: album ?? '' };
    announceTrack(words, this.#api.mediaUrl({ kind: 'cover', id: track.id }));
  }

  /** It is heard from its beginning. */
  begin(): void {
    this.#meter.begin();
  }

  /** The player is at this second: once enough was heard, it counts as a play. */
  hear(nowSec: number, durationSec: number | null): void {
    const playedSec = this.#meter.hear(nowSec, durationSec);
    if (playedSec === null || !this.#track) return;
    this.#api.call('plays.record', { trackId: this.#track.id, playedSec }).catch((error: unknown) => this.#toasts.fail(error));
  }

  async #readDetail(id: number): Promise<void> {
    // Without it the track still plays.
    const detail = await this.#api.call('tracks.get', { id }).catch(() => null);
    if (!detail || this.#track?.id !== id) return;
    this.#detail = detail;
    this.#onKnown(detail);
  }
}
