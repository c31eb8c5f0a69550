// Where tests find music: real recordings beside the checkout when they are there, else the bundled demo library.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAudioPath } from '../../src/core/config/media-types.ts';

export const PROJECT_ROOT = resolve(import.meta.dirname, '../..');
export const RESOURCES_DIR = join(PROJECT_ROOT, 'resources');
export const DEMO_DIR = join(RESOURCES_DIR, 'demo');

/** A folder of real recordings that may lie beside the checkout; STEMSCAPE_AUDIO names another place. */
const REAL_AUDIO_DIR = resolve(process.env.STEMSCAPE_AUDIO ?? join(PROJECT_ROOT, '../shared/audio'));

/** A sub-folder of the real recordings, or null when this machine has none. */
export function realAudio(name: string): string | null {
  const dir = join(REAL_AUDIO_DIR, name);
  return existsSync(dir) ? dir : null;
}

/** Paths of the audio files below a folder, in a fixed order. */
export function audioFilesIn(dir: string): string[] {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return names
    .filter(isAudioPath)
    .sort()
    .map((name) => join(dir, name));
}
