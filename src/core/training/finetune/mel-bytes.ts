// A mel spectrogram as bytes, a quarter of the room: 0 = floor, 255 = 0 dB, steps of 0.3 dB.
import { MEL_PROFILE } from '../../config/audio-profile.ts';

const DB_PER_STEP = -MEL_PROFILE.floorDb / 255;

/** dB floor..0 to bytes of the same shape, rounded to the nearest. */
export function melBytes(db: Float32Array): Uint8Array {
  return Uint8Array.from(db, (value) => Math.round(255 * (1 - value / MEL_PROFILE.floorDb)));
}

/** Writes the dB that bytes stand for to target, from its element `at`. */
export function readMelBytes(bytes: Uint8Array, target: Float32Array, at = 0): void {
  for (let i = 0; i < bytes.length; i++) target[at + i] = MEL_PROFILE.floorDb + bytes[i]! * DB_PER_STEP;
}
