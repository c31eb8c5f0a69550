// Media resources: addressed by track id, never by path. `media://app/...` in the window, `/media/...` in `serve`.
import { z } from 'zod';
import { SOURCES, STEMS } from '../core/domain/stem.ts';

export const mediaResourceSchema = z.discriminatedUnion('kind', [
  /** The file itself, with range requests. */
  z.object({ kind: z.literal('audio'), id: z.number().int().positive() }),
  /** One stem of the prepared separation, WAV 44.1 kHz stereo 16 bit, with range requests; 404 until `stems.ready`. */
  z.object({ kind: z.literal('stem'), id: z.number().int().positive(), stem: z.enum(STEMS) }),
  /** Embedded cover picture; 404 when there is none. */
  z.object({ kind: z.literal('cover'), id: z.number().int().positive() }),
  /** Uint8 [WAVEFORM_SLICES]: peak magnitude of the whole track, 255 = full scale. */
  z.object({ kind: z.literal('waveform'), id: z.number().int().positive() }),
  /** Uint8 [nFrames x nMels], row by row in time, 0 = -80 dB, 255 = 0 dB; sizes in the headers x-frames and x-mels. */
  z.object({ kind: z.literal('mel'), id: z.number().int().positive(), source: z.enum(SOURCES), window: z.number().int().min(0) }),
]);
export type MediaResource = z.output<typeof mediaResourceSchema>;

/** The resource a path names, or null when it names none. */
export function parseMediaPath(path: string): MediaResource | null {
  const [kind, id, third, fourth, ...rest] = path.split('/');
  if (rest.length > 0 || !id || !/^\d+$/.test(id)) return null;
  if (kind !== 'stem' && kind !== 'mel' && third !== undefined) return null;
  if (kind === 'stem' && fourth !== undefined) return null;
  if (kind === 'mel' && !/^\d+$/.test(fourth ?? '')) return null;
  const candidate = { kind, id: Number(id), stem: third, source: third, window: Number(fourth) };
  const parsed = mediaResourceSchema.safeParse(candidate);
  return parsed.success ? parsed.data : null;
}
