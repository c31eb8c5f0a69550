// Segments of one recording as networks hear them: mel spectrograms in decibels of the mixture and of stems, as bytes.
import type { Models } from '../../analysis/models.ts';
import { decodeWindow } from '../../audio/capture.ts';
import { halve } from '../../audio/resample.ts';
import { monoOf, type StereoBlock } from '../../audio/stereo-block.ts';
import { DECODE_RATE_HZ, MEL_PROFILE, type MelProfile } from '../../config/audio-profile.ts';
import type { WorkerTask } from '../../domain/analysis.ts';
import type { RecordedSegments, SegmentSource, SegmentSpec } from '../../domain/laboratory-networks.ts';
import { STEMS } from '../../domain/stem.ts';
import { maxPower, melDb, melFromPower, melPower } from '../../dsp/mel.ts';
import type { Masks } from '../../separation/masks.ts';
import type { Separator, StereoSpectrum } from '../../separation/separator.ts';
import { windowSpectrum } from '../../separation/window-spectrum.ts';
import { melBytes } from '../../training/finetune/mel-bytes.ts';
import { planSegments, segmentSec } from './segment-plan.ts';

type SegmentsTask = Extract<WorkerTask, { kind: 'segments' }>;

/** @throws StemscapeError file.* | decode.* | model.* */
export async function cutSegments(
  { path, durationSec, spec }: SegmentsTask,
  models: Models,
  pulse: (fraction: number | null) => void,
): Promise<RecordedSegments> {
  const { starts, isRepeated } = planSegments(durationSec, spec);
  const separator = spec.sources.some((source) => source !== 'mixture') ? await models.separator() : null;
  if (separator) checkStemFrames(spec, separator);
  const size = spec.nFrames * spec.nMels;
  const bytes = new Uint8Array(starts.length * spec.sources.length * size);
  for (const [i, startSec] of starts.entries()) {
    pulse(i / starts.length);
    const sound = isRepeated ? repeated(path, durationSec, spec) : decodeWindow(path, { startSec, lengthSec: segmentSec(spec) });
    const pictures = await picturesOf(sound, spec, separator);
    for (const [s, picture] of pictures.entries()) bytes.set(picture, (i * pictures.length + s) * size);
  }
  return { starts, isRepeated, bytes };
}

/** The stems' spectrograms are taken from the separator's own frames, see separation/window-spectrum.ts. */
function checkStemFrames({ fftSamples, hopSamples }: SegmentSpec, { manifest }: Separator): void {
  const isSame = 2 * fftSamples === manifest.stft.fftSamples && 2 * hopSamples === manifest.stft.hopSamples;
  if (!isSame) throw new RangeError('spectrograms of stems have the frames of the separator');
}

/** The whole recording, again and again. */
function repeated(path: string, durationSec: number, spec: SegmentSpec): StereoBlock {
  const once = decodeWindow(path, { startSec: 0, lengthSec: durationSec });
  const nSamples = Math.round(segmentSec(spec) * DECODE_RATE_HZ);
  const loop = (channel: Float32Array) => Float32Array.from({ length: nSamples }, (_, i) => channel[i % channel.length]!);
  return { left: loop(once.left), right: loop(once.right) };
}

/** One picture a source, Uint8Array [nFrames x nMels]. */
async function picturesOf(sound: StereoBlock, spec: SegmentSpec, separator: Separator | null): Promise<Uint8Array[]> {
  const profile: MelProfile = { ...MEL_PROFILE, nMels: spec.nMels, fftSamples: spec.fftSamples, hopSamples: spec.hopSamples };
  const mixture = melPower(halve(monoOf(sound)), profile);
  const loudest = maxPower(mixture);
  const picture = (power: Float32Array): Uint8Array =>
    melBytes(melDb(power.subarray(0, spec.nFrames * spec.nMels), loudest, MEL_PROFILE.floorDb));
  if (!separator) return spec.sources.map(() => picture(mixture));
  const spectrum = windowSpectrum(sound.left, sound.right, separator.manifest.stft);
  const masks = await separator.masks(spectrum);
  return spec.sources.map((source) =>
    picture(source === 'mixture' ? mixture : melFromPower(sourcePower(spectrum, masks, source), profile)),
  );
}

/** Power of the masked mono mix at half the rate, Float32Array [nFrames x (fftSamples / 2 + 1)]; the factors as in `stemMels`. */
function sourcePower(spectrum: StereoSpectrum, masks: Masks, source: Exclude<SegmentSource, 'mixture'>): Float32Array {
  const nBins = MEL_PROFILE.fftSamples / 2 + 1;
  const isRest = source === 'accompaniment';
  const stem = STEMS.indexOf(source === 'accompaniment' ? 'vocals' : source);
  const [maskLeft, maskRight] = [new Float32Array(nBins), new Float32Array(nBins)];
  const power = new Float32Array(spectrum.nFrames * nBins);
  const { left, right } = spectrum;
  for (let frame = 0; frame < spectrum.nFrames; frame++) {
    masks.readFrame(stem, 0, frame, maskLeft);
    masks.readFrame(stem, 1, frame, maskRight);
    const row = frame * spectrum.nBins;
    for (let bin = 0; bin < nBins; bin++) {
      const l = isRest ? 1 - maskLeft[bin]! : maskLeft[bin]!;
      const r = isRest ? 1 - maskRight[bin]! : maskRight[bin]!;
      const re = left.re[row + bin]! * l + right.re[row + bin]! * r;
      const im = left.im[row + bin]! * l + right.im[row + bin]! * r;
      power[frame * nBins + bin] = (re * re + im * im) / 16;
    }
  }
  return power;
}
