// The whole song as four WAV files that sum to it; streamed, so that length does not matter. Files appear under their final
// name only when all four are complete.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeBlocks, probeAudio } from '../audio/decode.ts';
import { WavWriter } from '../audio/wav-writer.ts';
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import type { SeparatedFile, WorkerTask } from '../domain/analysis.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import { StreamSeparator } from '../separation/stream-separator.ts';
import type { Models } from './models.ts';

type SeparateTask = Extract<WorkerTask, { kind: 'separate' }>;

/** @throws StemscapeError file.* | decode.* | model.* | export.failed | disk.full */
export async function separateFile(
  task: SeparateTask,
  models: Models,
  pulse: (fraction: number | null) => void,
): Promise<SeparatedFile> {
  const statedSec = probeAudio(task.path).durationSec;
  const separator = await models.separator();
  const partial = (stem: Stem): string => join(task.outDir, `.${stem}.wav.partial`);
  const writers = new Map(task.stems.map((stem) => [stem, new WavWriter(partial(stem), task.bitDepth)]));
  try {
    const stream = new StreamSeparator(separator, (stems) => {
      for (const [stem, writer] of writers) writer.write(stems[stem]);
    });
    let nSamples = 0;
    for (const block of decodeBlocks(task.path)) {
      await stream.push(block.left, block.right);
      nSamples += block.left.length;
      pulse(statedSec ? Math.min(1, nSamples / DECODE_RATE_HZ / statedSec) : null);
    }
    await stream.finish();
    for (const writer of writers.values()) writer.close();
    const files = {} as Record<Stem, string>;
    for (const stem of STEMS) {
      if (!writers.has(stem)) continue;
      files[stem] = join(task.outDir, `${stem}.wav`);
      await rename(partial(stem), files[stem]);
    }
    return { durationSec: nSamples / DECODE_RATE_HZ, files };
  } catch (error) {
    for (const [stem, writer] of writers) {
      writer.close();
      await rm(partial(stem), { force: true });
    }
    throw error;
  }
}
