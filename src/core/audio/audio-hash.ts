// A hash of a file's encoded audio, whatever surrounds it: two files of one recording that differ in tags only have the same.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import { OpenAudio } from './open-audio.ts';

/** The event loop gets its turn after so many bytes. */
const BYTES_PER_TURN = 4 << 20;

/**
 * sha256 over codec, rate, channels and the audio stream's packets in order, hexadecimal. Nothing is decoded.
 * @throws StemscapeError file.* | decode.*
 */
export async function audioHash(path: string): Promise<string> {
  const audio = new OpenAudio(path);
  const packet = new Packet();
  try {
    packet.alloc();
    const { codecId, sampleRate, channels } = audio.stream.codecpar;
    const hash = createHash('sha256').update(`${codecId} ${sampleRate} ${channels}\n`);
    for (let untilTurn = BYTES_PER_TURN; ; ) {
      const read = audio.format.readFrameSync(packet);
      if (read === AVERROR_EOF) return hash.digest('hex');
      if (read === AVERROR_EAGAIN) continue;
      // A damaged end is the same damage before and after: it counts, and the file is not refused for it.
      if (read < 0) return hash.update(`\nfailed ${read}`).digest('hex');
      if (packet.streamIndex === audio.stream.index && packet.data) {
        hash.update(packet.data);
        untilTurn -= packet.size;
      }
      packet.unref();
      if (untilTurn > 0) continue;
      await setImmediate();
      untilTurn = BYTES_PER_TURN;
    }
  } finally {
    packet.free();
    audio.close();
  }
}
