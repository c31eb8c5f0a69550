// The mel spectrogram of one analysis window, of the mixture or of a stem, as bytes for a picture.
import { decodeWindow } from '../audio/capture.ts';
import { halve } from '../audio/resample.ts';
import { monoOf } from '../audio/stereo-block.ts';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import type { MelPicture, WorkerTask } from '../domain/analysis.ts';
import { maxPower, melDb, melPower } from '../dsp/mel.ts';
import { stemMels, windowSpectrum } from '../separation/window-spectrum.ts';
import { melBytes } from '../training/finetune/mel-bytes.ts';
import type { Models } from './models.ts';

type MelTask = Extract<WorkerTask, { kind: 'melPicture' }>;

/** A stem is drawn against the mixture's maximum, so that a quiet stem looks quiet. */
export async function drawMel(task: MelTask, models: Models): Promise<MelPicture> {
  const { startSec, lengthSec, source } = task;
  const window = decodeWindow(task.path, { startSec, lengthSec });
  const mixture = melPower(halve(monoOf(window)), MEL_PROFILE);
  let power = mixture;
  if (source !== 'mixture') {
    const separator = await models.separator();
    const spectrum = windowSpectrum(window.left, window.right, separator.manifest.stft);
    power = stemMels(spectrum, await separator.masks(spectrum))[source];
  }
  const { nMels, floorDb } = MEL_PROFILE;
  const db = melDb(power, maxPower(mixture), floorDb);
  const bytes = melBytes(db);
  return { source, startSec, lengthSec, nFrames: bytes.length / nMels, nMels, bytes };
}
