// Hears a track's windows once whole and once without each stem, for telling what its genre rests on (occlusion, Zeiler & Fergus 2014,
// with stems in place of patches).
import { decodeWindow } from '../audio/capture.ts';
import { halve } from '../audio/resample.ts';
import { monoOf } from '../audio/stereo-block.ts';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import type { ExplainTask } from '../domain/analysis.ts';
import type { ExplainedHearings, Hearing } from '../domain/explanation.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import { type WindowSpectra, windowSpectra } from '../dsp/descriptors.ts';
import { descriptors518 } from '../dsp/descriptors-518/descriptors-518.ts';
import { maxPower, melDb } from '../dsp/mel.ts';
import { windowSpectrum } from '../separation/window-spectrum.ts';
import { monoWithout } from '../separation/without-stem.ts';
import type { OpenEncoder } from './embed.ts';
import type { Models } from './models.ts';

/** @throws StemscapeError file.* | decode.* | model.* */
export async function explainTrack(
  task: ExplainTask,
  models: Models,
  encoders: OpenEncoder,
  pulse: (fraction: number | null) => void,
): Promise<ExplainedHearings> {
  const separator = await models.separator();
  const { stft } = separator.manifest;
  const whole: WindowSpectra[] = [];
  const without = Object.fromEntries(STEMS.map((stem) => [stem, []])) as unknown as Record<Stem, WindowSpectra[]>;
  for (const [i, place] of task.windows.entries()) {
    const window = decodeWindow(task.path, place);
    whole.push(windowSpectra(halve(monoOf(window))));
    const spectrum = windowSpectrum(window.left, window.right, stft);
    const masks = await separator.masks(spectrum);
    for (const [s, stem] of STEMS.entries())
      without[stem].push(windowSpectra(halve(monoWithout(spectrum, masks, s, stft, window.left.length))));
    pulse((i + 0.5) / task.windows.length);
  }
  const hear = hearingWith(task, models, encoders);
  const result = { whole: await hear(whole), without: {} as Record<Stem, Hearing> };
  for (const [s, stem] of STEMS.entries()) {
    result.without[stem] = await hear(without[stem]);
    pulse(0.9 + s / 40);
  }
  return result;
}

function hearingWith(
  task: ExplainTask,
  models: Models,
  encoders: OpenEncoder,
): (sounds: readonly WindowSpectra[]) => Promise<Hearing> {
  return async (sounds) => {
    const mels = sounds.map(({ mel, nFrames }) => ({ melDb: melDb(mel, maxPower(mel), MEL_PROFILE.floorDb), nFrames }));
    const descriptors = descriptors518(sounds);
    if (task.encoderDir === null) {
      const verdicts = await (await models.classifier()).classify(mels);
      return {
        embeddings: joined(verdicts.map(({ embedding }) => embedding)),
        logits: joined(verdicts.map(({ logits }) => logits)),
        descriptors,
      };
    }
    const encoder = await encoders.use(task.encoderDir, task.models.provider);
    const embeddings: Float32Array[] = [];
    for (const mel of mels) embeddings.push(await encoder.embed(mel.melDb, 1));
    return { embeddings: joined(embeddings), logits: new Float32Array(0), descriptors };
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) all.set(row, i * size);
  return all;
}
