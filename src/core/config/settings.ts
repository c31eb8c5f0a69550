// A person's settings: one schema with its defaults, parsed wherever settings enter.
import { z } from 'zod';
import { PATH_STYLES } from '../domain/playlist.ts';

export const settingsSchema = z.object({
  /** Analysis windows per track, spread over its whole length. */
  nWindows: z.number().int().min(1).max(30).default(3),
  windowSec: z.number().min(2).max(30).default(10),
  /** Worker processes; 0 = one per core. */
  nWorkers: z.number().int().min(0).max(64).default(0),
  /** ONNX Runtime provider; 'auto' = the fastest that agreed with the CPU when last measured. */
  provider: z.enum(['auto', 'cpu', 'cuda', 'webgpu', 'dml', 'coreml']).default('auto'),
  /** A track enters its genre's auto-playlist from this probability on. */
  playlistMinConfidence: z.number().min(0).max(1).default(0.5),
  exportPathStyle: z.enum(PATH_STYLES).default('relative'),
  /** Upper bound of the folder that keeps separated stems for listening. */
  stemCacheMaxBytes: z
    .number()
    .int()
    .min(0)
    .default(4 * 1024 ** 3),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});

export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
