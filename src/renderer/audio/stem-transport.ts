// Plays four stems on one clock: short blocks of each WAV are read ahead and scheduled sample by sample on the same
// audio context, so they cannot drift, and memory stays at a few seconds of sound however long the track is.
import { STEMS, type Stem } from '../../contract/index.ts';
import { t } from '../lib/language.ts';
import type { Transport, TransportEvents } from './transport.ts';
import { WavFile } from './wav-file.ts';

const SAMPLE_RATE_HZ = 44_100;
const FIRST_BLOCK_SEC = 1;
const BLOCK_SEC = 4;
/** Sound kept scheduled ahead of the clock. */
const AHEAD_SEC = 6;
const TICK_MS = 200;
/** Between deciding to start and the first sample, so that all four are in time. */
const LEAD_SEC = 0.06;
const FADE_SEC = 0.015;

export class StemTransport implements Transport {
  #context = new AudioContext({ sampleRate: SAMPLE_RATE_HZ, latencyHint: 'playback' });
  #master = this.#context.createGain();
  #faders: Record<Stem, GainNode>;
  #files: Promise<Record<Stem, WavFile>>;
  #events: TransportEvents;
  #abort = new AbortController();
  #nFrames: number | null = null;
  #playing = false;
  /** Frame of the track that sounds (or will) at context time `#anchorSec`. */
  #anchorFrame = 0;
  #anchorSec = 0;
  /** First frame not scheduled yet. */
  #nextFrame = 0;
  #run = 0;
  #sounding = new Set<AudioBufferSourceNode>();

  constructor(urls: Record<Stem, string>, events: TransportEvents, durationHintSec: number | null) {
    this.#events = events;
    this.#master.connect(this.#context.destination);
    const fader = (): GainNode => {
      const node = this.#context.createGain();
      node.connect(this.#master);
      return node;
    };
    this.#faders = { bass: fader(), drums: fader(), other: fader(), vocals: fader() };
    this.#nFrames = durationHintSec === null ? null : Math.round(durationHintSec * SAMPLE_RATE_HZ);
    this.#files = this.#open(urls);
    this.#files.catch((error: unknown) => this.#fail(error));
  }

  get currentSec(): number {
    const elapsed = this.#playing ? Math.max(0, this.#context.currentTime - this.#anchorSec) : 0;
    const seconds = this.#anchorFrame / SAMPLE_RATE_HZ + elapsed;
    return Math.min(seconds, this.durationSec ?? seconds);
  }

  get durationSec(): number | null {
    return this.#nFrames === null ? null : this.#nFrames / SAMPLE_RATE_HZ;
  }

  get playing(): boolean {
    return this.#playing;
  }

  async play(): Promise<void> {
    if (this.#playing || this.#abort.signal.aborted) return;
    const run = ++this.#run;
    this.#playing = true;
    // The clock stands until the first block is there.
    this.#anchorSec = Number.POSITIVE_INFINITY;
    this.#events.changed();
    try {
      await this.#context.resume();
      await this.#fill(run);
    } catch (error) {
      this.#fail(error);
    }
  }

  pause(): void {
    if (!this.#playing) return;
    this.#stopAt(Math.round(this.currentSec * SAMPLE_RATE_HZ));
    this.#events.changed();
  }

  seek(seconds: number): void {
    const wasPlaying = this.#playing;
    const last = this.#nFrames ?? Number.MAX_SAFE_INTEGER;
    this.#stopAt(Math.min(last, Math.max(0, Math.round(seconds * SAMPLE_RATE_HZ))));
    if (wasPlaying) void this.play();
    else this.#events.changed();
  }

  setGain(gain: number): void {
    this.#master.gain.setTargetAtTime(gain, this.#context.currentTime, FADE_SEC);
  }

  setStemGains(gains: Record<Stem, number>): void {
    for (const stem of STEMS) this.#faders[stem].gain.setTargetAtTime(gains[stem], this.#context.currentTime, FADE_SEC);
  }

  close(): void {
    this.#abort.abort();
    this.#stopAt(this.#anchorFrame);
    void this.#context.close();
  }

  async #open(urls: Record<Stem, string>): Promise<Record<Stem, WavFile>> {
    const open = (stem: Stem): Promise<WavFile> => WavFile.open(urls[stem], this.#abort.signal);
    const [bass, drums, other, vocals] = await Promise.all([open('bass'), open('drums'), open('other'), open('vocals')]);
    this.#nFrames = Math.min(...[bass, drums, other, vocals].map(({ layout }) => layout.nFrames));
    this.#events.changed();
    return { bass, drums, other, vocals };
  }

  /** Reads and schedules until the track ends or another run takes over. */
  async #fill(run: number): Promise<void> {
    const files = await this.#files;
    this.#nextFrame = this.#anchorFrame;
    let blockSec = FIRST_BLOCK_SEC;
    while (run === this.#run && this.#nextFrame < this.#nFrames!) {
      const first = this.#nextFrame;
      const blocks = await Promise.all(
        STEMS.map((stem) => files[stem].read(first, Math.round(blockSec * SAMPLE_RATE_HZ), this.#abort.signal)),
      );
      if (run !== this.#run) return;
      this.#schedule(blocks, first);
      blockSec = BLOCK_SEC;
      while (run === this.#run && this.#scheduledAheadSec() > AHEAD_SEC) await wait(TICK_MS);
    }
    while (run === this.#run && this.#scheduledAheadSec() > 0) await wait(TICK_MS / 4);
    if (run !== this.#run) return;
    this.#stopAt(0);
    this.#events.ended();
  }

  #scheduledAheadSec(): number {
    return this.#nextFrame / SAMPLE_RATE_HZ - (this.#anchorFrame / SAMPLE_RATE_HZ + this.#context.currentTime - this.#anchorSec);
  }

  #schedule(blocks: Float32Array<ArrayBuffer>[][], first: number): void {
    const frames = Math.min(...blocks.map(([left]) => left?.length ?? 0), this.#nFrames! - first);
    if (frames <= 0) throw new Error('a stem ended early');
    let atSec = this.#anchorSec + (first - this.#anchorFrame) / SAMPLE_RATE_HZ;
    const earliestSec = this.#context.currentTime + LEAD_SEC / 2;
    if (!Number.isFinite(atSec) || atSec < earliestSec) {
      // First block, or reading fell behind: the clock starts again from here, on a whole sample.
      atSec = Math.ceil((this.#context.currentTime + LEAD_SEC) * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ;
      this.#anchorFrame = first;
      this.#anchorSec = atSec;
    }
    blocks.forEach((channels, index) => {
      const buffer = this.#context.createBuffer(channels.length, frames, SAMPLE_RATE_HZ);
      channels.forEach((samples, channel) => {
        buffer.copyToChannel(samples.subarray(0, frames), channel);
      });
      const source = new AudioBufferSourceNode(this.#context, { buffer });
      source.connect(this.#faders[STEMS[index]!]);
      source.onended = () => this.#sounding.delete(source);
      this.#sounding.add(source);
      source.start(atSec);
    });
    this.#nextFrame = first + frames;
  }

  #stopAt(frame: number): void {
    this.#run += 1;
    this.#playing = false;
    this.#anchorFrame = frame;
    for (const source of this.#sounding) source.stop();
    this.#sounding.clear();
  }

  #fail(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#stopAt(this.#anchorFrame);
    this.#events.changed();
    this.#events.failed(t('player.stemsFailed', { reason: error instanceof Error ? error.message : t('player.unknownReason') }));
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
