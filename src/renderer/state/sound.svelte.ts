// What sounds: a track's file or its four stems, where it is, and how loud.
import type { Stem, Track } from '../../contract/index.ts';
import { announcePlace, announcePlaying } from '../audio/media-session.ts';
import { openFile, openStems } from '../audio/open-transport.ts';
import { StemTransport } from '../audio/stem-transport.ts';
import type { Transport, TransportEvents } from '../audio/transport.ts';
import type { Api } from '../lib/api.ts';
import type { StemFader } from '../lib/stem-mix.ts';
import { SoundLevel } from './sound-level.svelte.ts';
import { StemFaders } from './stem-faders.svelte.ts';

/** The track before sounds to its end while the next one begins. */
const PLAYS_OUT_MS = 1500;

interface SoundHooks {
  ended(): void;
  failed(sentence: string): void;
}

export class Sound {
  readonly level = new SoundLevel();
  readonly faders = new StemFaders();
  #api: Api;
  #hooks: SoundHooks;
  #transport: Transport | null = null;
  #track: Track | null = null;
  #playing = $state(false);
  #timeSec = $state(0);
  #durationSec = $state<number | null>(null);
  #stemsOn = $state(false);

  constructor(api: Api, hooks: SoundHooks) {
    this.#api = api;
    this.#hooks = hooks;
  }

  /** Null before the first track is opened. */
  get transport(): Transport | null {
    return this.#transport;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get timeSec(): number {
    return this.#timeSec;
  }

  /** As the file has it; null until that is known. */
  get durationSec(): number | null {
    return this.#durationSec;
  }

  get stemsOn(): boolean {
    return this.#stemsOn;
  }

  open(track: Track, isStems: boolean, atSec: number): void {
    this.#transport?.close();
    if (this.#track?.id !== track.id) this.faders.reset();
    this.#stemsOn = isStems;
    this.#playing = false;
    this.#durationSec = null;
    this.#timeSec = atSec;
    this.#transport = isStems ? this.#stems(track) : this.#file(track, false);
    if (atSec > 0) this.#transport.seek(atSec);
    this.weigh(track);
  }

  /** The file of a track whose turn comes later. */
  openAhead(track: Track): Transport {
    const transport = this.#file(track, true);
    transport.setGain(this.level.gainOf(track));
    return transport;
  }

  /** What was opened ahead takes over. */
  take(transport: Transport, track: Track): void {
    const before = this.#transport;
    setTimeout(() => before?.close(), PLAYS_OUT_MS);
    this.#transport = transport;
    this.faders.reset();
    this.#durationSec = transport.durationSec;
    this.#timeSec = 0;
    this.#track = track;
  }

  play(): void {
    void this.#transport?.play();
  }

  pause(): void {
    this.#transport?.pause();
  }

  seek(seconds: number): void {
    this.#transport?.seek(seconds);
    this.#timeSec = seconds;
  }

  /** Reads how far it has come. */
  tick(): void {
    if (this.#transport) this.#timeSec = this.#transport.currentSec;
  }

  changeFader(stem: Stem, change: Partial<StemFader>): void {
    this.faders.change(stem, change);
    if (this.#transport instanceof StemTransport) this.#transport.setStemGains(this.faders.gains);
  }

  /** Makes it as loud as the level says. @param track more may be known of it now */
  weigh(track = this.#track): void {
    this.#track = track;
    if (track) this.#transport?.setGain(this.level.gainOf(track));
  }

  #file(track: Track, isAhead: boolean): Transport {
    const transport: Transport = openFile(
      this.#api,
      track,
      this.#events(() => this.#transport === transport),
      isAhead,
    );
    return transport;
  }

  #stems(track: Track): Transport {
    const transport: StemTransport = openStems(
      this.#api,
      track,
      this.#events(() => this.#transport === transport),
    );
    transport.setStemGains(this.faders.gains);
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
        if (isCurrent()) this.#hooks.ended();
      },
      failed: (sentence) => {
        update();
        if (isCurrent()) this.#hooks.failed(sentence);
      },
    };
  }
}
