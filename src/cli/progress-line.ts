// One line of progress for a terminal, cut to its width.
import type { ScanProgress } from '../core/domain/scan.ts';

const STAGE_WORDS = { walk: 'Looking for music', identify: 'Checking files', analyse: 'Analysing', done: 'Done' } as const;

export function progressLine(progress: ScanProgress, width: number): string {
  const parts = [`${STAGE_WORDS[progress.stage]} ${progress.done}${progress.total === null ? '' : ` of ${progress.total}`}`];
  if (progress.tracksPerSec !== null) parts.push(`${progress.tracksPerSec.toFixed(1)} tracks/s`);
  if (progress.remainingSec !== null) parts.push(`${formatDuration(progress.remainingSec)} left`);
  if (progress.failed > 0) parts.push(`${progress.failed} failed`);
  if (progress.currentPath !== null) parts.push(progress.currentPath.slice(progress.currentPath.search(/[^/\\]*$/)));
  return parts.join(' · ').slice(0, Math.max(20, width - 1));
}

/** 75 -> "1:15", 3700 -> "1:01:40". */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
