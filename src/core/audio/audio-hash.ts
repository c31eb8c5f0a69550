// A hash of a file's encoded audio, whatever surrounds it: two files of one recording that differ in tags only have the same.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AV_CODEC_ID_APE, AVERROR_EAGAIN, AVERROR_EOF, type AVSampleFormat } from 'node-av/constants';
import { avGetBytesPerSample, avSampleFmtIsPlanar, Packet } from 'node-av/lib';
import { OpenAudio } from './open-audio.ts';

/** The event loop gets its turn after so many bytes. */
const BYTES_PER_TURN = 4 << 20;

/**
 * sha256 over codec, rate, channels and the audio stream's packets in order, hexadecimal. Nothing is decoded, but for Monkey's
 * Audio: FFmpeg takes the tags behind its last frame for a part of it, so there the samples count.
 * @throws StemscapeError file.* | decode.*
 */
export async function audioHash(path: string): Promise<string> {
  const audio = new OpenAudio(path);
  try {
    const { codecId, sampleRate, channels } = audio.stream.codecpar;
    const hash = createHash('sha256').update(`${codecId} ${sampleRate} ${channels}\n`);
    let untilTurn = BYTES_PER_TURN;
    for (const bytes of codecId === AV_CODEC_ID_APE ? samplesOf(audio) : packetsOf(audio)) {
      hash.update(bytes);
      untilTurn -= bytes.length;
      if (untilTurn > 0) continue;
      await setImmediate();
      untilTurn = BYTES_PER_TURN;
    }
    return hash.digest('hex');
  } finally {
    audio.close();
  }
}

function* packetsOf(audio: OpenAudio): Generator<Uint8Array> {
  const packet = new Packet();
  try {
    packet.alloc();
    for (;;) {
      const read = audio.format.readFrameSync(packet);
      if (read === AVERROR_EAGAIN) continue;
      if (read === AVERROR_EOF) return;
      // A damaged end is the same damage before and after: it counts, and the file is not refused for it.
      if (read < 0) return yield Buffer.from(`failed ${read}`);
      if (packet.streamIndex === audio.stream.index && packet.data) yield packet.data;
      packet.unref();
    }
  } finally {
    packet.free();
  }
}

function* samplesOf(audio: OpenAudio): Generator<Uint8Array> {
  while (audio.nextFrame()) {
    const { data, nbSamples, channels, format } = audio.frame;
    const isPlanar = avSampleFmtIsPlanar(format as AVSampleFormat);
    const bytes = nbSamples * avGetBytesPerSample(format as AVSampleFormat) * (isPlanar ? 1 : channels);
    for (const plane of data?.slice(0, isPlanar ? channels : 1) ?? []) yield plane.subarray(0, bytes);
  }
}
