// Short-time Fourier transform and its inverse, equal to librosa 0.11's stft and istft with center=True and a Hann window.
import type { StftProfile } from '../config/audio-profile.ts';
import { type RealArray, RealFft } from './fft.ts';

/** What lies beyond the signal's ends: its mirror image (without repeating the end sample), or silence. */
export type Padding = 'reflect' | 'zero';

export interface FrameProfile extends Pick<StftProfile, 'fftSamples' | 'hopSamples'> {
  pad: Padding;
}

/** Complex spectrogram, row by row in time; re and im are Float32Array [nFrames x nBins], nBins = fftSamples / 2 + 1. */
export interface Spectrogram {
  re: Float32Array;
  im: Float32Array;
  nFrames: number;
  nBins: number;
}

/**
 * Real factors for a spectrogram's bins, read in place: the factor of (frame, bin) is
 * values[offset + frame * frameStride + bin * binStride] for bin < nBins, and `beyond` for the bins above.
 */
export interface MaskView {
  values: Float32Array;
  offset: number;
  frameStride: number;
  binStride: number;
  nBins: number;
  beyond: number;
}

const transforms = new Map<number, RealFft>();
const windows = new Map<number, Float64Array>();

function cached<T>(cache: Map<number, T>, size: number, make: () => T): T {
  const known = cache.get(size);
  if (known !== undefined) return known;
  const made = make();
  cache.set(size, made);
  return made;
}

/** The shared transform of a size; its scratch memory is per thread, as is this module. */
export function transformOf(fftSamples: number): RealFft {
  return cached(transforms, fftSamples, () => new RealFft(fftSamples));
}

/** Periodic Hann window, Float64Array [n]: 0.5 - 0.5 cos(2 pi t / n). Shared: do not write to it. */
export function hannWindow(n: number): Float64Array {
  return cached(windows, n, () => Float64Array.from({ length: n }, (_, t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / n)));
}

/** Number of centred frames of a signal. */
export function frameCount(nSamples: number, hopSamples: number): number {
  return 1 + Math.floor(nSamples / hopSamples);
}

/** Index of the mirrored sample for an index beyond the ends, as numpy's pad mode 'reflect'. */
function reflected(index: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const folded = ((index % period) + period) % period;
  return folded < n ? folded : period - folded;
}

/** Writes the windowed frame that starts at sample `start` (may lie outside the signal) to `out`, Float64Array [window.length]. */
function readFrame(signal: Float32Array, start: number, window: Float64Array, pad: Padding, out: Float64Array): void {
  const n = window.length;
  const first = Math.min(n, Math.max(0, -start));
  const last = Math.max(first, Math.min(n, signal.length - start));
  for (let t = first; t < last; t++) out[t] = signal[start + t]! * window[t]!;
  if (pad === 'zero' || signal.length === 0) {
    out.fill(0, 0, first);
    out.fill(0, last);
    return;
  }
  for (let t = 0; t < first; t++) out[t] = signal[reflected(start + t, signal.length)]! * window[t]!;
  for (let t = last; t < n; t++) out[t] = signal[reflected(start + t, signal.length)]! * window[t]!;
}

/**
 * Hands the spectrum of each centred frame to `visit` as Float64Array [fftSamples / 2 + 1] re and im, valid during the call.
 * @param signal Float32Array [nSamples], amplitude
 */
export function eachFrame(
  signal: Float32Array,
  { fftSamples, hopSamples, pad }: FrameProfile,
  visit: (frame: number, re: Float64Array, im: Float64Array) => void,
): void {
  const fft = transformOf(fftSamples);
  const window = hannWindow(fftSamples);
  const samples = new Float64Array(fftSamples);
  const re = new Float64Array(fftSamples / 2 + 1);
  const im = new Float64Array(fftSamples / 2 + 1);
  const nFrames = frameCount(signal.length, hopSamples);
  for (let frame = 0; frame < nFrames; frame++) {
    readFrame(signal, frame * hopSamples - fftSamples / 2, window, pad, samples);
    fft.forward(samples, re, im);
    visit(frame, re, im);
  }
}

/**
 * Complex spectrogram of a signal: librosa.stft(center=True), transposed. Computed in float64, stored in float32.
 * @param signal Float32Array [nSamples], amplitude
 * @param reuse a spectrogram to write into when its size fits
 */
export function stft(signal: Float32Array, profile: FrameProfile, reuse?: Spectrogram): Spectrogram {
  const nFrames = frameCount(signal.length, profile.hopSamples);
  const nBins = profile.fftSamples / 2 + 1;
  const fits = reuse?.nFrames === nFrames && reuse.nBins === nBins;
  const size = nFrames * nBins;
  const spec = fits ? reuse : { re: new Float32Array(size), im: new Float32Array(size), nFrames, nBins };
  eachFrame(signal, profile, (frame, re, im) => {
    spec.re.set(re, frame * nBins);
    spec.im.set(im, frame * nBins);
  });
  return spec;
}

/**
 * Power spectrogram |X|^2, Float32Array [nFrames x nBins], amplitude squared.
 * @param signal Float32Array [nSamples], amplitude
 */
export function powerSpectrogram(signal: Float32Array, profile: FrameProfile): Float32Array {
  const nBins = profile.fftSamples / 2 + 1;
  const power = new Float32Array(frameCount(signal.length, profile.hopSamples) * nBins);
  eachFrame(signal, profile, (frame, re, im) => {
    const row = frame * nBins;
    for (let k = 0; k < nBins; k++) power[row + k] = re[k]! * re[k]! + im[k]! * im[k]!;
  });
  return power;
}

export interface InverseOptions {
  /** Multiplies the spectrogram on the fly; the spectrogram itself stays as it is. */
  mask?: MaskView;
  /** Float32Array [lengthSamples] to write into. */
  out?: Float32Array;
}

/**
 * The signal of a spectrogram: overlap-add of windowed inverse frames, divided by the sum of squared windows (Griffin & Lim 1984,
 * equation 6): librosa.istft(center=True, length=lengthSamples).
 * @returns Float32Array [lengthSamples], amplitude
 */
export function istft(
  spec: Spectrogram,
  { fftSamples, hopSamples }: Pick<StftProfile, 'fftSamples' | 'hopSamples'>,
  lengthSamples: number,
  { mask, out = new Float32Array(lengthSamples) }: InverseOptions = {},
): Float32Array {
  const fft = transformOf(fftSamples);
  const window = hannWindow(fftSamples);
  const re = new Float64Array(spec.nBins);
  const im = new Float64Array(spec.nBins);
  const samples = new Float64Array(fftSamples);
  const nFrames = Math.min(spec.nFrames, Math.ceil((lengthSamples + fftSamples) / hopSamples));
  out.fill(0, 0, lengthSamples);
  for (let frame = 0; frame < nFrames; frame++) {
    readSpectrum(spec, frame, mask, re, im);
    fft.inverse(re, im, samples);
    const start = frame * hopSamples - fftSamples / 2;
    const last = Math.min(fftSamples, lengthSamples - start);
    for (let t = Math.max(0, -start); t < last; t++) out[start + t] = out[start + t]! + samples[t]! * window[t]!;
  }
  divideByWindowSum(out, lengthSamples, nFrames, hopSamples, window);
  return out;
}

/** Copies one row of the spectrogram, times its mask, into float64 memory. */
function readSpectrum(spec: Spectrogram, frame: number, mask: MaskView | undefined, re: RealArray, im: RealArray): void {
  const row = frame * spec.nBins;
  for (let k = 0; k < spec.nBins; k++) {
    re[k] = spec.re[row + k]!;
    im[k] = spec.im[row + k]!;
  }
  if (!mask) return;
  const masked = Math.min(mask.nBins, spec.nBins);
  const { values, binStride, beyond } = mask;
  let at = mask.offset + frame * mask.frameStride;
  for (let k = 0; k < masked; k++, at += binStride) {
    const factor = values[at]!;
    re[k] = re[k]! * factor;
    im[k] = im[k]! * factor;
  }
  for (let k = masked; k < spec.nBins; k++) {
    re[k] = re[k]! * beyond;
    im[k] = im[k]! * beyond;
  }
}

/** Smallest divisor, as librosa: numpy's tiny of float32. */
const TINY = 1.1754943508222875e-38;

/** Divides by the sum of the squared windows over each sample; away from the ends that sum repeats every hop. */
function divideByWindowSum(out: Float32Array, nSamples: number, nFrames: number, hop: number, window: Float64Array): void {
  const half = window.length / 2;
  const sumAt = (position: number): number => {
    const firstFrame = Math.max(0, Math.floor((position - window.length) / hop) + 1);
    const lastFrame = Math.min(nFrames - 1, Math.floor(position / hop));
    let sum = 0;
    for (let frame = firstFrame; frame <= lastFrame; frame++) sum += window[position - frame * hop]! ** 2;
    return sum > TINY ? sum : 1;
  };
  const interiorStart = Math.min(nSamples, half);
  const interiorEnd = Math.max(interiorStart, Math.min(nSamples, (nFrames - 1) * hop - half));
  for (let t = 0; t < interiorStart; t++) out[t] = out[t]! / sumAt(t + half);
  for (let t = interiorEnd; t < nSamples; t++) out[t] = out[t]! / sumAt(t + half);
  const period = Float64Array.from(
    { length: Math.min(hop, interiorEnd - interiorStart) },
    (_, i) => 1 / sumAt(interiorStart + half + i),
  );
  for (let t = interiorStart, i = 0; t < interiorEnd; t++) {
    out[t] = out[t]! * period[i]!;
    if (++i === hop) i = 0;
  }
}
