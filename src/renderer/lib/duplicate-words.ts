// Duplicates in words: what a copy is like, and what the whole report comes to.
import type { DuplicateFile, DuplicateGroup, DuplicateReport } from '../state/duplicates.svelte.ts';
import { countOf, fileName, formatBytes, formatDuration } from './format.ts';

/** "FLAC, 44.1 kHz" */
export function formatOf({ codec, sampleRateHz }: DuplicateFile): string {
  return [codec ?? 'Unknown format', sampleRateHz === null ? null : `${sampleRateHz / 1000} kHz`].filter(Boolean).join(', ');
}

export function rateOf({ bitRateBps }: DuplicateFile): string {
  return bitRateBps === null ? '–' : `${Math.round(bitRateBps / 1000)} kbit/s`;
}

export function sizeAndLengthOf({ sizeBytes, durationSec }: DuplicateFile): string {
  return `${formatBytes(sizeBytes)}, ${formatDuration(durationSec)}`;
}

/** The title of the first copy that has one. */
export function groupTitle({ files }: DuplicateGroup): string {
  const named = files.find(({ title }) => title !== null);
  if (named) return named.artist === null ? named.title! : `${named.artist} – ${named.title}`;
  return fileName(files[0]?.path ?? '');
}

/** Tracks of which a better copy is there. */
export function spareCopies({ groups }: DuplicateReport): number[] {
  return groups.filter(({ kind }) => kind === 'same').flatMap(({ files }) => files.slice(1).map(({ trackId }) => trackId));
}

/** "2 recordings are there in more than one file: 3 spare copies of 8.4 MB. 1 has other versions." */
export function reportSentence({ groups, nTracks }: DuplicateReport): string {
  if (groups.length === 0) return `No duplicates among ${countOf(nTracks, 'track')}.`;
  const same = groups.filter(({ kind }) => kind === 'same');
  const spare = same.flatMap(({ files }) => files.slice(1));
  const bytes = spare.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const nOthers = groups.length - same.length;
  const parts: string[] = [];
  if (same.length > 0) {
    const are = same.length === 1 ? 'is' : 'are';
    const copies = spare.length === 1 ? 'one spare copy' : `${spare.length} spare copies`;
    parts.push(`${countOf(same.length, 'recording')} ${are} there in more than one file: ${copies} of ${formatBytes(bytes)}.`);
  }
  if (nOthers > 0) parts.push(`${countOf(nOthers, 'recording')} ${nOthers === 1 ? 'has' : 'have'} other versions.`);
  return parts.join(' ');
}
