// A person's settings: one schema, parsed wherever settings enter, and the defaults.
import { z } from 'zod';
import { PROVIDERS } from '../domain/analysis.ts';
import { PATH_STYLES, PLAYLIST_FORMATS } from '../domain/playlist.ts';
import { LINK_KINDS, PLAYLIST_ENCODINGS, pathRewritesSchema } from '../domain/playlist-files.ts';

export const settingsSchema = z.object({
  /** Analysis windows per track, spread over its whole length. */
  nWindows: z.number().int().min(1).max(30),
  windowSec: z.number().min(2).max(30),
  /** Worker processes; 0 = one per core. */
  nWorkers: z.number().int().min(0).max(64),
  /** ONNX Runtime provider; 'auto' = the fastest that agreed with the CPU when last measured. */
  provider: z.enum(['auto', ...PROVIDERS]),
  /** A track enters its genre's auto-playlist from this probability on. */
  playlistMinConfidence: z.number().min(0).max(1),
  /** How much the person's labels of the same artist, album and folder count beside the sound; 0 = not at all. */
  contextWeight: z.number().min(0).max(1),
  exportPathStyle: z.enum(PATH_STYLES),
  /** What the window exported playlists as last. */
  playlistExport: z.object({
    kind: z.enum([...PLAYLIST_FORMATS, ...LINK_KINDS]),
    bom: z.boolean(),
    encoding: z.enum(PLAYLIST_ENCODINGS),
    rewrites: pathRewritesSchema,
  }),
  /** Upper bound of the folder that keeps separated stems for listening. */
  stemCacheMaxBytes: z.number().int().min(0),
  theme: z.enum(['system', 'light', 'dark']),
  /** The window's language; 'system' = the operating system's where there is a catalogue for it, else English. */
  language: z.enum(['system', 'en', 'de']),
  /** The tour of the first start was seen or put away. */
  tourDone: z.boolean(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Some of the settings; the others stay as they are. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined };

export const DEFAULT_SETTINGS: Settings = {
  nWindows: 3,
  windowSec: 10,
  nWorkers: 0,
  provider: 'auto',
  playlistMinConfidence: 0.5,
  contextWeight: 0,
  exportPathStyle: 'relative',
  playlistExport: { kind: 'm3u8', bom: false, encoding: 'windows-1252', rewrites: [] },
  stemCacheMaxBytes: 4 * 1024 ** 3,
  theme: 'system',
  language: 'system',
  tourDone: false,
};
