// The windows of a track as a network that learns reads them, without separation or classification. They lie where an analysis
// would put them.
import { analyseStream, type CapturedWindow } from '../audio/capture.ts';
import { halve } from '../audio/resample.ts';
import { monoOf } from '../audio/stereo-block.ts';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import type { ListenedWindow } from '../domain/analysis.ts';
import { maxPower, melDb, melPower } from '../dsp/mel.ts';
import { melBytes } from '../training/finetune/mel-bytes.ts';

export interface ListenTask {
  path: string;
  nWindows: number;
  windowSec: number;
}

/** @throws StemscapeError file.* | decode.* */
export function listenWindows(task: ListenTask, pulse: (fraction: number | null) => void): ListenedWindow[] {
  const { path, nWindows, windowSec } = task;
  const { windows } = analyseStream(path, { nWindows, windowSec, onPulse: pulse });
  return windows.map(listen);
}

/** dB below the window's own maximum, as the classifier hears it. */
function listen(window: CapturedWindow): ListenedWindow {
  const power = melPower(halve(monoOf(window)), MEL_PROFILE);
  const bytes = melBytes(melDb(power, maxPower(power), MEL_PROFILE.floorDb));
  const { startSec, lengthSec } = window;
  return { startSec, lengthSec, nFrames: bytes.length / MEL_PROFILE.nMels, bytes };
}
