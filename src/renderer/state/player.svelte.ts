// What plays: the track, its queue, time, volume, and whether the file or its four stems sound.
import type { Stem, Track, TrackDetail } from '../../contract/index.ts';
import { HandOver, type Prepared } from '../audio/hand-over.ts';
import { setupMediaSession } from '../audio/media-session.ts';
import type { Api } from '../lib/api.ts';
import type { StemFader } from '../lib/stem-mix.ts';
import { NowPlaying } from './now-playing.svelte.ts';
import { type PlayOrigin, PlayQueue, type QueueEntry } from './play-queue.svelte.ts';
import { Sound } from './sound.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

type Next = { key: number; track: TrackDetail };

const TICK_MS = 100;
/** "Previous" goes to the start of the track once this much was heard. */
const RESTART_AFTER_SEC = 3;
/** After so many files in a row that cannot be played the queue stops: a drive is gone, not a file. */
const MAX_FAILURES = 3;

export class Player {
  readonly queue: PlayQueue;
  #api: Api;
  #toasts: Toasts;
  #sound: Sound;
  #now: NowPlaying;
  #handOver: HandOver<Next>;
  #nFailures = 0;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.queue = new PlayQueue(api, toasts);
    this.#sound = new Sound(api, { ended: () => this.#ended(), failed: (sentence) => this.#passOver(sentence) });
    this.#now = new NowPlaying(api, toasts, (detail) => this.#sound.weigh(detail));
    this.#handOver = new HandOver({
      open: () => this.#openNext(),
      isNext: ({ key }) => this.queue.repeat !== 'one' && this.queue.beside(1)?.key === key,
      take: (next) => this.#take(next),
    });
  }

  /** Everything known of the track; null until it was read. */
  get detail(): TrackDetail | null {
    return this.#now.detail;
  }

  get track(): Track | null {
    return this.#now.track;
  }

  get playing(): boolean {
    return this.#sound.playing;
  }

  get timeSec(): number {
    return this.#sound.timeSec;
  }

  get durationSec(): number | null {
    return this.#sound.durationSec ?? this.track?.durationSec ?? null;
  }

  get volume(): number {
    return this.#sound.level.volume;
  }

  get isMuted(): boolean {
    return this.#sound.level.isMuted;
  }

  get normalise(): boolean {
    return this.#sound.level.normalises;
  }

  /** The four stems sound instead of the file. */
  get stemsOn(): boolean {
    return this.#sound.stemsOn;
  }

  get mix(): Readonly<Record<Stem, StemFader>> {
    return this.#sound.faders.mix;
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
    void this.#restore();
    const timer = setInterval(() => this.#tick(), TICK_MS);
    return () => clearInterval(timer);
  }

  play(track: Track, origin: PlayOrigin | null): void {
    void this.queue.start(track.id, origin);
    if (this.track?.id !== track.id || !this.#sound.transport) this.#load(track, false, 0);
    this.#sound.play();
  }

  toggle(): void {
    this.#openRestored();
    if (this.playing) {
      this.#handOver.cancel();
      this.#sound.pause();
    } else this.#sound.play();
  }

  seek(seconds: number): void {
    this.#handOver.cancel();
    this.#openRestored();
    this.#sound.seek(seconds);
  }

  seekBy(seconds: number): void {
    const nowSec = this.#sound.transport?.currentSec ?? 0;
    if (this.track) this.seek(Math.min(this.durationSec ?? 0, Math.max(0, nowSec + seconds)));
  }

  /** The track after (+1) or before (-1) this one in the queue. */
  async step(direction: 1 | -1): Promise<void> {
    const beside = this.queue.beside(direction);
    if (direction === -1 && (this.timeSec > RESTART_AFTER_SEC || !beside)) return this.seek(0);
    if (beside) await this.playEntry(beside);
  }

  async playEntry({ key, id }: QueueEntry): Promise<void> {
    try {
      const track = await this.#api.call('tracks.get', { id });
      this.queue.goTo(key);
      this.#load(track, false, 0);
      this.#sound.play();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Changes between the file and its stems without losing the place. */
  useStems(track: Track, on: boolean): void {
    const same = this.track?.id === track.id;
    if (same && this.stemsOn === on) return;
    const wasPlaying = same && this.playing;
    const atSec = same ? (this.#sound.transport?.currentSec ?? 0) : 0;
    if (!same) void this.queue.start(track.id, null);
    this.#load(track, on, atSec);
    if (wasPlaying) this.#sound.play();
  }

  changeFader(stem: Stem, change: Partial<StemFader>): void {
    this.#sound.changeFader(stem, change);
  }

  setVolume(volume: number): void {
    this.#sound.level.volume = volume;
    this.#sound.weigh();
  }

  toggleMute(): void {
    this.#sound.level.isMuted = !this.isMuted;
    this.#sound.weigh();
  }

  setNormalise(on: boolean): void {
    this.#sound.level.normalises = on;
    this.#sound.weigh();
  }

  #tick(): void {
    const { transport } = this.#sound;
    if (!this.playing || !transport) return;
    this.#sound.tick();
    this.#now.hear(this.timeSec, this.durationSec);
    this.#handOver.tick(transport, this.#sound.durationSec);
  }

  #load(track: Track, stems: boolean, atSec: number): void {
    this.#handOver.cancel();
    if (this.track?.id !== track.id) this.#now.begin();
    this.#sound.open(track, stems, atSec);
    this.#show(track);
  }

  #show(track: Track): void {
    this.#now.show(track);
    this.queue.keep(track.path);
  }

  /** The next track, opened and waiting. */
  async #openNext(): Promise<Prepared<Next> | null> {
    const entry = this.queue.repeat === 'one' ? null : this.queue.beside(1);
    if (!entry || this.stemsOn) return null;
    try {
      const track = await this.#api.call('tracks.get', { id: entry.id });
      return { what: { key: entry.key, track }, transport: this.#sound.openAhead(track) };
    } catch {
      // The step at the end of this track will say why.
      return null;
    }
  }

  #take({ what, transport }: Prepared<Next>): void {
    this.queue.goTo(what.key);
    this.#sound.take(transport, what.track);
    this.#now.begin();
    this.#show(what.track);
  }

  /** What played when the window was closed, ready to go on. */
  async #restore(): Promise<void> {
    const kept = this.queue.restore();
    if (!kept) return;
    const track = await this.#api.call('tracks.get', { id: kept.id }).catch(() => null);
    if (this.track) return;
    if (track?.path === kept.path) this.#now.show(track);
    else this.queue.forget();
  }

  /** A restored track is opened when it is first asked for. */
  #openRestored(): void {
    if (!this.#sound.transport && this.track) this.#load(this.track, false, 0);
  }

  #ended(): void {
    this.#now.begin();
    this.#nFailures = 0;
    if (this.queue.repeat === 'one') {
      this.seek(0);
      this.#sound.play();
    } else if (!this.#handOver.takeNow()) void this.step(1);
  }

  /** A file that cannot be played does not end the queue. */
  #passOver(sentence: string): void {
    this.#toasts.tell(sentence, 'failure');
    this.#nFailures += 1;
    if (!this.stemsOn && this.queue.beside(1) && this.#nFailures < MAX_FAILURES) void this.step(1);
  }
}
