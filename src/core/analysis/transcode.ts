// A plain WAV copy of a file whose format no browser plays, for listening.
import { decodeBlocks, probeAudio } from '../audio/decode.ts';
import { WavWriter } from '../audio/wav-writer.ts';
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import type { WorkerTask } from '../domain/analysis.ts';

type TranscodeTask = Extract<WorkerTask, { kind: 'transcode' }>;

/** @throws StemscapeError file.* | decode.* | export.failed | disk.full */
export async function transcode(task: TranscodeTask, pulse: (fraction: number | null) => void): Promise<{ durationSec: number }> {
  const statedSec = probeAudio(task.path).durationSec;
  const writer = new WavWriter(task.outFile, 16);
  let nSamples = 0;
  try {
    for (const block of decodeBlocks(task.path)) {
      writer.write(block);
      nSamples += block.left.length;
      pulse(statedSec ? Math.min(1, nSamples / DECODE_RATE_HZ / statedSec) : null);
    }
  } finally {
    writer.close();
  }
  return { durationSec: nSamples / DECODE_RATE_HZ };
}
