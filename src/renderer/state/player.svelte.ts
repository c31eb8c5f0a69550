// What plays: the track, its queue, time, volume, and whether the file or its four stems sound.
import type { Stem, Track, TrackDetail } from '../../contract/index.ts';
import { HandOver, type Prepared } from '../audio/hand-over.ts';
import { announcePlace, announcePlaying, announceTrack, setupMediaSession } from '../audio/media-session.ts';
import { openFile, openStems } from '../audio/open-transport.ts';
import { StemTransport } from '../audio/stem-transport.ts';
import type { Transport, TransportEvents } from '../audio/transport.ts';
import type { Api } from '../lib/api.ts';
import { trackTitle } from '../lib/format.ts';
import { PlayMeter } from '../lib/play-meter.ts';
import { neutralMix, type StemFader, stemGains } from '../lib/stem-mix.ts';
import { type PlayOrigin, PlayQueue, type QueueEntry } from './play-queue.svelte.ts';
import { SoundLevel } from './sound-level.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

const TICK_MS = 100;
/** "Previous" goes to the start of the track once this much was heard. */
const RESTART_AFTER_SEC = 3;
/** The track before sounds to its end while the next one begins. */
const PLAYS_OUT_MS = 1500;

export class Player {
  readonly queue: PlayQueue;
  #api: Api;
  #toasts: Toasts;
  #transport: Transport | null = null;
  #handOver: HandOver<{ key: number; track: TrackDetail }>;
  #meter = new PlayMeter();
  #track = $state.raw<Track | null>(null);
  #detail = $state.raw<TrackDetail | null>(null);
  #playing = $state(false);
  #timeSec = $state(0);
  #durationSec = $state<number | null>(null);
  #level = new SoundLevel();
  #stemsOn = $state(false);
  #mix = $state.raw(neutralMix());

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.queue = new PlayQueue(api, toasts);
    this.#handOver = new HandOver({
      open: () => this.#openNext(),
      isNext: ({ key }) => this.queue.repeat !== 'one' && this.queue.beside(1)?.key === key,
      take: (next) => this.#take(next),
    });
  }

  /** Everything known of the track; null until it was read. */
  get detail(): TrackDetail | null {
    return this.#detail;
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
    return this.#level.volume;
  }

  get normalise(): boolean {
    return this.#level.normalises;
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
      seekBy: (seconds) => this.seekBy(seconds),
    });
    const timer = setInterval(() => {
      if (!this.#playing || !this.#transport) return;
      this.#hear(this.#transport.currentSec);
      this.#handOver.tick(this.#transport, this.#durationSec);
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
    void this.queue.start(track.id, origin);
    if (this.#track?.id !== track.id) this.#load(track, false, 0);
    void this.#transport?.play();
  }

  toggle(): void {
    if (!this.#transport) return;
    if (this.#playing) {
      this.#handOver.cancel();
      this.#transport.pause();
    } else void this.#transport.play();
  }

  seek(seconds: number): void {
    this.#handOver.cancel();
    this.#transport?.seek(seconds);
    this.#timeSec = seconds;
  }

  seekBy(seconds: number): void {
    if (this.#transport) this.seek(Math.min(this.durationSec ?? 0, Math.max(0, this.#transport.currentSec + seconds)));
  }

  /** The track after (+1) or before (-1) this one in the queue. */
  async step(direction: 1 | -1): Promise<void> {
    const beside = this.queue.beside(direction);
    if (direction === -1 && (this.#timeSec > RESTART_AFTER_SEC || !beside)) return this.seek(0);
    if (beside) await this.playEntry(beside);
  }

  async playEntry({ key, id }: QueueEntry): Promise<void> {
    try {
      const track = await this.#api.call('tracks.get', { id });
      this.queue.goTo(key);
      this.#load(track, false, 0);
      void this.#transport?.play();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Changes between the file and its stems without losing the place. */
  useStems(track: Track, on: boolean): void {
    const same = this.#track?.id === track.id;
    if (same && this.#stemsOn === on) return;
    const wasPlaying = same && this.#playing;
    const atSec = same ? (this.#transport?.currentSec ?? 0) : 0;
    if (!same) void this.queue.start(track.id, null);
    this.#load(track, on, atSec);
    if (wasPlaying) void this.#transport?.play();
  }

  changeFader(stem: Stem, change: Partial<StemFader>): void {
    this.#mix = { ...this.#mix, [stem]: { ...this.#mix[stem], ...change } };
    if (this.#transport instanceof StemTransport) this.#transport.setStemGains(stemGains(this.#mix));
  }

  setVolume(volume: number): void {
    this.#level.volume = volume;
    this.#applyGain();
  }

  setNormalise(on: boolean): void {
    this.#level.normalises = on;
    this.#applyGain();
  }

  #load(track: Track, stems: boolean, atSec: number): void {
    this.#handOver.cancel();
    this.#transport?.close();
    if (this.#track?.id !== track.id) {
      this.#mix = neutralMix();
      this.#meter.begin();
    }
    this.#show(track);
    this.#stemsOn = stems;
    this.#playing = false;
    this.#durationSec = null;
    this.#timeSec = atSec;
    this.#transport = stems ? this.#stemTransport(track) : this.#fileTransport(track, false);
    if (atSec > 0) this.#transport.seek(atSec);
    this.#applyGain();
  }

  /** The next track, opened and waiting. */
  async #openNext(): Promise<Prepared<{ key: number; track: TrackDetail }> | null> {
    const entry = this.queue.repeat === 'one' ? null : this.queue.beside(1);
    if (!entry || this.#stemsOn) return null;
    try {
      const track = await this.#api.call('tracks.get', { id: entry.id });
      const transport = this.#fileTransport(track, true);
      transport.setGain(this.#level.gainOf(track));
      return { what: { key: entry.key, track }, transport };
    } catch {
      // The step at the end of this track will say why.
      return null;
    }
  }

  #take({ what, transport }: Prepared<{ key: number; track: TrackDetail }>): void {
    const before = this.#transport;
    setTimeout(() => before?.close(), PLAYS_OUT_MS);
    this.queue.goTo(what.key);
    this.#transport = transport;
    this.#mix = neutralMix();
    this.#meter.begin();
    this.#durationSec = transport.durationSec;
    this.#timeSec = 0;
    this.#show(what.track);
  }

  #show(track: Track): void {
    this.#track = track;
    this.#detail = 'windows' in track ? (track as TrackDetail) : null;
    if (!this.#detail) void this.#readDetail(track.id);
    const { artist, album } = track;
    const words = { title: trackTitle(track), artist: artist ?? '', album: album ?? '' };
    announceTrack(words, this.#api.mediaUrl({ kind: 'cover', id: track.id }));
  }

  async #readDetail(id: number): Promise<void> {
    // Without it the track still plays.
    const detail = await this.#api.call('tracks.get', { id }).catch(() => null);
    if (!detail || this.#track?.id !== id) return;
    this.#detail = detail;
    this.#applyGain();
  }

  #fileTransport(track: Track, isAhead: boolean): Transport {
    const current = (): boolean => this.#transport === transport;
    const transport: Transport = openFile(
      this.#api,
      track,
      this.#events(() => current()),
      isAhead,
    );
    return transport;
  }

  #stemTransport(track: Track): Transport {
    const transport: StemTransport = openStems(
      this.#api,
      track,
      this.#events(() => this.#transport === transport),
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
      announcePlace(this.#timeSec, this.#durationSec);
    };
    return {
      changed: update,
      ended: () => {
        update();
        if (!isCurrent()) return;
        this.#meter.begin();
        if (this.queue.repeat === 'one') this.#again();
        else if (!this.#handOver.takeNow()) void this.step(1);
      },
      failed: (sentence) => {
        update();
        if (isCurrent()) this.#toasts.tell(sentence, 'failure');
      },
    };
  }

  #applyGain(): void {
    if (this.#track) this.#transport?.setGain(this.#level.gainOf(this.#detail ?? this.#track));
  }

  #again(): void {
    this.seek(0);
    void this.#transport?.play();
  }
}
