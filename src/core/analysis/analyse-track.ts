// One track from file to description: one pass over the file, then separation, mel spectrograms, embedding and descriptors
// of its analysis windows.
import { analyseStream, type CapturedWindow } from '../audio/capture.ts';
import { halve } from '../audio/resample.ts';
import { monoOf } from '../audio/stereo-block.ts';
import type { Classifier, MelWindow } from '../classifier/classifier.ts';
import { joinWindows } from '../classifier/join-windows.ts';
import { ANALYSIS_PROFILE_ID, MEL_PROFILE } from '../config/audio-profile.ts';
import type { Stage, TrackAnalysis, WorkerTask } from '../domain/analysis.ts';
import { STEMS } from '../domain/stem.ts';
import type { StemShares } from '../domain/track.ts';
import { describeWindows, type WindowSpectra, windowSpectra } from '../dsp/descriptors.ts';
import { descriptors518 } from '../dsp/descriptors-518/descriptors-518.ts';
import { maxPower, melDb } from '../dsp/mel.ts';
import type { Separator } from '../separation/separator.ts';
import { type SeparatedWindow, stemMels, windowSpectrum, withPowers } from '../separation/window-spectrum.ts';
import type { Models } from './models.ts';
import { embedStems } from './stem-embeddings.ts';

type AnalyseTask = Extract<WorkerTask, { kind: 'analyse' }>;

/** @throws StemscapeError file.* | decode.* | model.* */
export async function analyseTrack(
  task: AnalyseTask,
  models: Models,
  pulse: (fraction: number | null) => void,
): Promise<TrackAnalysis> {
  const clock = new StageClock();
  const heard = clock.time('decode', () =>
    analyseStream(task.path, { nWindows: task.nWindows, windowSec: task.windowSec, onPulse: pulse }),
  );
  const separator = await models.separator();
  const classifier = await models.classifier();
  const sounds: WindowSpectra[] = [];
  const stems: SeparatedWindow[] = [];
  for (const window of heard.windows) {
    sounds.push(clock.time('mel', () => windowSpectra(halve(monoOf(window)))));
    stems.push(await separateWindow(window, separator, clock));
    pulse(null);
  }
  const verdicts = await clock.timeAsync('classify', () => classifier.classify(sounds.map(melWindow)));
  const verdict = joinWindows(verdicts, classifier.manifest.temperature);
  const stemEmbeddings = await clock.timeAsync('stems', () => embedStems(stems, classifier));
  const description = clock.time('describe', () => describeWindows(sounds, heard.loudnessLufs));
  const descriptors = clock.time('describe', () => descriptors518(sounds));
  return {
    durationSec: heard.durationSec,
    windows: heard.windows.map(({ startSec, lengthSec }, i) => ({ startSec, lengthSec, ...verdicts[i]! })),
    ...verdict,
    genres: genreNames(classifier),
    ...description,
    loudnessLufs: heard.loudnessLufs,
    loudnessRangeLu: heard.loudnessRangeLu,
    samplePeakDbfs: heard.samplePeakDbfs,
    stemShares: joinShares(stems.map(({ powers }) => powers)),
    stemEmbeddings,
    descriptors,
    fingerprint: heard.fingerprint,
    waveform: heard.waveform,
    classifierVersion: classifier.version,
    separatorVersion: separator.version,
    profileId: ANALYSIS_PROFILE_ID,
    stageMs: clock.stageMs,
  };
}

function genreNames(classifier: Classifier): string[] {
  return classifier.manifest.genres.map((genre) => genre.name);
}

/** The classifier's input: dB below the window's own maximum. */
function melWindow(sound: WindowSpectra): MelWindow {
  const melDbValues = melDb(sound.mel, maxPower(sound.mel), MEL_PROFILE.floorDb);
  return { melDb: melDbValues, nFrames: sound.nFrames };
}

async function separateWindow(window: CapturedWindow, separator: Separator, clock: StageClock): Promise<SeparatedWindow> {
  const { stft } = separator.manifest;
  const spectrum = clock.time('separate', () => windowSpectrum(window.left, window.right, stft));
  const masks = await clock.timeAsync('separate', () => separator.masks(spectrum));
  return clock.time('mel', () => withPowers(stemMels(spectrum, masks)));
}

/** Shares of the whole power over all windows; equal shares for silence. */
function joinShares(powers: readonly StemShares[]): StemShares {
  const sums = STEMS.map((stem) => powers.reduce((sum, power) => sum + power[stem], 0));
  const total = sums.reduce((a, b) => a + b, 0);
  return Object.fromEntries(STEMS.map((stem, i) => [stem, total > 0 ? sums[i]! / total : 1 / STEMS.length])) as StemShares;
}

/** Adds up the milliseconds of each stage. */
class StageClock {
  readonly stageMs: Record<Stage, number> = { decode: 0, separate: 0, mel: 0, classify: 0, stems: 0, describe: 0 };

  time<T>(stage: Stage, action: () => T): T {
    const start = performance.now();
    try {
      return action();
    } finally {
      this.stageMs[stage] += performance.now() - start;
    }
  }

  async timeAsync<T>(stage: Stage, action: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await action();
    } finally {
      this.stageMs[stage] += performance.now() - start;
    }
  }
}
