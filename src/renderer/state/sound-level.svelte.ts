// How loud a track is played: the volume, and whether every track is to be equally loud. Kept in this window's storage.
import type { Track, TrackDetail } from '../../contract/index.ts';
import { faderGain, normalisingGain } from '../lib/loudness-gain.ts';
import { recall, remember } from '../lib/remembered.ts';

export class SoundLevel {
  #volume = $state<number>(recall('volume', 0.9));
  #normalises = $state<boolean>(recall('normalise', false));

  /** 0..1 */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.isMuted = false;
    this.#volume = Math.min(1, Math.max(0, volume));
    remember('volume', this.#volume);
  }

  /** Until the volume is moved, or the window is closed. */
  isMuted = $state(false);

  get normalises(): boolean {
    return this.#normalises;
  }

  set normalises(normalises: boolean) {
    this.#normalises = normalises;
    remember('normalise', normalises);
  }

  /** Linear gain; above 1 only as far as the track's measured peak allows. */
  gainOf(track: Track & Partial<Pick<TrackDetail, 'samplePeakDbfs'>>): number {
    if (this.isMuted) return 0;
    const normalising = this.#normalises ? normalisingGain(track.loudnessLufs, track.samplePeakDbfs ?? null) : 1;
    return faderGain(this.#volume) * normalising;
  }
}
