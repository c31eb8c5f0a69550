// One recording as every protocol hears it, decoded once: windows, embeddings, descriptors, and what its stems sound like.
import type { Models } from '../analysis/models.ts';
import { embedStems } from '../analysis/stem-embeddings.ts';
import { analyseStream, type CapturedWindow } from '../audio/capture.ts';
import { halve } from '../audio/resample.ts';
import { monoOf } from '../audio/stereo-block.ts';
import type { Classifier, MelWindow } from '../classifier/classifier.ts';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import type { WorkerTask } from '../domain/analysis.ts';
import type { LabHearing, LabWindow } from '../domain/laboratory.ts';
import { STEMS } from '../domain/stem.ts';
import { windowSpectra } from '../dsp/descriptors.ts';
import { descriptors518 } from '../dsp/descriptors-518/descriptors-518.ts';
import { maxPower, melDb } from '../dsp/mel.ts';
import { type SeparatedWindow, stemMels, windowSpectrum, withPowers } from '../separation/window-spectrum.ts';
import { melBytes } from '../training/finetune/mel-bytes.ts';

type HearTask = Extract<WorkerTask, { kind: 'hear' }>;

/** Frames of a piece: one second. */
const PIECE_FRAMES = Math.round(MEL_PROFILE.sampleRateHz / MEL_PROFILE.hopSamples);
const { nMels, floorDb } = MEL_PROFILE;

/** @throws StemscapeError file.* | decode.* | model.* */
export async function hear(task: HearTask, models: Models, pulse: (fraction: number | null) => void): Promise<LabHearing> {
  const { path, nWindows, windowSec } = task;
  const heard = analyseStream(path, { nWindows, windowSec, onPulse: pulse });
  const classifier = await models.classifier();
  const spectra = heard.windows.map((window) => windowSpectra(halve(monoOf(window))));
  const mels = spectra.map(({ mel, nFrames }) => ({ melDb: melDb(mel, maxPower(mel), floorDb), nFrames }));
  const embeddings = await classifier.embed(mels);
  const windows: LabWindow[] = [];
  for (const [i, mel] of mels.entries()) {
    pulse(null);
    windows.push({
      startSec: heard.windows[i]!.startSec,
      lengthSec: heard.windows[i]!.lengthSec,
      nFrames: mel.nFrames,
      bytes: melBytes(mel.melDb),
      embedding: embeddings[i]!,
      pieces: await embedPieces(mel, classifier),
    });
  }
  const stems = await hearStems(heard.windows, models, classifier);
  return { durationSec: heard.durationSec, windows, descriptors: descriptors518(spectra), stems };
}

/** As an analysis has them, Float32Array [4 x embeddingSize]. */
async function hearStems(windows: readonly CapturedWindow[], models: Models, classifier: Classifier): Promise<Float32Array> {
  const separator = await models.separator();
  const heard: SeparatedWindow[] = [];
  for (const { left, right } of windows) {
    const spectrum = windowSpectrum(left, right, separator.manifest.stft);
    heard.push(withPowers(stemMels(spectrum, await separator.masks(spectrum))));
  }
  const embeddings = await embedStems(heard, classifier);
  const { embeddingSize } = classifier.manifest;
  const joined = new Float32Array(STEMS.length * embeddingSize).fill(Number.NaN);
  for (const [s, stem] of STEMS.entries()) if (embeddings[stem]) joined.set(embeddings[stem], s * embeddingSize);
  return joined;
}

/** Embeddings of a window's pieces of a second, one after the other; a rest is left out, unless it is all there is. */
async function embedPieces({ melDb: db, nFrames }: MelWindow, classifier: Classifier): Promise<Float32Array> {
  const n = Math.max(1, Math.floor(nFrames / PIECE_FRAMES));
  const length = Math.min(nFrames, PIECE_FRAMES) * nMels;
  const pieces = Array.from({ length: n }, (_, i) => ({
    melDb: db.subarray(i * length, (i + 1) * length),
    nFrames: length / nMels,
  }));
  const rows = await classifier.embed(pieces);
  const joined = new Float32Array(n * classifier.manifest.embeddingSize);
  for (const [i, row] of rows.entries()) joined.set(row, i * row.length);
  return joined;
}
