// Constant-Q transform: magnitudes of 84 semitones from C1 to B7, as librosa 0.11's cqt with tuning 0. Every octave is taken at half
// the rate of the one above with the same short kernels (Schörkhuber and Klapuri 2010), applied to sparse spectra (Brown and
// Puckette 1992).
import { halve } from '../../audio/resample.ts';
import { hannWindow, transformOf } from '../stft.ts';

export const CQT_BINS = 84;
const BINS_PER_OCTAVE = 12;
const N_OCTAVES = CQT_BINS / BINS_PER_OCTAVE;
const LOWEST_HZ = 32.70319566257483;
/** Share of a kernel's magnitude that may be dropped where it is smallest. */
const SPARSITY = 0.01;
/** Centre frequency over bandwidth, the band reaching to both neighbours as in librosa 0.11. */
const TWO_STEPS = 2 ** (2 / BINS_PER_OCTAVE);
const QUALITY = (TWO_STEPS + 1) / (TWO_STEPS - 1);

/** One semitone's kernel in the frequency domain, without its smallest values. */
interface Kernel {
  bins: Uint16Array;
  re: Float64Array;
  im: Float64Array;
  /** sqrt of its length in samples at the full rate. */
  scale: number;
}

interface KernelBank {
  fftSamples: number;
  kernels: Kernel[];
}

const banks = new Map<number, KernelBank>();

/**
 * @param mono Float32Array [nSamples] at sampleRateHz
 * @param hopSamples divisible by 64
 * @returns Float32Array [nFrames x 84], magnitude, semitones from C1 upwards; nFrames = 1 + floor(nSamples / hopSamples)
 */
export function constantQ(mono: Float32Array, sampleRateHz: number, hopSamples: number): Float32Array {
  const bank = kernelBank(sampleRateHz);
  const nFrames = 1 + Math.floor(mono.length / hopSamples);
  const magnitude = new Float32Array(nFrames * CQT_BINS);
  let samples = mono;
  for (let octave = N_OCTAVES - 1, hop = hopSamples; octave >= 0; octave--, hop /= 2) {
    const scale = 2 ** ((N_OCTAVES - 1 - octave) / 2);
    octaveMagnitudes(samples, hop, bank, scale, octave * BINS_PER_OCTAVE, magnitude, nFrames);
    if (octave > 0) samples = halve(samples);
  }
  return magnitude;
}

function octaveMagnitudes(
  samples: Float32Array,
  hop: number,
  { fftSamples, kernels }: KernelBank,
  scale: number,
  firstBin: number,
  out: Float32Array,
  nFrames: number,
): void {
  const fft = transformOf(fftSamples);
  const frameSamples = new Float64Array(fftSamples);
  const re = new Float64Array(fftSamples / 2 + 1);
  const im = new Float64Array(fftSamples / 2 + 1);
  for (let frame = 0; frame < nFrames; frame++) {
    const start = frame * hop - fftSamples / 2;
    const first = Math.max(0, -start);
    const last = Math.max(first, Math.min(fftSamples, samples.length - start));
    frameSamples.fill(0, 0, first);
    frameSamples.fill(0, last);
    for (let t = first; t < last; t++) frameSamples[t] = samples[start + t]!;
    fft.forward(frameSamples, re, im);
    const at = frame * CQT_BINS + firstBin;
    for (let b = 0; b < BINS_PER_OCTAVE; b++) out[at + b] = scale * response(kernels[b]!, re, im);
  }
}

/** Magnitude of the inner product of a kernel and a spectrum. */
function response(kernel: Kernel, re: Float64Array, im: Float64Array): number {
  const { bins, re: kernelRe, im: kernelIm } = kernel;
  let sumRe = 0;
  let sumIm = 0;
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i]!;
    const kRe = kernelRe[i]!;
    const kIm = kernelIm[i]!;
    sumRe += kRe * re[bin]! + kIm * im[bin]!;
    sumIm += kRe * im[bin]! - kIm * re[bin]!;
  }
  return kernel.scale * Math.sqrt(sumRe * sumRe + sumIm * sumIm);
}

/** Kernels of the highest octave; those below are the same at lower rates. */
function kernelBank(sampleRateHz: number): KernelBank {
  const known = banks.get(sampleRateHz);
  if (known) return known;
  const lowest = LOWEST_HZ * 2 ** (N_OCTAVES - 1);
  const fftSamples = 2 ** Math.ceil(Math.log2((QUALITY * sampleRateHz) / lowest));
  const kernels = Array.from({ length: BINS_PER_OCTAVE }, (_, b) =>
    makeKernel(lowest * 2 ** (b / BINS_PER_OCTAVE), sampleRateHz, fftSamples),
  );
  const bank = { fftSamples, kernels };
  banks.set(sampleRateHz, bank);
  return bank;
}

/** A Hann-windowed complex tone of QUALITY periods, of sum 1, centred in the transform. */
function makeKernel(hz: number, sampleRateHz: number, fftSamples: number): Kernel {
  const length = (QUALITY * sampleRateHz) / hz;
  const first = Math.floor(-length / 2);
  const n = Math.floor(length / 2) - first;
  const window = hannWindow(n);
  const sum = window.reduce((total, value) => total + value, 0);
  const offset = (fftSamples - n) >> 1;
  const [cosine, sine] = [new Float64Array(fftSamples), new Float64Array(fftSamples)];
  for (let t = 0; t < n; t++) {
    const angle = (2 * Math.PI * hz * (first + t)) / sampleRateHz;
    cosine[offset + t] = (window[t]! / sum) * Math.cos(angle);
    sine[offset + t] = (window[t]! / sum) * Math.sin(angle);
  }
  return sparse(analyticSpectrum(cosine, sine, fftSamples), length / fftSamples, 1 / Math.sqrt(length));
}

/** Spectrum of cosine + i sine at the frequencies from 0 up; what lies below 0 is next to nothing. */
function analyticSpectrum(cosine: Float64Array, sine: Float64Array, fftSamples: number): { re: Float64Array; im: Float64Array } {
  const fft = transformOf(fftSamples);
  const n = fftSamples / 2 + 1;
  const [cosRe, cosIm, sinRe, sinIm] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  fft.forward(cosine, cosRe, cosIm);
  fft.forward(sine, sinRe, sinIm);
  return { re: cosRe.map((value, k) => value - sinIm[k]!), im: cosIm.map((value, k) => value + sinRe[k]!) };
}

function sparse({ re, im }: { re: Float64Array; im: Float64Array }, gain: number, scale: number): Kernel {
  const size = (k: number): number => Math.hypot(re[k]!, im[k]!);
  const ascending = [...re.keys()].sort((a, b) => size(a) - size(b));
  const total = ascending.reduce((sum, k) => sum + size(k), 0);
  let dropped = 0;
  const kept = ascending.filter((k) => {
    dropped += size(k);
    return dropped >= SPARSITY * total;
  });
  const bins = Uint16Array.from(kept).sort();
  return { bins, re: Float64Array.from(bins, (k) => gain * re[k]!), im: Float64Array.from(bins, (k) => gain * im[k]!), scale };
}
