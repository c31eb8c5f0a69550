// What each stem sounds like: the classifier's embedding of its mel spectrogram where the stem is loudest, mean over the windows.
import type { Classifier, MelWindow } from '../classifier/classifier.ts';
import { meanVector } from '../classifier/join-windows.ts';
import { MEL_PROFILE } from '../config/audio-profile.ts';
import type { StemEmbeddings } from '../domain/analysis.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import type { StemShares } from '../domain/track.ts';
import { maxPower, melDb } from '../dsp/mel.ts';
import type { SeparatedWindow } from '../separation/window-spectrum.ts';

/** A stem with a smaller share of a window's power (-25 dB) is silent there: what is left is mostly what separation lets through. */
const SILENT_SHARE = 10 ** -2.5;
/** So much of a window is heard, 5 s: the time this takes grows with it, and a stem often sounds in a part of a window only. */
const MAX_FRAMES = Math.round((5 * MEL_PROFILE.sampleRateHz) / MEL_PROFILE.hopSamples);

/** @param windows mel power of the stems, and their powers, window by window. @throws StemscapeError model.failed */
export async function embedStems(windows: readonly SeparatedWindow[], classifier: Classifier): Promise<StemEmbeddings> {
  const embeddings: StemEmbeddings = { bass: null, drums: null, other: null, vocals: null };
  for (const stem of STEMS) {
    const sounding = windows.filter(({ powers }) => sounds(powers, stem));
    if (sounding.length === 0) continue;
    embeddings[stem] = meanVector(await classifier.embed(sounding.map(({ mels }) => melWindow(loudestStretch(mels[stem])))));
  }
  return embeddings;
}

function sounds(powers: StemShares, stem: Stem): boolean {
  const total = STEMS.reduce((sum, name) => sum + powers[name], 0);
  return total > 0 && powers[stem] >= SILENT_SHARE * total;
}

/**
 * The MAX_FRAMES frames with the most power; a shorter spectrogram as it is.
 * @param mel Float32Array [nFrames x nMels], power
 */
export function loudestStretch(mel: Float32Array): Float32Array {
  const { nMels } = MEL_PROFILE;
  const nFrames = mel.length / nMels;
  if (nFrames <= MAX_FRAMES) return mel;
  const powers = Float64Array.from({ length: nFrames }, (_, frame) =>
    mel.subarray(frame * nMels, (frame + 1) * nMels).reduce((sum, power) => sum + power, 0),
  );
  let sum = powers.subarray(0, MAX_FRAMES).reduce((a, b) => a + b, 0);
  let [best, bestSum] = [0, sum];
  for (let start = 1; start + MAX_FRAMES <= nFrames; start++) {
    sum += powers[start + MAX_FRAMES - 1]! - powers[start - 1]!;
    if (sum > bestSum) [best, bestSum] = [start, sum];
  }
  return mel.subarray(best * nMels, (best + MAX_FRAMES) * nMels);
}

/** As the classifier reads a mixture: dB below the stretch's own maximum. */
function melWindow(mel: Float32Array): MelWindow {
  return { melDb: melDb(mel, maxPower(mel), MEL_PROFILE.floorDb), nFrames: mel.length / MEL_PROFILE.nMels };
}
