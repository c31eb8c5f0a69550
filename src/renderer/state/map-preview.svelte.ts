// The sound of the track that is pointed at: after a moment, softly in and out, and never over what the person plays.
import type { Track } from '../../contract/index.ts';
import { ElementTransport } from '../audio/element-transport.ts';
import type { Transport } from '../audio/transport.ts';
import type { Api } from '../lib/api.ts';
import { faderGain, normalisingGain } from '../lib/loudness-gain.ts';
import { recall, remember } from '../lib/remembered.ts';
import type { Player } from './player.svelte.ts';

const DWELL_MS = 350;
const [FADE_IN_MS, FADE_OUT_MS, FADE_STEP_MS] = [300, 200, 20];
/** Where a track has begun to be itself. */
const START_SHARE = 0.35;

export class MapPreview {
  #api: Api;
  #player: Player;
  #isOn = $state<boolean>(recall('mapPreview', false));
  #soundingId = $state<number | null>(null);
  #dwell: ReturnType<typeof setTimeout> | undefined;
  #fadeOut: (() => void) | null = null;

  constructor(api: Api, player: Player) {
    this.#api = api;
    this.#player = player;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** The track that is heard. */
  get soundingId(): number | null {
    return this.#soundingId;
  }

  toggle(): void {
    this.#isOn = !this.#isOn;
    remember('mapPreview', this.#isOn);
    if (!this.#isOn) this.stop();
  }

  /** Another track is pointed at, or none. */
  follow(track: Track | null): void {
    if (track !== null && track.id === this.#soundingId) return;
    this.stop();
    if (track && this.#isOn) this.#dwell = setTimeout(() => this.#start(track), DWELL_MS);
  }

  stop(): void {
    clearTimeout(this.#dwell);
    this.#fadeOut?.();
    this.#fadeOut = null;
    this.#soundingId = null;
  }

  #start(track: Track): void {
    if (this.#player.playing) return;
    const gain = faderGain(this.#player.volume) * (this.#player.normalise ? normalisingGain(track.loudnessLufs) : 1);
    const silent = { changed: () => {}, ended: () => this.stop(), failed: () => this.stop() };
    const transport = new ElementTransport(this.#api.mediaUrl({ kind: 'audio', id: track.id }), silent);
    transport.setGain(0);
    transport.seek(START_SHARE * (track.durationSec ?? 0));
    void transport.play();
    this.#soundingId = track.id;
    const stopRise = fade(transport, 0, gain, FADE_IN_MS);
    this.#fadeOut = () => {
      const reached = stopRise();
      fade(transport, reached, 0, FADE_OUT_MS, () => transport.close());
    };
  }
}

/** @returns a function that stops it and tells the gain it had reached */
function fade(transport: Transport, from: number, to: number, durationMs: number, onEnd?: () => void): () => number {
  const nSteps = durationMs / FADE_STEP_MS;
  let step = 0;
  let gain = from;
  const timer = setInterval(() => {
    step += 1;
    gain = from + ((to - from) * step) / nSteps;
    transport.setGain(gain);
    if (step < nSteps) return;
    clearInterval(timer);
    onEnd?.();
  }, FADE_STEP_MS);
  return () => {
    clearInterval(timer);
    return gain;
  };
}
