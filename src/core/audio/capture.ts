// One pass over a file: measures loudness, draws the overview and keeps the analysis windows.
import { DECODE_RATE_HZ, MIN_DURATION_SEC } from '../config/audio-profile.ts';
import { StemscapeError } from '../domain/errors.ts';
import { fingerprint } from '../dsp/fingerprint.ts';
import { BeginningMeter } from './beginning.ts';
import { type DecodeOutcome, decodeBlocks, probeAudio } from './decode.ts';
import { LoudnessMeter } from './loudness.ts';
import type { StereoBlock } from './stereo-block.ts';
import { WaveformMeter } from './waveform.ts';
import { type AudioWindow, planWindows } from './window-plan.ts';

export interface CaptureOptions {
  nWindows: number;
  windowSec: number;
  /** Called about four times a second with the fraction done, 0..1; null while the length is unknown. */
  onPulse?: (fraction: number | null) => void;
}

/** A window's sound: Float32Array [lengthSec * DECODE_RATE_HZ] per channel. */
export interface CapturedWindow extends AudioWindow, StereoBlock {}

export interface StreamAnalysis {
  /** Decoded length. */
  durationSec: number;
  windows: CapturedWindow[];
  loudnessLufs: number | null;
  loudnessRangeLu: number | null;
  samplePeakDbfs: number | null;
  /** Uint8Array [WAVEFORM_SLICES], 255 = full scale. */
  waveform: Uint8Array;
  /** Of the track's beginning, see dsp/fingerprint.ts. */
  fingerprint: Uint32Array;
  /** The end of the file is missing. */
  truncated: boolean;
  nCorruptPackets: number;
}

const PULSE_MS = 250;
/** Windows planned from a stated length are kept when that length is this close to the decoded one. */
const DURATION_TOLERANCE = 0.01;
const DURATION_TOLERANCE_SEC = 0.1;

/**
 * Decodes a whole file once, in bounded memory (the windows, the beginning and 80 bytes a second), and measures it on the way. Where the
 * container's length turns out wrong, the windows are planned again from the real one and fetched by seeking.
 * @throws StemscapeError as `decodeBlocks`; decode.tooShort below MIN_DURATION_SEC
 */
export function analyseStream(path: string, { nWindows, windowSec, onPulse }: CaptureOptions): StreamAnalysis {
  const info = probeAudio(path);
  const statedSec = info.durationSec;
  const captured = statedSec ? planWindows(statedSec, nWindows, windowSec).map(emptyWindow) : [];
  const loudness = new LoudnessMeter(info.channels === 1 ? 1 : 2);
  const waveform = new WaveformMeter();
  const beginning = new BeginningMeter();
  const pulse = pulseOf(statedSec, onPulse);
  const { durationSec, truncated, nCorruptPackets } = forEachBlock(path, (block, at) => {
    loudness.push(block);
    waveform.push(block);
    beginning.push(block);
    for (const window of captured) copyOverlap(block, at, window);
    pulse(at / DECODE_RATE_HZ);
  });
  if (durationSec < MIN_DURATION_SEC) throw tooShort(durationSec);
  const windows = fits(statedSec, durationSec) ? captured : fetchWindows(path, planWindows(durationSec, nWindows, windowSec));
  return {
    durationSec,
    windows: windows.map((window) => cutTo(window, durationSec)),
    loudnessLufs: loudness.integratedLufs(),
    loudnessRangeLu: loudness.rangeLu(),
    samplePeakDbfs: loudness.samplePeakDbfs(),
    waveform: waveform.slices(),
    fingerprint: fingerprint(beginning.samples()),
    truncated,
    nCorruptPackets,
  };
}

/** Runs through a file; `at` is the block's first sample. */
function forEachBlock(path: string, visit: (block: StereoBlock, at: number) => void): DecodeOutcome {
  const blocks = decodeBlocks(path);
  let at = 0;
  for (let step = blocks.next(); ; step = blocks.next()) {
    if (step.done) return step.value;
    visit(step.value, at);
    at += step.value.left.length;
  }
}

/** Reports the fraction done, at most every PULSE_MS. */
function pulseOf(statedSec: number | null, onPulse: CaptureOptions['onPulse']): (atSec: number) => void {
  let last = performance.now();
  return (atSec) => {
    if (!onPulse || performance.now() - last < PULSE_MS) return;
    last = performance.now();
    onPulse(statedSec ? Math.min(1, atSec / statedSec) : null);
  };
}

/**
 * Decodes one stretch of a file, zero-padded at the end where the file ends earlier.
 * @throws StemscapeError as `decodeBlocks`
 */
export function decodeWindow(path: string, window: AudioWindow): CapturedWindow {
  const captured = emptyWindow(window);
  let at = startSampleOf(window);
  for (const block of decodeBlocks(path, window)) {
    copyOverlap(block, at, captured);
    at += block.left.length;
  }
  return captured;
}

function fetchWindows(path: string, plan: AudioWindow[]): CapturedWindow[] {
  return plan.map((window) => decodeWindow(path, window));
}

function startSampleOf(window: AudioWindow): number {
  return Math.round(window.startSec * DECODE_RATE_HZ);
}

function emptyWindow(window: AudioWindow): CapturedWindow {
  const nSamples = Math.round(window.lengthSec * DECODE_RATE_HZ);
  return { ...window, left: new Float32Array(nSamples), right: new Float32Array(nSamples) };
}

/** Copies the part of a block, whose first sample is the file's sample `at`, that lies in the window. */
function copyOverlap(block: StereoBlock, at: number, window: CapturedWindow): void {
  const start = startSampleOf(window);
  const from = Math.max(at, start);
  const to = Math.min(at + block.left.length, start + window.left.length);
  if (from >= to) return;
  window.left.set(block.left.subarray(from - at, to - at), from - start);
  window.right.set(block.right.subarray(from - at, to - at), from - start);
}

function fits(statedSec: number | null, durationSec: number): boolean {
  if (!statedSec) return false;
  return Math.abs(statedSec - durationSec) <= Math.max(DURATION_TOLERANCE * durationSec, DURATION_TOLERANCE_SEC);
}

/** Leaves out what lies behind the end: a track shorter than one window that its header called a little longer. */
function cutTo(window: CapturedWindow, durationSec: number): CapturedWindow {
  const nSamples = Math.min(window.left.length, Math.round(durationSec * DECODE_RATE_HZ) - startSampleOf(window));
  if (nSamples === window.left.length) return window;
  const { startSec } = window;
  const left = window.left.slice(0, nSamples);
  return { startSec, lengthSec: nSamples / DECODE_RATE_HZ, left, right: window.right.slice(0, nSamples) };
}

function tooShort(durationSec: number): StemscapeError {
  const length = durationSec.toFixed(durationSec < 0.1 ? 3 : 1);
  return new StemscapeError(
    'decode.tooShort',
    `The sound is only ${length} seconds long; at least ${MIN_DURATION_SEC} second is needed to hear anything in it.`,
  );
}
