// Plays a file through one audio element: the browser's decoder, range requests, any length. An element can only be turned down;
// where a track is to be louder than it is, its sound goes through a gain node.
import { t } from '../lib/language.ts';
import type { Transport, TransportEvents } from './transport.ts';

let shared: AudioContext | null = null;

export class ElementTransport implements Transport {
  #audio = new Audio();
  #gain: GainNode | null = null;
  #closed = false;

  constructor(url: string, events: TransportEvents, preload: 'metadata' | 'auto' = 'metadata') {
    const audio = this.#audio;
    audio.preload = preload;
    // A gain node hears nothing of a file from another origin unless it was asked for so.
    audio.crossOrigin = 'anonymous';
    for (const name of ['play', 'pause', 'durationchange', 'seeked', 'playing', 'waiting']) {
      audio.addEventListener(name, () => this.#closed || events.changed());
    }
    audio.addEventListener('ended', () => this.#closed || events.ended());
    audio.addEventListener('error', () => this.#closed || events.failed(sentenceFor(audio.error)));
    audio.src = url;
  }

  get currentSec(): number {
    return this.#audio.currentTime;
  }

  get durationSec(): number | null {
    return Number.isFinite(this.#audio.duration) ? this.#audio.duration : null;
  }

  get playing(): boolean {
    return !this.#audio.paused && !this.#audio.ended;
  }

  async play(): Promise<void> {
    // A pause or another source while the play request is under way is no failure; real ones come as `error`.
    await this.#audio.play().catch(() => {});
  }

  pause(): void {
    this.#audio.pause();
  }

  seek(seconds: number): void {
    this.#audio.currentTime = seconds;
  }

  setGain(gain: number): void {
    if (gain > 1) this.#gain ??= throughGain(this.#audio);
    if (this.#gain) this.#gain.gain.value = gain;
    else this.#audio.volume = gain;
  }

  close(): void {
    this.#closed = true;
    this.#audio.pause();
    this.#gain?.disconnect();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }
}

function throughGain(audio: HTMLAudioElement): GainNode {
  shared ??= new AudioContext({ latencyHint: 'playback' });
  void shared.resume();
  const gain = shared.createGain();
  shared.createMediaElementSource(audio).connect(gain).connect(shared.destination);
  audio.volume = 1;
  return gain;
}

function sentenceFor(error: MediaError | null): string {
  if (error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) {
    return t('player.notPlayable');
  }
  return t('player.brokeOff');
}
