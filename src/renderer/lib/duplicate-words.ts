// Duplicates in words: what a copy is like, and what the whole report comes to.
import type { MessageKey } from '../../messages/message-keys.ts';
import type { DuplicateFile, DuplicateGroup, DuplicateReport } from '../state/duplicates.svelte.ts';
import { fileName, formatBytes, formatCount, formatDuration, formatHertz } from './format.ts';
import { t } from './language.ts';

/** "FLAC, 44.1 kHz" */
export function formatOf({ codec, sampleRateHz }: DuplicateFile): string {
  return [codec ?? t('health.unknownFormat'), sampleRateHz === null ? null : formatHertz(sampleRateHz)]
    .filter(Boolean)
    .join(', ');
}

export function rateOf({ bitRateBps }: DuplicateFile): string {
  return bitRateBps === null ? '–' : `${formatCount(bitRateBps / 1000)} kbit/s`;
}

export function sizeAndLengthOf({ sizeBytes, durationSec }: DuplicateFile): string {
  return `${formatBytes(sizeBytes)}, ${formatDuration(durationSec)}`;
}

/** The title of the first copy that has one. */
export function groupTitle({ files }: DuplicateGroup): string {
  const named = files.find(({ title }) => title !== null);
  if (named)
    return named.artist === null ? named.title! : t('health.artistAndTitle', { artist: named.artist, title: named.title! });
  return fileName(files[0]?.path ?? '');
}

/** Tracks of which a better copy is there. */
export function spareCopies({ groups }: DuplicateReport): number[] {
  return groups.filter(({ kind }) => kind === 'same').flatMap(({ files }) => files.slice(1).map(({ trackId }) => trackId));
}

/** The engine says its reason as one of five English sentences. */
const REASONS: readonly [RegExp, MessageKey][] = [
  [/only lossless/, 'health.onlyLossless'],
  [/sample rate/, 'health.highestSampleRate'],
  [/bit rate/, 'health.highestBitRate'],
  [/longest/, 'health.longest'],
  [/there first/, 'health.oldest'],
];

/** Why the first copy is likely the best one. */
export function bestInWords({ kind, reason: sentence }: DuplicateGroup): string {
  const key = REASONS.find(([sign]) => sign.test(sentence))?.[1];
  const reason = key ? t(key) : sentence;
  return kind === 'same' ? t('health.bestCopyWhy', { reason }) : t('health.bestSoundWhy', { reason });
}

/** "2 recordings are there in more than one file: 3 spare copies of 8.4 MB. 1 recording has other versions." */
export function reportSentence({ groups, nTracks }: DuplicateReport): string {
  if (groups.length === 0) return t('health.noDuplicates', { n: nTracks });
  const same = groups.filter(({ kind }) => kind === 'same');
  const spare = same.flatMap(({ files }) => files.slice(1));
  const bytes = spare.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const nOthers = groups.length - same.length;
  const sentences: string[] = [];
  if (same.length > 0) {
    sentences.push(t('health.inMoreFiles', { n: same.length, nSpare: spare.length, size: formatBytes(bytes) }));
  }
  if (nOthers > 0) sentences.push(t('health.haveVersions', { n: nOthers }));
  return sentences.join(' ');
}
