// What plays: the track, the list it came from, time, volume, and whether the file or its four stems sound.
import { STEMS, type Stem, type Track } from '../../contract/index.ts';
import { ElementTransport } from '../audio/element-transport.ts';
import { announcePlaying, announceTrack, setupMediaSession } from '../audio/media-session.ts';
import { StemTransport } from '../audio/stem-transport.ts';
import type { Transport, TransportEvents } from '../audio/transport.ts';
import type { Api } from '../lib/api.ts';
import { trackTitle } from '../lib/format.ts';
import { faderGain, normalisingGain } from '../lib/loudness-gain.ts';
import { PlayMeter } from '../lib/play-meter.ts';
import { recall, remember } from '../lib/remembered.ts';
import { neutralMix, type StemFader, stemGains } from '../lib/stem-mix.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackQuery } from './track-list.svelte.ts';

/** Where a track was played from: previous and next follow the list as it was then, or the tracks chosen by hand. */
export type PlayOrigin = { query: TrackQuery; index: number } | { ids: readonly number[]; index: number };

const TICK_MS = 100;
/** "Previous" goes to the start of the track once this much was heard. */
const RESTART_AFTER_SEC = 3;

export class Player {
  #api: Api;
  #toasts: Toasts;
  #transport: Transport | null = null;
  #origin: PlayOrigin | null = null;
  #meter = new PlayMeter();
  #track = $state.raw<Track | null>(null);
  #playing = $state(false);
  #timeSec = $state(0);
  #durationSec = $state<number | null>(null);
  #volume = $state<number>(recall('volume', 0.9));
  #normalise = $state<boolean>(recall('normalise', false));
  #stemsOn = $state(false);
  #mix = $state.raw(neutralMix());

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get track(): Track | null {
    return this.#track;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get timeSec(): number {
    return this.#timeSec;
  }

  get durationSec(): number | null {
    return this.#durationSec ?? this.#track?.durationSec ?? null;
  }

  get volume(): number {
    return this.#volume;
  }

  get normalise(): boolean {
    return this.#normalise;
  }

  /** The four stems sound instead of the file. */
  get stemsOn(): boolean {
    return this.#stemsOn;
  }

  get mix(): Readonly<Record<Stem, StemFader>> {
    return this.#mix;
  }

  listen(): () => void {
    setupMediaSession({
      play: () => this.playing || this.toggle(),
      pause: () => this.playing && this.toggle(),
      next: () => void this.step(1),
      previous: () => void this.step(-1),
      seek: (seconds) => this.seek(seconds),
    });
    const timer = setInterval(() => {
      if (this.#playing && this.#transport) this.#hear(this.#transport.currentSec);
    }, TICK_MS);
    return () => clearInterval(timer);
  }

  #hear(nowSec: number): void {
    this.#timeSec = nowSec;
    const playedSec = this.#meter.hear(nowSec, this.durationSec);
    if (playedSec === null || !this.#track) return;
    this.#api.call('plays.record', { trackId: this.#track.id, playedSec }).catch((error: unknown) => this.#toasts.fail(error));
  }

  play(track: Track, origin: PlayOrigin | null): void {
    this.#origin = origin;
    if (this.#track?.id !== track.id) this.#load(track, false, 0);
    void this.#transport?.play();
  }

  toggle(): void {
    if (!this.#transport) return;
    if (this.#playing) this.#transport.pause();
    else void this.#transport.play();
  }

  seek(seconds: number): void {
    this.#transport?.seek(seconds);
    this.#timeSec = seconds;
  }

  seekBy(seconds: number): void {
    if (this.#transport) this.seek(Math.min(this.durationSec ?? 0, Math.max(0, this.#transport.currentSec + seconds)));
  }

  /** The track after (+1) or before (-1) this one in the list it was played from. */
  async step(direction: 1 | -1): Promise<void> {
    if (direction === -1 && (this.#timeSec > RESTART_AFTER_SEC || !this.#origin || this.#origin.index === 0)) return this.seek(0);
    if (!this.#origin) return;
    const origin = { ...this.#origin, index: this.#origin.index + direction };
    try {
      const track = await this.#trackAt(origin);
      if (track) this.play(track, origin);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #trackAt(origin: PlayOrigin): Promise<Track | undefined> {
    if ('query' in origin) {
      const { tracks } = await this.#api.call('tracks.list', { ...origin.query, offset: origin.index, limit: 1 });
      return tracks[0];
    }
    const id = origin.ids[origin.index];
    return id === undefined ? undefined : this.#api.call('tracks.get', { id });
  }

  /** Changes between the file and its stems without losing the place. */
  useStems(track: Track, on: boolean): void {
    const same = this.#track?.id === track.id;
    if (same && this.#stemsOn === on) return;
    const wasPlaying = same && this.#playing;
    const atSec = same ? (this.#transport?.currentSec ?? 0) : 0;
    if (!same) this.#origin = null;
    this.#load(track, on, atSec);
    if (wasPlaying) void this.#transport?.play();
  }

  changeFader(stem: Stem, change: Partial<StemFader>): void {
    this.#mix = { ...this.#mix, [stem]: { ...this.#mix[stem], ...change } };
    if (this.#transport instanceof StemTransport) this.#transport.setStemGains(stemGains(this.#mix));
  }

  setVolume(volume: number): void {
    this.#volume = Math.min(1, Math.max(0, volume));
    remember('volume', this.#volume);
    this.#applyGain();
  }

  setNormalise(on: boolean): void {
    this.#normalise = on;
    remember('normalise', on);
    this.#applyGain();
  }

  #load(track: Track, stems: boolean, atSec: number): void {
    this.#transport?.close();
    if (this.#track?.id !== track.id) {
      this.#mix = neutralMix();
      this.#meter.begin();
    }
    this.#track = track;
    this.#stemsOn = stems;
    this.#playing = false;
    this.#durationSec = null;
    this.#timeSec = atSec;
    this.#transport = stems ? this.#stemTransport(track) : this.#fileTransport(track);
    if (atSec > 0) this.#transport.seek(atSec);
    this.#applyGain();
    announceTrack({ title: trackTitle(track), artist: track.artist ?? '', album: track.album ?? '' });
  }

  #fileTransport(track: Track): Transport {
    const current = (): boolean => this.#transport === transport;
    const transport: Transport = new ElementTransport(
      this.#api.mediaUrl({ kind: 'audio', id: track.id }),
      this.#events(() => current()),
    );
    return transport;
  }

  #stemTransport(track: Track): Transport {
    const url = (stem: Stem): string => this.#api.mediaUrl({ kind: 'stem', id: track.id, stem });
    const urls = Object.fromEntries(STEMS.map((stem) => [stem, url(stem)])) as Record<Stem, string>;
    const transport: StemTransport = new StemTransport(
      urls,
      this.#events(() => this.#transport === transport),
      track.durationSec,
    );
    transport.setStemGains(stemGains(this.#mix));
    return transport;
  }

  #events(isCurrent: () => boolean): TransportEvents {
    const update = (): void => {
      if (!isCurrent() || !this.#transport) return;
      this.#playing = this.#transport.playing;
      this.#timeSec = this.#transport.currentSec;
      this.#durationSec = this.#transport.durationSec;
      announcePlaying(this.#playing);
    };
    return {
      changed: update,
      ended: () => {
        update();
        if (!isCurrent()) return;
        this.#meter.begin();
        void this.step(1);
      },
      failed: (sentence) => {
        update();
        if (isCurrent()) this.#toasts.tell(sentence, 'failure');
      },
    };
  }

  #applyGain(): void {
    const normalising = this.#normalise ? normalisingGain(this.#track?.loudnessLufs ?? null) : 1;
    this.#transport?.setGain(faderGain(this.#volume) * normalising);
  }
}
