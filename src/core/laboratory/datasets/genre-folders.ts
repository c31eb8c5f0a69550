// Folders of recordings named by genre; and the GTZAN collection, which is that with a split that somebody published.
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { StemscapeError } from '../../domain/errors.ts';
import { inspectStart, walk } from '../../library/walk.ts';
import type { LabDataset, LabTrack } from './dataset.ts';

/** Tzanetakis and Cook 2002. */
const GTZAN_GENRES = 'blues classical country disco hiphop jazz metal pop reggae rock'.split(' ');
/** Where copies of the collection keep the genres. */
const GTZAN_INNER = ['genres', 'genres_original'];
/** Kereliuk, Sturm and Larsen, "Deep learning and music adversaries" (2015): no artist on both sides, faulty files left out. */
const FILTERED = { 'train_filtered.txt': 'learn', 'valid_filtered.txt': 'learn', 'test_filtered.txt': 'test' } as const;
const FILTERED_SENTENCE =
  'the fault-filtered, artist-aware split of Kereliuk, Sturm and Larsen (2015), learning and validation part together';

/** @throws StemscapeError folder.* | input.invalid when there are no folders with recordings in them */
export async function readGenreFolders(dir: string): Promise<LabDataset> {
  const top = await inspectStart(dir);
  if (!top.isDirectory()) throw new StemscapeError('input.invalid', `${dir} is a file; a folder of genre folders is expected.`);
  const root = await innerFolder(dir);
  const tracks: LabTrack[] = [];
  const leftOut: LabDataset['leftOut'] = [];
  for (const entry of (await readdir(root, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || !(entry.isDirectory() || entry.isSymbolicLink())) continue;
    for await (const found of walk(join(root, entry.name))) {
      if (found.type === 'file') tracks.push({ path: found.path, genre: entry.name, group: null, part: null });
      else if (found.reason.code !== 'decode.notAudio') leftOut.push({ path: found.path, reason: found.reason.message });
    }
  }
  tracks.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (tracks.length === 0) {
    const sentence = `${dir} holds no recordings in folders named by genre, as in ${join(dir, 'jazz', 'song.mp3')}.`;
    throw new StemscapeError('input.invalid', sentence);
  }
  const isGtzan = tracks.every(({ genre }) => GTZAN_GENRES.includes(genre));
  return isGtzan
    ? withFilteredSplit({ kind: 'gtzan', dir, tracks, leftOut, officialSplit: null }, [dir, root])
    : { kind: 'folders', dir, tracks, leftOut, officialSplit: null };
}

async function innerFolder(dir: string): Promise<string> {
  const names = await readdir(dir);
  const inner = GTZAN_INNER.find((name) => names.includes(name));
  return inner === undefined ? dir : join(dir, inner);
}

/** The three lists name files as "blues/blues.00029.wav"; other copies of the collection have other endings. */
async function withFilteredSplit(dataset: LabDataset, dirs: readonly string[]): Promise<LabDataset> {
  const parts = new Map<string, 'learn' | 'test'>();
  for (const dir of dirs) {
    for (const [file, part] of Object.entries(FILTERED)) {
      const text = await readFile(join(dir, file), 'utf8').catch(() => '');
      for (const line of text.split(/\r?\n/)) if (line.trim() !== '') parts.set(stemOf(line.trim()), part);
    }
  }
  if (parts.size === 0) return dataset;
  const tracks = dataset.tracks.map((track) => ({ ...track, part: parts.get(stemOf(track.path)) ?? null }));
  return { ...dataset, tracks, officialSplit: FILTERED_SENTENCE };
}

function stemOf(path: string): string {
  return basename(path, extname(path));
}
